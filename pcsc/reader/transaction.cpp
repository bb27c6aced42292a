// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/transaction.hpp"

#include "pcsc/reader/features.hpp"

#include <algorithm>
#include <utility>

namespace acredita::reader {

Result<Transaction> Transaction::begin(Connection& connection, std::chrono::milliseconds patience,
                                       std::chrono::milliseconds budget) {
    ACREDITA_CHECK(connection.begin(patience));
    return Transaction(connection, budget);
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)), budget_(other.budget_), spent_(other.spent_),
      longest_(other.longest_) {}

Transaction::~Transaction() {
    if (connection_ != nullptr) connection_->end(Disposition::leave);
}

Result<ZeroingBytes> Transaction::transmit(const Frame& frame) {
    if (spent_ - longest_ > budget_) {
        ACREDITA_CHECK(connection_->note(fail(reader_errc::timeout, "the card is too slow")));
    }
    const auto begun = std::chrono::steady_clock::now();
    auto answer = connection_->transmit(frame.bytes);
    const std::chrono::nanoseconds taken = std::chrono::steady_clock::now() - begun;
    spent_ += taken;
    longest_ = std::max(longest_, taken);
    return answer;
}

bool Transaction::short_only() {
    if (!connection_->short_only_) {
        const auto features = Features::of(*this);
        connection_->short_only_ = features && features->short_only();
    }
    return *connection_->short_only_;
}

Protocol Transaction::protocol() const noexcept { return connection_->protocol(); }

Result<ZeroingBytes> Transaction::control(std::uint32_t code, ByteView input) {
    return connection_->control(code, input);
}

} // namespace acredita::reader
