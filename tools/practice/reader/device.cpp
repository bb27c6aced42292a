// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/reader/device.hpp"

#include <array>
#include <charconv>
#include <cstring>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace acredita::practice {

namespace {

FileDescriptor connect_to(std::string_view path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return {};
    std::memcpy(address.sun_path, path.data(), path.size());
    FileDescriptor fd(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    if (!fd.open() || ::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        return {};
    return fd;
}

bool send_packet(int fd, wire::Ask what, ByteView data) {
    Bytes packet{static_cast<std::uint8_t>(what)};
    append(packet, data);
    return ::send(fd, packet.data(), packet.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(packet.size());
}

Reply receive_packet(int fd) {
    thread_local std::array<std::uint8_t, wire::largest> packet;
    const auto size = ::recv(fd, packet.data(), packet.size(), 0);
    if (size < 1) return {};
    const auto received = ByteView(packet).first(static_cast<std::size_t>(size));
    return {static_cast<wire::Say>(received[0]), copy(received.subspan(1))};
}

} // namespace

std::unique_ptr<Device> Device::open(std::string_view name) {
    const auto colon = name.rfind(':');
    std::uint8_t number = 0;
    if (colon == std::string_view::npos ||
        std::from_chars(name.data() + colon + 1, name.data() + name.size(), number).ec != std::errc{})
        return nullptr;
    auto questions = connect_to(name.substr(0, colon));
    auto changes = connect_to(name.substr(0, colon));
    FileDescriptor stop(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    const Bytes which{number};
    for (const auto& [fd, what] :
         {std::pair{questions.get(), wire::Ask::hello}, {changes.get(), wire::Ask::watch}})
        if (fd < 0 || !send_packet(fd, what, which) || receive_packet(fd).say != wire::Say::done)
            return nullptr;
    if (!stop.open()) return nullptr;
    return std::unique_ptr<Device>(new Device(std::move(questions), std::move(changes), std::move(stop)));
}

Reply Device::ask(wire::Ask what, ByteView data) {
    const std::scoped_lock lock(mutex_);
    if (!send_packet(questions_.get(), what, data)) return {};
    return receive_packet(questions_.get());
}

bool Device::wait(int milliseconds) {
    std::array<pollfd, 2> both{pollfd{changes_.get(), POLLIN, 0}, pollfd{stop_.get(), POLLIN, 0}};
    if (::poll(both.data(), both.size(), milliseconds) <= 0) return true;
    // pcscd stops a wait whenever it wants its thread to look at something, not only at the end.
    if (std::uint64_t count = 0; both[1].revents != 0) (void)!::read(stop_.get(), &count, sizeof count);
    if (both[0].revents == 0) return true;
    return receive_packet(changes_.get()).say == wire::Say::changed;
}

void Device::stop_waiting() const noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(stop_.get(), &one, sizeof one);
}

} // namespace acredita::practice
