// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/opening.hpp"

#include "tools/stick/mountinfo.hpp"

#include <cerrno>
#include <string_view>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace acredita::stick {

namespace {

int flags(Wanted wanted) noexcept {
    // Without O_NONBLOCK the opening of a FIFO waits for a writer; without O_NOCTTY a terminal becomes ours.
    constexpr int common = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
    return wanted == Wanted::folder ? common | O_DIRECTORY : common;
}

// A device was opened for looking only; whoever wants a file gets no other thing.
Descriptor only(Descriptor opened, Wanted wanted) noexcept {
    struct stat about {};
    if (!opened || wanted == Wanted::folder) return opened;
    if (::fstat(opened.number(), &about) == 0 && S_ISREG(about.st_mode)) return opened;
    opened.close();
    errno = EISDIR;
    return opened;
}

// Opening a device may already do something (rewind a tape, start a watchdog), so it is looked at first. On a
// stick nobody can put another thing in its place in between, and a file that was swapped is still found by
// only().
bool may_be_opened(int folder, const char* name, Wanted wanted) noexcept {
    struct stat about {};
    if (::fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) != 0) return false;
    if (S_ISLNK(about.st_mode))
        errno = ELOOP;
    else if (wanted == Wanted::folder && !S_ISDIR(about.st_mode))
        errno = ENOTDIR;
    else if (wanted == Wanted::file && !S_ISREG(about.st_mode))
        errno = EISDIR;
    else
        return true;
    return false;
}

Descriptor by_kernel(int root, const char* path, int how_flags) noexcept {
    open_how how{};
    how.flags = static_cast<std::uint64_t>(how_flags);
    how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_BENEATH | RESOLVE_NO_XDEV;
    return Descriptor(static_cast<int>(::syscall(SYS_openat2, root, path, &how, sizeof how)));
}

} // namespace

Descriptor open_by_steps(int root, const std::string& path, Wanted wanted) noexcept {
    const auto home = mount_id(root);
    Descriptor here(::openat(root, ".", flags(Wanted::folder)));
    std::string_view rest = path;
    while (here && !rest.empty()) {
        const auto slash = rest.find('/');
        const bool last = slash == std::string_view::npos;
        const std::string_view name = rest.substr(0, slash);
        rest = last ? std::string_view() : rest.substr(slash + 1);
        char step[256];
        if (name.empty() || name == "." || name == ".." || name.size() >= sizeof step) {
            errno = name == ".." ? EXDEV : ENOENT;
            return {};
        }
        step[name.copy(step, sizeof step - 1)] = '\0';
        const auto kind = last ? wanted : Wanted::folder;
        if (!may_be_opened(here.number(), step, kind)) return {};
        Descriptor next(::openat(here.number(), step, flags(kind)));
        if (next && mount_id(next.number()) != home) {
            errno = EXDEV;
            return {};
        }
        here = std::move(next);
    }
    return only(std::move(here), wanted);
}

Descriptor open_beneath(int root, const std::string& path, Wanted wanted) noexcept {
    if (path.find('\0') != std::string::npos) {
        errno = ENOENT;
        return {};
    }
    const char* name = path.empty() ? "." : path.c_str();
    // O_PATH opens nothing: whatever lies there is only named, looked at, and opened if it is what is wanted.
    const Descriptor named = by_kernel(root, name, O_PATH | O_CLOEXEC | O_NOFOLLOW);
    if (!named) {
        if (errno == ENOSYS || errno == EPERM) return open_by_steps(root, path, wanted);
        return {};
    }
    struct stat about {};
    if (::fstat(named.number(), &about) != 0) return {};
    if (wanted == Wanted::folder ? !S_ISDIR(about.st_mode) : !S_ISREG(about.st_mode)) {
        errno = S_ISLNK(about.st_mode) ? ELOOP : wanted == Wanted::folder ? ENOTDIR : EISDIR;
        return {};
    }
    return only(by_kernel(root, name, flags(wanted)), wanted);
}

} // namespace acredita::stick
