// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/vpcd.hpp"

#include "tools/practice/error.hpp"

#include <array>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace acredita::practice {

namespace {

enum Order : std::uint8_t { off = 0, on = 1, reset = 2, tell_atr = 4 };

// The driver sends length and body apart, and Nagle's algorithm would hold the body back until the kernel
// acknowledges the length, 40 ms later. The option does not last, so it is set before each read.
void acknowledge_at_once(int fd) {
    const int yes = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof yes);
}

bool receive_all(int fd, std::uint8_t* to, std::size_t size) {
    while (size > 0) {
        acknowledge_at_once(fd);
        const auto part = ::recv(fd, to, size, 0);
        if (part <= 0) return false;
        to += part;
        size -= static_cast<std::size_t>(part);
    }
    return true;
}

bool send_frame(int fd, ByteView payload) {
    Bytes frame{static_cast<std::uint8_t>(payload.size() >> 8),
                static_cast<std::uint8_t>(payload.size() & 0xFF)};
    append(frame, payload);
    return ::send(fd, frame.data(), frame.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(frame.size());
}

} // namespace

Result<std::unique_ptr<VpcdCard>> VpcdCard::start(VirtualReader& reader, BoxClient& box) {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair.data()) != 0)
        return fail(practice_errc::no_control, "socketpair");
    return std::unique_ptr<VpcdCard>(
        new VpcdCard(reader, box, FileDescriptor(pair[0]), FileDescriptor(pair[1])));
}

VpcdCard::VpcdCard(VirtualReader& reader, BoxClient& box, FileDescriptor hear, FileDescriptor tell)
    : reader_(reader), box_(box), hear_(std::move(hear)), tell_(std::move(tell)) {
    reader_.watch(tell_.get());
    thread_ = std::jthread([this](const std::stop_token& stop) { live(stop); });
}

VpcdCard::~VpcdCard() {
    reader_.unwatch(tell_.get());
    thread_.request_stop();
    ::shutdown(tell_.get(), SHUT_RDWR);
}

FileDescriptor VpcdCard::connect() {
    if (!reader_.present()) return {};
    auto joined = box_.join(port);
    return joined ? std::move(*joined) : FileDescriptor{};
}

void VpcdCard::live(const std::stop_token& stop) {
    FileDescriptor card = connect();
    while (!stop.stop_requested()) {
        std::array<pollfd, 2> both{pollfd{hear_.get(), POLLIN, 0}, pollfd{card.get(), POLLIN, 0}};
        if (::poll(both.data(), card.open() ? 2 : 1, -1) < 0) continue;
        if (both[0].revents != 0) {
            std::uint8_t change = 0;
            if (::recv(hear_.get(), &change, 1, 0) <= 0) return;
            if (!reader_.present())
                card = {};
            else if (!card.open())
                card = connect();
        } else if (!serve(card.get())) {
            card = {};
        }
    }
}

bool VpcdCard::serve(int fd) {
    std::array<std::uint8_t, 2> length{};
    if (!receive_all(fd, length.data(), length.size())) return false;
    ZeroingBytes payload(static_cast<std::size_t>(length[0] << 8 | length[1]));
    if (!receive_all(fd, payload.data(), payload.size())) return false;
    return answer(fd, payload);
}

bool VpcdCard::answer(int fd, ByteView payload) {
    if (payload.size() != 1) {
        const auto reply = reader_.answer(wire::Ask::transmit, payload);
        return reply.say == wire::Say::done && send_frame(fd, reply.data);
    }
    switch (payload[0]) {
    case off:
        (void)reader_.answer(wire::Ask::power_down, {});
        return true;
    case on:
    case reset:
        (void)reader_.answer(wire::Ask::power_up, {});
        return true;
    case tell_atr:
        return send_frame(fd, reader_.card()->atr());
    default:
        return true;
    }
}

} // namespace acredita::practice
