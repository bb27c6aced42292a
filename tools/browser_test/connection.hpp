// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One browser's connection: handshake, one request, one answer, end. Never blocks; whoever owns it calls
// advance() when the socket is ready and ends it when its deadline has passed.
//
// Only the wait for the certificate is long, because a person types a PIN meanwhile; before and after it a
// peer has a few seconds in all, however slowly it sends.
#pragma once

#include "tools/browser_test/context.hpp"
#include "tools/browser_test/descriptor.hpp"

#include <chrono>
#include <functional>

namespace acredita::browser_test {

using Time = std::chrono::steady_clock::time_point;

struct Host {
    std::span<const Bytes> certificates; // on the card
    unsigned port = 0;
    std::chrono::milliseconds patience{}; // with a program, for each phase
    // Completes the visit (a browser without a certificate may lack the module) and gives the page for it.
    std::function<std::string(Visit&)> welcome;
};

class Connection {
public:
    Connection(Descriptor socket, Tls tls, const Host& host);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // False: it is over.
    [[nodiscard]] bool advance();
    // POLLIN or POLLOUT.
    [[nodiscard]] short waits_for() const noexcept { return waits_for_; }
    [[nodiscard]] int socket() const noexcept { return socket_.get(); }
    [[nodiscard]] Time deadline() const noexcept { return deadline_; }
    // The page was asked for: what the visit showed. A connection that ended without asking may have left the
    // reason, old_tls or cancelled.
    [[nodiscard]] const std::optional<Visit>& visit() const noexcept { return visit_; }
    [[nodiscard]] std::optional<browser_errc> ended_by() const noexcept { return ended_by_; }

private:
    enum class Phase { hello, certificate, request, answer, farewell };
    enum class Step { done, again, over };

    [[nodiscard]] Step shake_hands();
    [[nodiscard]] Step read_request();
    [[nodiscard]] Step write_answer();
    [[nodiscard]] Step say_goodbye();
    [[nodiscard]] Step stuck(int result);
    void enter(Phase phase);

    Descriptor socket_;
    Tls tls_;
    const Host& host_;
    Phase phase_ = Phase::hello;
    Time deadline_;
    short waits_for_;
    std::string received_;
    std::string answer_;
    std::size_t thrown_away_ = 0;
    std::optional<Visit> visit_;
    std::optional<browser_errc> ended_by_;
};

} // namespace acredita::browser_test
