// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/box/namespaces.hpp"

#include "tools/practice/reader/file_descriptor.hpp"

#include <cstring>
#include <fstream>
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
    return write_text("/proc/self/setgroups", "deny") && write_text("/proc/self/uid_map", "0 " + uid + " 1") &&
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

} // namespace

bool enter_namespaces(const std::filesystem::path& run) {
    const bool privileged = ::geteuid() == 0 && ::unshare(CLONE_NEWNS | CLONE_NEWNET) == 0;
    if (!privileged && !leave_user_namespace()) return false;
    // What is mounted here must not show outside.
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_SLAVE, nullptr) != 0) return false;
    if (::mount(run.c_str(), "/run", nullptr, MS_BIND, nullptr) != 0) return false;
    return raise_loopback();
}

} // namespace acredita::practice::box
