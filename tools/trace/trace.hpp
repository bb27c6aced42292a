// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Runs a program with its exchanges with cards written down, whatever PC/SC client it is:
// libacredita-trace.so is put before its libraries (LD_PRELOAD) and appends to the file named in
// ACREDITA_TRACE, in the format of pcsc/apdu/transcript.hpp. What is shown: tools/trace/visible.hpp. Programs
// with privileges of their own (setuid) and statically linked ones are not seen.
#pragma once

#include "pcsc/base/error.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace acredita::trace {

enum class trace_errc { no_library = 1, file_unusable, not_started };

} // namespace acredita::trace

namespace acredita {

template <>
struct ErrorTable<trace::trace_errc> {
    static constexpr std::string_view family = "trace";
    static constexpr ErrorRow<trace::trace_errc> rows[] = {
        {trace::trace_errc::no_library, "no_library", "libacredita-trace.so is not beside the program"},
        {trace::trace_errc::file_unusable, "file_unusable", "the transcript cannot be written there"},
        {trace::trace_errc::not_started, "not_started", "the program cannot be started"},
    };
};

} // namespace acredita

namespace acredita::trace {

// libacredita-trace.so as installed beside the running program, or as built with it.
[[nodiscard]] Result<std::filesystem::path> find_library();

// Runs argv[0] (found in PATH) and waits. The exit code is the program's, or 128 + the signal that ended it.
// The file is made anew, readable by its owner only; a symbolic link in its place is refused.
[[nodiscard]] Result<int> run(const std::filesystem::path& file, const std::vector<std::string>& argv,
                              const std::filesystem::path& library);

} // namespace acredita::trace
