// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A connection to the card that is in a reader now: shared with other programs, T=0 or T=1, on a context of
// its own, so that what one reader does never holds up another.
//
// A Connection is for one life of one card. It is never repaired: when the card was reset by somebody else,
// removed, or an exchange failed, it is lost, and whoever wants to go on opens a new one, which has another
// generation and knows nothing of what was verified or selected before. Its end leaves the card as it is
// (SCARD_LEAVE_CARD).
//
// Nothing here waits longer than `patience`, although pcscd 1.9.9 makes SCardConnect and
// SCardBeginTransaction wait without limit for another program's transaction (PCSC issue 254):
// - connect: a reader that nobody uses cannot be held, so the call is made at once; otherwise it runs in a
// thread that is
//   left to finish and tidy up alone if it takes too long. Code that may be unloaded must be linked with -z
//   nodelete.
// - begin: SCardEndTransaction without a transaction says at once whether somebody else holds the card, so it
// is asked
//   until nobody does. Between that answer and the begin lie microseconds in which another program can still
//   be first.
//
// Nor does it keep others waiting: pcscd gives a card to whoever asks in the moment it is free, and another
// program asks every 100 ms. Who begins one transaction after the other for a second leaves a pause that is
// longer than that.
//
// Used by one thread at a time, one Transaction at a time (else bad_request). Errors: reader_errc.
#pragma once

#include "pcsc/apdu/channel.hpp"
#include "pcsc/reader/context.hpp"

#include <chrono>
#include <memory>

namespace acredita::reader {

inline constexpr std::chrono::milliseconds default_patience{5000};

// What becomes of the card at the end of a connection.
enum class Disposition : std::uint8_t { leave, reset, unpower };

class Connection {
public:
    // no_card, card_mute, reader_gone at once; sharing_violation if another program held the card for all of
    // `patience`.
    [[nodiscard]] static Result<std::unique_ptr<Connection>>
    open(const ReaderName& reader, std::chrono::milliseconds patience = default_patience);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] const ReaderName& reader() const noexcept { return reader_; }
    [[nodiscard]] ByteView atr() const noexcept { return atr_; }
    [[nodiscard]] Protocol protocol() const noexcept { return protocol_; }
    // Of ReaderState::events at the time of connecting.
    [[nodiscard]] std::uint16_t events() const noexcept { return events_; }
    // Unique in this process; changes with reset(). Whatever is known about a card's state belongs to one
    // generation.
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_; }
    // Something happened after which this connection is of no use; Transaction::begin will say what.
    [[nodiscard]] bool lost() const noexcept { return lost_.has_value(); }

    // Resets the card for everybody and goes on with this connection: security state gone, new generation.
    // For tools that must start from nothing (the proof, the end of a visit); the PKCS#11 module never does
    // this.
    [[nodiscard]] Result<void> reset(std::chrono::milliseconds patience = default_patience);

    // Ends the connection with another disposition than leave; nothing but destruction may follow.
    [[nodiscard]] Result<void> close(Disposition disposition,
                                     std::chrono::milliseconds patience = default_patience);

private:
    friend class Transaction;
    using Clock = std::chrono::steady_clock;
    Connection(ContextHandle context, ReaderName reader);

    [[nodiscard]] Result<void> begin(std::chrono::milliseconds patience);
    void let_others_in();
    void end(Disposition disposition) noexcept;
    [[nodiscard]] Result<void> adopt(SCARDHANDLE card, DWORD protocol);
    [[nodiscard]] Result<ZeroingBytes> transmit(ByteView command);
    [[nodiscard]] Result<ZeroingBytes> control(DWORD code, ByteView input);
    // Passes an outcome on; an error that ends the connection is remembered.
    [[nodiscard]] Result<void> note(Result<void> outcome);

    ContextHandle context_;
    ReaderName reader_;
    SCARDHANDLE card_ = 0;
    bool open_ = false;
    bool busy_ = false;               // between begin and end
    Clock::time_point burst_begun_{}; // of transactions without a pause between them
    Clock::time_point ended_{};       // the last transaction
    Clock::time_point met_{};         // another program's transaction
    pid_t owner_ = 0;
    Protocol protocol_ = Protocol::t1;
    std::uint16_t events_ = 0;
    std::uint64_t generation_ = 0;
    Bytes atr_;
    std::optional<Error> lost_;
    std::optional<bool> short_only_; // of the reader, once it has been asked
    ZeroingBytes buffer_;            // of one response
};

} // namespace acredita::reader
