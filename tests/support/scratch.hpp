// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A directory for the files of one test program, removed at its end. For tests without a practice;
// practice.hpp has its own.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace acredita::test {

class ScratchDirectory {
public:
    ScratchDirectory() {
        auto name = (std::filesystem::temp_directory_path() / "acredita-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
        path_ = name;
    }
    ~ScratchDirectory() {
        std::error_code left;
        std::filesystem::remove_all(path_, left);
    }
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

[[nodiscard]] inline const std::filesystem::path& scratch_directory() {
    static const ScratchDirectory only;
    return only.path();
}

} // namespace acredita::test
