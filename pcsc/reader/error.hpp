// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can go wrong between a program and a card, as PC/SC tells it. One enumerator for each thing a person
// would do something different about; the return code itself is in the Error's detail. Source: winscard(3) of
// libpcsclite 1.9.9 and the daemon's replies behind it.
#pragma once

#include "pcsc/base/error.hpp"

#include <cstdint>

namespace acredita::reader {

enum class reader_errc {
    service_not_running = 1,
    service_lost,
    access_denied,
    server_too_many,
    no_reader,
    reader_gone,
    reader_unsupported,
    no_card,
    card_removed,
    card_reset,
    card_mute,
    card_unpowered,
    unsupported_card,
    protocol_mismatch,
    sharing_violation,
    comm_error,
    cancelled,
    timeout,
    not_supported,
    invalid_handle,
    bad_request,
    no_memory,
    internal,
    pin_pad_cancelled,
    pin_pad_timeout,
    pin_pad_mismatch,
};

// Which call gave the code: a few codes mean different things before and after there is a connection.
enum class Stage : std::uint8_t { establish, connect, other };

// Never called with SCARD_S_SUCCESS. Codes no version of libpcsclite documents become `internal`.
[[nodiscard]] reader_errc from_pcsc(std::uint32_t code, Stage stage) noexcept;

// A context or connection that gave this will not work again; a new one may.
[[nodiscard]] bool is_stale(const Error& error) noexcept;

} // namespace acredita::reader

namespace acredita {

template <>
struct ErrorTable<reader::reader_errc> {
    using E = reader::reader_errc;
    static constexpr std::string_view family = "reader";
    static constexpr ErrorRow<E> rows[] = {
        {E::service_not_running, "service_not_running", "the smart card service is not running"},
        {E::service_lost, "service_lost", "the smart card service went away during the call"},
        {E::access_denied, "access_denied", "the smart card service refuses this user"},
        {E::server_too_many, "server_too_many", "the smart card service serves too many programs already"},
        {E::no_reader, "no_reader", "no card reader is connected"},
        {E::reader_gone, "reader_gone", "the card reader is not there any more"},
        {E::reader_unsupported, "reader_unsupported", "the card reader or its driver cannot be used"},
        {E::no_card, "no_card", "no card is in the reader"},
        {E::card_removed, "card_removed", "the card was taken out of the reader"},
        {E::card_reset, "card_reset", "another program has reset the card"},
        {E::card_mute, "card_mute", "the card does not answer to reset"},
        {E::card_unpowered, "card_unpowered", "the card has no power"},
        {E::unsupported_card, "unsupported_card", "the reader and the card do not understand each other"},
        {E::protocol_mismatch, "protocol_mismatch", "the card speaks neither T=0 nor T=1"},
        {E::sharing_violation, "sharing_violation", "another program keeps the card to itself"},
        {E::comm_error, "comm_error", "an exchange with the card failed"},
        {E::cancelled, "cancelled", "the wait was cancelled"},
        {E::timeout, "timeout", "nothing happened in the time given"},
        {E::not_supported, "not_supported", "the reader or its driver does not have this function"},
        {E::invalid_handle, "invalid_handle", "the context or connection is not valid any more"},
        {E::bad_request, "bad_request", "the smart card service rejects the arguments of the call"},
        {E::no_memory, "no_memory", "the smart card service is out of memory"},
        {E::internal, "internal", "the smart card service reports an internal error"},
        {E::pin_pad_cancelled, "pin_pad_cancelled", "the entry on the reader's keypad was cancelled"},
        {E::pin_pad_timeout, "pin_pad_timeout", "nothing was entered on the reader's keypad in time"},
        {E::pin_pad_mismatch, "pin_pad_mismatch",
         "the two entries of the new PIN on the reader's keypad differ"},
    };
};

} // namespace acredita
