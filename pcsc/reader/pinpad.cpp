// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/pinpad.hpp"

#include "pcsc/reader/features.hpp"

#include <algorithm>

namespace acredita::reader {

namespace {

constexpr std::uint8_t property_entry_ends = 2;
constexpr std::uint8_t property_minimum = 6;
constexpr std::uint8_t property_maximum = 7;

constexpr std::uint8_t bytes_ascii_left = 0x82; // bmFormatString: unit byte, offset 0, left-justified, ASCII
constexpr std::uint8_t end_key = 0x02;          // a bit of bEntryValidationCondition
constexpr std::uint8_t ask_old_and_confirm = 0x03;
constexpr std::uint16_t spanish = 0x0C0A;

void put_little(Bytes& to, std::uint32_t value, unsigned size) {
    for (unsigned i = 0; i < size; ++i) to.push_back(static_cast<std::uint8_t>(value >> (8U * i)));
}

// The structures are packed and little-endian, as the machines pcsc-lite was made for.
Bytes command(std::uint8_t ins, std::uint8_t reference, std::size_t data, std::uint8_t padding) {
    Bytes apdu{0x00, ins, 0x00, reference, static_cast<std::uint8_t>(data)};
    apdu.insert(apdu.end(), data, padding);
    return apdu;
}

Bytes head(const PinFormat& format, std::uint8_t timeout) { // bTimerOut to bmPINLengthFormat
    return {timeout, timeout, bytes_ascii_left, format.block, 0x00};
}

void put_limits(Bytes& to, const PinFormat& format) { // wPINMaxExtraDigit: smallest in the high byte
    put_little(to, static_cast<std::uint32_t>(format.minimum << 8U) | format.maximum, 2);
}

void put_command(Bytes& to, const Bytes& apdu) { // bTeoPrologue, ulDataLength, abData
    put_little(to, 0, 3);
    put_little(to, static_cast<std::uint32_t>(apdu.size()), 4);
    append(to, apdu);
}

// What the reader itself answers in place of the card (part 10, 2.5.2 table).
Result<StatusWord> judge(const Result<ZeroingBytes>& answer) {
    if (!answer) {
        if (is(answer.error(), reader_errc::timeout))
            return fail(reader_errc::pin_pad_timeout, answer.error().detail);
        if (is(answer.error(), reader_errc::cancelled))
            return fail(reader_errc::pin_pad_cancelled, answer.error().detail);
        return fail(answer.error());
    }
    if (answer->size() != 2) return fail(reader_errc::comm_error, "answer of the keypad");
    const StatusWord status{static_cast<std::uint16_t>(((*answer)[0] << 8U) | (*answer)[1])};
    switch (status.value) {
    case 0x6400:
        return fail(reader_errc::pin_pad_timeout);
    case 0x6401:
        return fail(reader_errc::pin_pad_cancelled);
    case 0x6402:
        return fail(reader_errc::pin_pad_mismatch);
    case 0x6403:
        return fail(reader_errc::bad_request, "length of the PIN typed");
    case 0x6B80:
        return fail(reader_errc::bad_request, "structure of the question");
    default:
        return status;
    }
}

} // namespace

Result<Pinpad> Pinpad::of(Transaction& transaction) {
    ACREDITA_TRY(features, Features::of(transaction));
    if (features.verify == 0) return fail(reader_errc::not_supported, "no VERIFY_PIN_DIRECT");
    Pinpad pinpad;
    pinpad.verify_ = features.verify;
    pinpad.modify_ = features.modify;
    if (const auto told = features.property(property_minimum); told && told->size() == 1)
        pinpad.shortest_ = told->front();
    if (const auto told = features.property(property_maximum);
        told && told->size() == 1 && told->front() != 0)
        pinpad.longest_ = told->front();
    auto ends = features.entry_ends;
    if (const auto told = features.property(property_entry_ends); told && told->size() == 1)
        ends = told->front();
    if (ends != 0 && (ends & end_key) == 0) pinpad.entry_ends_ = ends; // a reader without that key
    return pinpad;
}

Result<StatusWord> Pinpad::verify(Transaction& transaction, const PinFormat& format,
                                  std::uint8_t timeout) const {
    auto question = head(format, timeout);
    put_limits(question, format);
    append(question, Bytes{entry_ends_, 0x01}); // one message
    put_little(question, spanish, 2);
    question.push_back(0x00); // message 0
    put_command(question, command(0x20, format.reference, format.block, format.padding));
    return judge(transaction.control(verify_, question));
}

Result<StatusWord> Pinpad::modify(Transaction& transaction, const PinFormat& format,
                                  std::uint8_t timeout) const {
    if (modify_ == 0) return fail(reader_errc::not_supported, "no MODIFY_PIN_DIRECT");
    if (format.block == 0) return fail(reader_errc::not_supported, "a changed PIN of variable length");
    auto question = head(format, timeout);
    append(question, Bytes{0x00, format.block}); // where the old and the new PIN begin
    put_limits(question, format);
    append(question, Bytes{ask_old_and_confirm, entry_ends_, 0x03}); // three messages
    put_little(question, spanish, 2);
    append(question, Bytes{0x00, 0x01, 0x02});
    put_command(question,
                command(format.change, format.reference, std::size_t{2} * format.block, format.padding));
    return judge(transaction.control(modify_, question));
}

} // namespace acredita::reader
