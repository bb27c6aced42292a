// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/browser_test/server.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace acredita::browser_test {

namespace {

constexpr std::size_t most_connections = 16;
constexpr std::chrono::seconds for_the_last_answer{5};

Result<Descriptor> listen_at(const sockaddr* address, socklen_t size, int family) {
    Descriptor fd(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int yes = 1;
    if (!fd.open() || ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        (family == AF_INET6 && ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes) != 0) ||
        ::bind(fd.get(), address, size) != 0 || ::listen(fd.get(), most_connections) != 0)
        return fail(browser_errc::port_unusable, std::strerror(errno));
    return fd;
}

Result<Descriptor> listen_v4(unsigned port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return listen_at(reinterpret_cast<const sockaddr*>(&address), sizeof address, AF_INET);
}

Result<Descriptor> listen_v6(unsigned port) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(static_cast<std::uint16_t>(port));
    address.sin6_addr = in6addr_loopback;
    return listen_at(reinterpret_cast<const sockaddr*>(&address), sizeof address, AF_INET6);
}

unsigned port_of(const Descriptor& listener) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
    return ntohs(address.sin_port);
}

int milliseconds_until(Time moment) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(moment - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, 1'000'000));
}

} // namespace

Result<std::unique_ptr<Server>> Server::open(unsigned port, std::vector<Bytes> certificates,
                                             std::function<std::string(Visit&)> welcome,
                                             std::chrono::milliseconds patience) {
    std::unique_ptr<Server> server(new Server);
    ACREDITA_TRY(identity, make_identity());
    server->identity_ = std::move(identity);
    server->certificates_ = std::move(certificates);
    ACREDITA_TRY(context, make_context(server->identity_, server->certificates_));
    server->context_ = std::move(context);
    ACREDITA_CHECK(server->listen(port));
    server->host_ = {server->certificates_, port_of(server->listeners_.front()), patience,
                     std::move(welcome)};
    return server;
}

Result<void> Server::listen(unsigned port) {
    auto v4 = listen_v4(port);
    if (!v4) return fail(browser_errc::port_unusable, std::to_string(port) + ", " + v4.error().detail);
    // A machine without IPv6 has no ::1, and needs none.
    auto v6 = listen_v6(port_of(*v4));
    listeners_.push_back(*std::move(v4));
    if (v6) listeners_.push_back(*std::move(v6));
    return {};
}

std::string Server::url() const { return "https://localhost:" + std::to_string(host_.port) + "/"; }

void Server::welcome_at(int listener) {
    Descriptor socket(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket.open() || connections_.size() >= most_connections) return;
    Tls tls(SSL_new(context_.get()));
    if (!tls || SSL_set_fd(tls.get(), socket.get()) != 1) return;
    connections_.push_back(std::make_unique<Connection>(std::move(socket), std::move(tls), host_));
}

bool Server::advance(std::span<const short> events, const std::function<bool(const Visit&)>& more) {
    const auto now = std::chrono::steady_clock::now();
    bool go_on = true;
    for (std::size_t n = 0; n < events.size(); ++n) {
        auto& one = connections_[n];
        const bool asked_before = one->visit().has_value();
        const bool lives = one->deadline() > now && (events[n] == 0 || one->advance());
        if (!asked_before && one->visit()) go_on = more(*one->visit()) && go_on;
        if (lives) continue;
        if (one->ended_by()) last_failure_ = one->ended_by();
        one.reset();
    }
    std::erase(connections_, nullptr);
    return go_on;
}

void Server::serve(Time deadline, std::span<const int> ends, const std::function<bool(const Visit&)>& more) {
    bool open = true;
    while (open || !connections_.empty()) {
        std::vector<pollfd> waits;
        Time soonest = deadline;
        for (const auto& one : connections_) {
            waits.push_back({one->socket(), one->waits_for(), 0});
            soonest = std::min(soonest, one->deadline());
        }
        const auto connected = waits.size();
        if (open)
            for (const auto& listener : listeners_) waits.push_back({listener.get(), POLLIN, 0});
        const auto listening = waits.size();
        for (const int end : ends) waits.push_back({end, POLLIN, 0});

        if (::poll(waits.data(), waits.size(), milliseconds_until(soonest)) < 0 && errno != EINTR) return;
        std::vector<short> events;
        for (std::size_t n = 0; n < connected; ++n) events.push_back(waits[n].revents);
        for (std::size_t n = connected; n < listening; ++n)
            if (waits[n].revents != 0) welcome_at(waits[n].fd);
        if (!advance(events, more) && open) {
            open = false;
            deadline = std::min(deadline, std::chrono::steady_clock::now() + for_the_last_answer);
        }
        for (std::size_t n = listening; n < waits.size(); ++n)
            if (waits[n].revents != 0) return;
        if (std::chrono::steady_clock::now() >= deadline) return;
    }
}

} // namespace acredita::browser_test
