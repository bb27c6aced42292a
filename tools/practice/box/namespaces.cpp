// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/box/namespaces.hpp"

#include "tools/practice/reader/file_descriptor.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

namespace acredita::practice::box {

namespace {

bool write_text(const char* path, const std::string& text) {
    std::ofstream out(path);
    out << text;
    return static_cast<bool>(out.flush());
}

bool leave_user_namespace() {
    const auto uid = std::to_string(::geteuid());
    const auto gid = std::to_string(::getegid());
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET) != 0) return false;
    return write_text("/proc/self/setgroups", "deny") &&
           write_text("/proc/self/uid_map", "0 " + uid + " 1") &&
           write_text("/proc/self/gid_map", "0 " + gid + " 1");
}

bool raise_loopback() {
    const FileDescriptor any(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    std::memcpy(request.ifr_name, "lo", 3);
    if (!any.open() || ::ioctl(any.get(), SIOCGIFFLAGS, &request) != 0) return false;
    request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP);
    return ::ioctl(any.get(), SIOCSIFFLAGS, &request) == 0;
}

// In a chroot "/" is usually no mount point, and how mounts spread cannot be said of anything else. Then this
// process steps out to the true root (".." leads there once the root has been moved below the working
// directory), says it there, for its own mount namespace alone, and steps back in.
bool keep_mounts_inside() {
    const auto say = [] { return ::mount(nullptr, "/", nullptr, MS_REC | MS_SLAVE, nullptr) == 0; };
    if (say()) return true;
    const FileDescriptor inside(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (errno != EINVAL || !inside.open() || ::chdir("/") != 0 || ::chroot("run") != 0) return false;
    constexpr int deeper_than_any_path = 256;
    for (int i = 0; i < deeper_than_any_path; ++i)
        if (::chdir("..") != 0) return false;
    const bool said = ::chroot(".") == 0 && say();
    return ::fchdir(inside.get()) == 0 && ::chroot(".") == 0 && said;
}

} // namespace

bool enter_namespaces(const std::filesystem::path& run) {
    const bool privileged = ::geteuid() == 0 && ::unshare(CLONE_NEWNS | CLONE_NEWNET) == 0;
    if (!privileged && !leave_user_namespace()) return false;
    // What is mounted here must not show outside.
    if (!keep_mounts_inside()) return false;
    if (::mount(run.c_str(), "/run", nullptr, MS_BIND, nullptr) != 0) return false;
    return raise_loopback();
}

} // namespace acredita::practice::box
