// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/browser_test/connection.hpp"

#include "tools/browser_test/request.hpp"

#include <array>
#include <optional>

#include <openssl/err.h>
#include <poll.h>

namespace acredita::browser_test {

namespace {

constexpr std::chrono::seconds for_a_person{600};

// Why a handshake ended early, if it tells something about the browser. A browser that does not believe our
// certificate says so in an alert, and comes back when its user has agreed.
std::optional<browser_errc> reason(bool certificate_awaited) {
    const auto error = ERR_peek_last_error();
    const int code = ERR_GET_REASON(error);
    if (ERR_GET_LIB(error) == ERR_LIB_SSL &&
        (code == SSL_R_UNSUPPORTED_PROTOCOL || code == SSL_R_VERSION_TOO_LOW ||
         code == SSL_R_TLSV1_ALERT_PROTOCOL_VERSION))
        return browser_errc::old_tls;
    const bool closed =
        error == 0 || code == SSL_R_UNEXPECTED_EOF_WHILE_READING || code == SSL_R_TLSV1_ALERT_USER_CANCELLED;
    if (certificate_awaited && closed) return browser_errc::cancelled;
    return std::nullopt;
}

} // namespace

Connection::Connection(Descriptor socket, Tls tls, const Host& host)
    : socket_(std::move(socket)), tls_(std::move(tls)), host_(host),
      deadline_(std::chrono::steady_clock::now() + host.patience), waits_for_(POLLIN) {}

void Connection::enter(Phase phase) {
    phase_ = phase;
    const std::chrono::milliseconds patience =
        phase == Phase::certificate ? std::chrono::milliseconds(for_a_person) : host_.patience;
    deadline_ = std::chrono::steady_clock::now() + patience;
}

bool Connection::advance() {
    for (;;) {
        ERR_clear_error();
        Step step = Step::over;
        switch (phase_) {
        case Phase::hello:
        case Phase::certificate:
            step = shake_hands();
            break;
        case Phase::request:
            step = read_request();
            break;
        case Phase::answer:
            step = write_answer();
            break;
        case Phase::farewell:
            step = say_goodbye();
            break;
        }
        if (step != Step::done) return step == Step::again;
    }
}

Connection::Step Connection::stuck(int result) {
    const int error = SSL_get_error(tls_.get(), result);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) return Step::over;
    waits_for_ = error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT;
    return Step::again;
}

Connection::Step Connection::shake_hands() {
    const int result = SSL_accept(tls_.get());
    if (result == 1) {
        enter(Phase::request);
        return Step::done;
    }
    const auto step = stuck(result);
    if (step == Step::over) ended_by_ = reason(phase_ == Phase::certificate);
    // The state in which OpenSSL waits once its Finished is out: now it is the browser's turn, and its
    // user's.
    else if (phase_ == Phase::hello && SSL_get_state(tls_.get()) == TLS_ST_EARLY_DATA)
        enter(Phase::certificate);
    return step;
}

Connection::Step Connection::read_request() {
    std::array<char, 4096> part{};
    const int size = SSL_read(tls_.get(), part.data(), part.size());
    if (size <= 0) return stuck(size);
    received_.append(part.data(), static_cast<std::size_t>(size));
    const auto status = judge_request(received_, host_.port);
    if (!status) return Step::done;
    if (*status == Status::ok) {
        visit_ = judge_visit(tls_.get(), host_.certificates);
        answer_ = response(Status::ok, host_.welcome(*visit_));
    } else {
        answer_ = response(*status, {});
    }
    enter(Phase::answer);
    return Step::done;
}

Connection::Step Connection::write_answer() {
    while (!answer_.empty()) {
        const int size = SSL_write(tls_.get(), answer_.data(), static_cast<int>(answer_.size()));
        if (size <= 0) return stuck(size);
        answer_.erase(0, static_cast<std::size_t>(size));
    }
    enter(Phase::farewell);
    return Step::done;
}

// Until the peer has closed as well: whoever closes with data unread resets the connection, and the page with
// it.
Connection::Step Connection::say_goodbye() {
    if ((SSL_get_shutdown(tls_.get()) & SSL_SENT_SHUTDOWN) == 0) static_cast<void>(SSL_shutdown(tls_.get()));
    std::array<char, 4096> rest{};
    const int size = SSL_read(tls_.get(), rest.data(), rest.size());
    if (size <= 0) return stuck(size);
    thrown_away_ += static_cast<std::size_t>(size);
    return thrown_away_ > longest_request ? Step::over : Step::done;
}

} // namespace acredita::browser_test
