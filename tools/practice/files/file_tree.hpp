// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The files of a chip and which of them is selected (ISO 7816-4:2005 5.3.1 and 7.1.1).
#pragma once

#include "pcsc/base/bytes.hpp"

#include <map>
#include <vector>

namespace acredita::practice::files {

using Path = std::vector<std::uint16_t>; // from the master file, which is the empty path itself

struct File {
    bool directory = false;
    Bytes content{};
};

class FileTree {
public:
    // The folders on the way are made with it.
    void add(const Path& path, Bytes content);
    void add_directory(const Path& path);
    void clear();
    // The master file is selected, and nothing in it.
    void reset();

    // P1 of SELECT other than 04, and its data. False: there is no such file, and nothing has changed.
    [[nodiscard]] bool select(std::uint8_t p1, ByteView data);
    // What was selected last; and the elementary file, if one is.
    [[nodiscard]] const Path& selected() const noexcept { return selected_; }
    [[nodiscard]] const File& file() const { return files_.at(selected_); }
    [[nodiscard]] const File* elementary() const;

private:
    [[nodiscard]] bool go(const Path& path);
    [[nodiscard]] bool go_by_identifier(std::uint16_t identifier);
    [[nodiscard]] Path directory() const;

    std::map<Path, File> files_{{Path{}, File{true, {}}}};
    Path selected_{};
};

} // namespace acredita::practice::files
