// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What went over the wire, a line a message, fit to be shown to others.
//
// `>` a command, `<` an answer, `#` an event; `*N` stands for N bytes that are not shown. Only what is on a
// list of harmless instructions and objects is shown: an instruction nobody has thought of is masked.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <filesystem>
#include <fstream>
#include <mutex>

namespace acredita::practice {

class Transcript {
public:
    // An empty path writes nothing.
    explicit Transcript(const std::filesystem::path& path);
    void event(std::size_t reader, std::string_view text);
    void exchange(std::size_t reader, ByteView command, ByteView answer);

private:
    std::mutex mutex_;
    std::ofstream out_;
    bool answer_shown_ = false;
    bool chain_shown_ = false;
};

} // namespace acredita::practice
