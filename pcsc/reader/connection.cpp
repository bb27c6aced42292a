// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/connection.hpp"

#include "pcsc/reader/call.hpp"
#include "pcsc/reader/connect.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include <unistd.h>

namespace acredita::reader {

namespace {

constexpr std::size_t buffer_size = 65538; // the longest extended answer and its status word
constexpr std::chrono::milliseconds shortest_pause{1};
constexpr std::chrono::milliseconds longest_pause{10};

// Transactions with shorter pauses than `breath` between them are one burst; after a long one comes a pause
// that is longer than the 100 ms that lie between two questions of a program that waits
// (PCSCLITE_LOCK_POLL_RATE).
struct Manners {
    std::chrono::milliseconds breath, longest_burst;
};
constexpr Manners alone{std::chrono::milliseconds(10), std::chrono::milliseconds(1000)};
constexpr Manners among_others{std::chrono::milliseconds(130), std::chrono::milliseconds(300)};
constexpr std::chrono::milliseconds break_for_others{130};
constexpr std::chrono::seconds remembered{30};

std::atomic<std::uint64_t> last_generation{0};

DWORD to_pcsc(Disposition disposition) {
    switch (disposition) {
    case Disposition::reset:
        return SCARD_RESET_CARD;
    case Disposition::unpower:
        return SCARD_UNPOWER_CARD;
    case Disposition::leave:
        break;
    }
    return SCARD_LEAVE_CARD;
}

} // namespace

Connection::Connection(ContextHandle context, ReaderName reader)
    : context_(std::move(context)), reader_(std::move(reader)), owner_(getpid()), buffer_(buffer_size) {}

Result<std::unique_ptr<Connection>> Connection::open(const ReaderName& reader,
                                                     std::chrono::milliseconds patience) {
    ACREDITA_TRY(connected, connect_before(reader, Clock::now() + patience));
    std::unique_ptr<Connection> connection(new Connection(std::move(connected.context), reader));
    connection->card_ = connected.card;
    connection->open_ = true;
    ACREDITA_CHECK(connection->adopt(connected.card, connected.protocol));
    return connection;
}

// What is known of a card right after connecting to it or resetting it. SCardStatus would say the same, but
// waits for other programs' transactions.
Result<void> Connection::adopt(SCARDHANDLE card, DWORD protocol) {
    card_ = card;
    generation_ = ++last_generation;
    ACREDITA_TRY(states, read_states(context_.get(), {&reader_, 1}));
    if (!states.front().present) return fail(reader_errc::card_removed, reader_.text);
    atr_ = std::move(states.front().atr);
    events_ = states.front().events;
    if (protocol != SCARD_PROTOCOL_T0 && protocol != SCARD_PROTOCOL_T1)
        return fail(reader_errc::protocol_mismatch, "protocol " + std::to_string(protocol));
    protocol_ = protocol == SCARD_PROTOCOL_T0 ? Protocol::t0 : Protocol::t1;
    return {};
}

Connection::~Connection() {
    if (open_ && owner_ == getpid()) (void)SCardDisconnect(card_, SCARD_LEAVE_CARD);
}

Result<void> Connection::note(Result<void> outcome) {
    if (!outcome && !lost_) lost_ = outcome.error();
    return outcome;
}

Result<void> Connection::begin(std::chrono::milliseconds patience) {
    if (lost_) return fail(*lost_);
    if (!open_) return fail(reader_errc::invalid_handle, "the connection was closed");
    // The question below would end a transaction of our own.
    if (busy_) return fail(reader_errc::bad_request, "a transaction inside a transaction");
    let_others_in();
    const auto deadline = Clock::now() + patience;
    auto pause = shortest_pause;
    for (;;) {
        const auto ended = static_cast<std::uint32_t>(SCardEndTransaction(card_, SCARD_LEAVE_CARD));
        if (ended != static_cast<std::uint32_t>(SCARD_E_SHARING_VIOLATION))
            break; // the begin says what else is wrong
        burst_begun_ = met_ = Clock::now();
        if (Clock::now() >= deadline) return fail(reader_errc::sharing_violation, reader_.text);
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, longest_pause);
    }
    ACREDITA_CHECK(note(call<&SCardBeginTransaction>(card_)));
    busy_ = true;
    return {};
}

void Connection::let_others_in() {
    const auto now = Clock::now();
    const auto& manners = now - met_ < remembered ? among_others : alone;
    if (now - ended_ > manners.breath) {
        burst_begun_ = now;
    } else if (now - burst_begun_ > manners.longest_burst) {
        std::this_thread::sleep_for(break_for_others);
        burst_begun_ = Clock::now();
    }
}

void Connection::end(Disposition disposition) noexcept {
    ended_ = Clock::now();
    if (open_ && owner_ == getpid()) (void)SCardEndTransaction(card_, to_pcsc(disposition));
    busy_ = false;
}

Result<ZeroingBytes> Connection::transmit(ByteView command) {
    if (lost_) return fail(*lost_);
    const SCARD_IO_REQUEST request{protocol_ == Protocol::t0 ? DWORD{SCARD_PROTOCOL_T0}
                                                             : DWORD{SCARD_PROTOCOL_T1},
                                   sizeof(SCARD_IO_REQUEST)};
    DWORD size = buffer_.size();
    ACREDITA_CHECK(note(call<&SCardTransmit>(card_, &request, command.data(), command.size(), nullptr,
                                             buffer_.data(), &size)));
    size = std::min<DWORD>(size, buffer_.size());
    ZeroingBytes answer(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(size));
    explicit_bzero(buffer_.data(), size);
    if (answer.size() < 2)
        ACREDITA_CHECK(note(fail(reader_errc::comm_error, "answer of " + std::to_string(size) + " bytes")));
    return answer;
}

Result<ZeroingBytes> Connection::control(DWORD code, ByteView input) {
    if (lost_) return fail(*lost_);
    DWORD size = 0;
    ACREDITA_CHECK(call<&SCardControl>(card_, code, input.data(), input.size(), buffer_.data(),
                                       DWORD{buffer_.size()}, &size));
    size = std::min<DWORD>(size, buffer_.size());
    ZeroingBytes answer(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(size));
    explicit_bzero(buffer_.data(), size);
    return answer;
}

Result<void> Connection::reset(std::chrono::milliseconds patience) {
    ACREDITA_CHECK(begin(patience));
    DWORD protocol = 0;
    auto outcome = note(call<&SCardReconnect>(
        card_, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, SCARD_RESET_CARD, &protocol));
    if (outcome) outcome = note(adopt(card_, protocol));
    end(Disposition::leave);
    return outcome;
}

Result<void> Connection::close(Disposition disposition, std::chrono::milliseconds patience) {
    if (disposition != Disposition::leave) {
        ACREDITA_CHECK(begin(patience));
    }
    open_ = false;
    busy_ = false;
    return note(call<&SCardDisconnect>(card_, to_pcsc(disposition)));
}

} // namespace acredita::reader
