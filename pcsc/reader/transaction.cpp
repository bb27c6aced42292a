// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/transaction.hpp"

#include "pcsc/reader/features.hpp"

#include <utility>

namespace acredita::reader {

Result<Transaction> Transaction::begin(Connection& connection, std::chrono::milliseconds patience) {
    ACREDITA_CHECK(connection.begin(patience));
    return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
    if (connection_ != nullptr) connection_->end(Disposition::leave);
}

Result<ZeroingBytes> Transaction::transmit(const Frame& frame) { return connection_->transmit(frame.bytes); }

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
