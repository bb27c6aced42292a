// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/holders.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>
#include <unistd.h>

namespace acredita::reader {

namespace {

namespace fs = std::filesystem;

struct Descriptor {
    int value;
    explicit Descriptor(int fd) : value(fd) {}
    ~Descriptor() {
        if (value >= 0) close(value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
};

bool ask(int netlink) {
    struct {
        nlmsghdr header;
        unix_diag_req request;
    } question{};
    question.header.nlmsg_len = sizeof question;
    question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    question.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    question.request.sdiag_family = AF_UNIX;
    question.request.udiag_states = 1U << 1U; // TCP_ESTABLISHED, which Unix sockets borrow
    question.request.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER;
    return send(netlink, &question, sizeof question, 0) == static_cast<ssize_t>(sizeof question);
}

// The peer's inode if this socket is one of the daemon's.
std::uint32_t client_of(const nlmsghdr* message, const std::string& path) {
    if (message->nlmsg_len < NLMSG_LENGTH(sizeof(unix_diag_msg))) return 0;
    const auto* body = reinterpret_cast<const unix_diag_msg*>(message + 1);
    std::uint32_t peer = 0;
    bool ours = false;
    auto left = static_cast<int>(message->nlmsg_len - NLMSG_LENGTH(sizeof *body));
    const auto* attribute = reinterpret_cast<const rtattr*>(body + 1);
    for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left)) {
        const auto size = RTA_PAYLOAD(attribute);
        const auto* data = static_cast<const char*>(RTA_DATA(attribute));
        if (attribute->rta_type == UNIX_DIAG_NAME) ours = std::string_view(data, strnlen(data, size)) == path;
        if (attribute->rta_type == UNIX_DIAG_PEER && size == sizeof peer)
            std::memcpy(&peer, data, sizeof peer);
    }
    return ours ? peer : 0;
}

std::set<std::uint32_t> client_sockets(const std::string& path) {
    std::set<std::uint32_t> inodes;
    const Descriptor netlink(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
    if (netlink.value < 0 || !ask(netlink.value)) return inodes;
    alignas(nlmsghdr) std::array<char, 32768> buffer;
    for (;;) {
        const auto got = recv(netlink.value, buffer.data(), buffer.size(), 0);
        if (got <= 0) return inodes;
        auto left = static_cast<unsigned>(got);
        const auto* message = reinterpret_cast<const nlmsghdr*>(buffer.data());
        for (; NLMSG_OK(message, left); message = NLMSG_NEXT(message, left)) {
            if (message->nlmsg_type == NLMSG_DONE || message->nlmsg_type == NLMSG_ERROR) return inodes;
            if (const auto inode = client_of(message, path); inode != 0) inodes.insert(inode);
        }
    }
}

bool owns_one_of(const fs::path& process, const std::set<std::uint32_t>& inodes) {
    std::error_code error;
    for (fs::directory_iterator entry(process / "fd", error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code unreadable;
        const auto target = fs::read_symlink(entry->path(), unreadable).string();
        if (!target.starts_with("socket:[")) continue;
        std::uint32_t inode = 0;
        (void)std::from_chars(target.data() + 8, target.data() + target.size(), inode);
        if (inodes.contains(inode)) return true;
    }
    return false;
}

} // namespace

std::vector<Holder> holders() {
    const char* named = std::getenv("PCSCLITE_CSOCK_NAME"); // where libpcsclite looks first, too
    const auto inodes = client_sockets(named != nullptr ? named : "/run/pcscd/pcscd.comm");
    std::vector<Holder> found;
    if (inodes.empty()) return found;
    std::error_code error;
    for (fs::directory_iterator entry("/proc", error), end; !error && entry != end; entry.increment(error)) {
        const auto name = entry->path().filename().string();
        pid_t pid = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), pid).ec != std::errc{} || pid == getpid())
            continue;
        if (!owns_one_of(entry->path(), inodes)) continue;
        std::string program;
        std::getline(std::ifstream(entry->path() / "comm"), program);
        found.push_back({pid, program});
    }
    std::ranges::sort(found, {}, &Holder::pid);
    return found;
}

} // namespace acredita::reader
