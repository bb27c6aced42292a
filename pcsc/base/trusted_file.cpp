// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/trusted_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace acredita {

namespace {

bool absent() noexcept { return errno == ENOENT || errno == ENOTDIR; }

std::string why_not_open() { return errno == ELOOP ? "a symbolic link" : std::strerror(errno); }

bool others_may_write(const struct stat& about, uid_t owner) noexcept {
    return about.st_uid != owner || (about.st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

} // namespace

TrustedText read_trusted(int folder, const char* name, uid_t owner, std::size_t longest, Links links) {
    const int refuse = links == Links::refuse ? O_NOFOLLOW : 0;
    const int descriptor = ::openat(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | refuse);
    if (descriptor < 0) return {{}, absent() ? "" : why_not_open()};
    TrustedText read;
    struct stat about {};
    std::string text(longest + 1, '\0');
    if (::fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode)) {
        read.trouble = "not a plain file";
    } else if (others_may_write(about, owner)) {
        read.trouble = "others than root may write it";
    } else {
        const auto got = ::read(descriptor, text.data(), text.size());
        if (got < 0) {
            read.trouble = "cannot be read";
        } else if (static_cast<std::size_t>(got) > longest) {
            read.trouble = "too long";
        } else {
            text.resize(static_cast<std::size_t>(got));
            read.text = std::move(text);
        }
    }
    ::close(descriptor);
    return read;
}

TrustedFolder open_trusted_folder(int folder, const char* name, uid_t owner) {
    // A link at the end is O_DIRECTORY's ENOTDIR, so it is asked for first.
    struct stat about {};
    if (::fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) != 0)
        return {-1, absent() ? "" : std::strerror(errno)};
    if (!S_ISDIR(about.st_mode)) return {-1, S_ISLNK(about.st_mode) ? "a symbolic link" : "not a folder"};
    const int descriptor = ::openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) return {-1, why_not_open()};
    if (::fstat(descriptor, &about) == 0 && !others_may_write(about, owner)) return {descriptor, {}};
    ::close(descriptor);
    return {-1, "others than root may write in it"};
}

} // namespace acredita
