// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Exclusive use of a card for a few exchanges, and the only thing that can talk to it: begun by begin(),
// ended by destruction, leaving the card as it is. Keep it short: while it lives every other program waits
// for the card.
//
// Errors of begin: card_reset (another program reset the card since connecting) and card_removed mean that
// everything known about the card is void; open a new Connection. sharing_violation: another program held the
// card for all of `patience`; holders() may know which.
//
// A card that answers, but endlessly or endlessly slowly, is given up when its exchanges have taken `budget`
// together: timeout. The longest of them is not counted, because a card may think about a new key for a
// minute and be well; how long one exchange may take is for the reader's driver to say (PC/SC cannot end it).
#pragma once

#include "pcsc/reader/connection.hpp"

namespace acredita::reader {

class Transaction final : public Channel {
public:
    static constexpr std::chrono::milliseconds no_budget = std::chrono::hours(24);

    // The Connection must outlive the Transaction.
    [[nodiscard]] static Result<Transaction> begin(Connection& connection,
                                                   std::chrono::milliseconds patience = default_patience,
                                                   std::chrono::milliseconds budget = no_budget);
    ~Transaction() override;
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;

    // Any length up to an extended command's; the frame's masks are for transcripts and mean nothing here.
    // Any error makes the connection lost, because nobody can know then what the card has done.
    [[nodiscard]] Result<ZeroingBytes> transmit(const Frame& frame) override;
    [[nodiscard]] Protocol protocol() const noexcept override;
    // What the reader says of itself; asked once for each connection.
    [[nodiscard]] bool short_only() override;

    // A message for the reader itself (SCardControl). An error does not make the connection lost by itself.
    [[nodiscard]] Result<ZeroingBytes> control(std::uint32_t code, ByteView input);

    [[nodiscard]] const Connection& connection() const noexcept { return *connection_; }

private:
    Transaction(Connection& connection, std::chrono::milliseconds budget) noexcept
        : connection_(&connection), budget_(budget) {}

    Connection* connection_;
    std::chrono::nanoseconds budget_;
    std::chrono::nanoseconds spent_{0};
    std::chrono::nanoseconds longest_{0};
};

} // namespace acredita::reader
