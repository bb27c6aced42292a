// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/error.hpp"

#include <winscard.h>

namespace acredita::reader {

namespace {

// pcsc-lite's constants are of type LONG, which has 64 bits here; the codes have 32.
struct Row {
    LONG code;
    reader_errc error;
};

constexpr Row rows[] = {
    {SCARD_E_NO_SERVICE, reader_errc::service_not_running},
    {SCARD_E_SERVICE_STOPPED, reader_errc::service_not_running},
    {SCARD_P_SHUTDOWN, reader_errc::service_lost},
    {SCARD_E_SYSTEM_CANCELLED, reader_errc::service_lost},
    // libpcsclite says so when its socket to the daemon breaks; a failed exchange with a card is
    // NOT_TRANSACTED.
    {SCARD_F_COMM_ERROR, reader_errc::service_lost},
    {SCARD_E_SERVER_TOO_BUSY, reader_errc::server_too_many},
    {SCARD_E_NO_READERS_AVAILABLE, reader_errc::no_reader},
    {SCARD_E_UNKNOWN_READER, reader_errc::reader_gone},
    {SCARD_E_READER_UNAVAILABLE, reader_errc::reader_gone},
    // The daemon's answer for a card handle whose reader was unplugged (RFReaderInfoById).
    {SCARD_E_INVALID_VALUE, reader_errc::reader_gone},
    {SCARD_E_READER_UNSUPPORTED, reader_errc::reader_unsupported},
    {SCARD_E_DUPLICATE_READER, reader_errc::reader_unsupported},
    {SCARD_E_PCI_TOO_SMALL, reader_errc::reader_unsupported},
    {SCARD_E_NO_SMARTCARD, reader_errc::no_card},
    {SCARD_W_REMOVED_CARD, reader_errc::card_removed},
    {SCARD_W_RESET_CARD, reader_errc::card_reset},
    {SCARD_W_UNRESPONSIVE_CARD, reader_errc::card_mute},
    {SCARD_W_UNPOWERED_CARD, reader_errc::card_unpowered},
    {SCARD_W_UNSUPPORTED_CARD, reader_errc::unsupported_card},
    {SCARD_E_CARD_UNSUPPORTED, reader_errc::unsupported_card},
    {SCARD_E_UNKNOWN_CARD, reader_errc::unsupported_card},
    {SCARD_E_INVALID_ATR, reader_errc::unsupported_card},
    {SCARD_E_PROTO_MISMATCH, reader_errc::protocol_mismatch},
    {SCARD_E_SHARING_VIOLATION, reader_errc::sharing_violation},
    {SCARD_E_NOT_TRANSACTED, reader_errc::comm_error},
    {SCARD_E_COMM_DATA_LOST, reader_errc::comm_error},
    {SCARD_E_NOT_READY, reader_errc::comm_error},
    {SCARD_E_INSUFFICIENT_BUFFER, reader_errc::comm_error},
    {SCARD_E_CANCELLED, reader_errc::cancelled},
    {SCARD_W_CANCELLED_BY_USER, reader_errc::cancelled},
    {SCARD_E_TIMEOUT, reader_errc::timeout},
    {SCARD_F_WAITED_TOO_LONG, reader_errc::timeout},
    // 0x8010001F, which is SCARD_E_UNEXPECTED as well (pcsclite.h); 0x80100022 is what Microsoft meant by it.
    {SCARD_E_UNSUPPORTED_FEATURE, reader_errc::not_supported},
    {0x80100022, reader_errc::not_supported},
    {SCARD_E_INVALID_HANDLE, reader_errc::invalid_handle},
    {SCARD_E_INVALID_PARAMETER, reader_errc::bad_request},
    {SCARD_E_INVALID_TARGET, reader_errc::bad_request},
    {SCARD_E_CANT_DISPOSE, reader_errc::bad_request},
    {SCARD_E_NO_MEMORY, reader_errc::no_memory},
};

} // namespace

reader_errc from_pcsc(std::uint32_t code, Stage stage) noexcept {
    // polkit's refusal. Behind a working context it is how libpcsclite spells a connection reset by the
    // daemon.
    if (code == static_cast<std::uint32_t>(SCARD_W_SECURITY_VIOLATION))
        return stage == Stage::other ? reader_errc::service_lost : reader_errc::access_denied;
    // pcscd answers so to an establish beyond its limit of clients, where memory is not the question.
    if (code == static_cast<std::uint32_t>(SCARD_E_NO_MEMORY) && stage != Stage::other)
        return reader_errc::server_too_many;
    for (const auto& row : rows)
        if (static_cast<std::uint32_t>(row.code) == code) return row.error;
    return reader_errc::internal;
}

bool is_stale(const Error& error) noexcept {
    return is(error, reader_errc::service_not_running) || is(error, reader_errc::service_lost) ||
           is(error, reader_errc::invalid_handle);
}

} // namespace acredita::reader
