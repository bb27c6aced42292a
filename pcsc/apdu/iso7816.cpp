// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/apdu/iso7816.hpp"

namespace acredita::iso7816 {

namespace {

std::uint8_t high(std::uint16_t value) { return static_cast<std::uint8_t>(value >> 8U); }
std::uint8_t low(std::uint16_t value) { return static_cast<std::uint8_t>(value); }

} // namespace

CommandApdu select(ByteView aid, std::uint8_t p2, std::size_t le) {
    return {.ins = 0xA4, .p1 = 0x04, .p2 = p2, .data = zeroing(aid), .le = le};
}

CommandApdu read_binary(std::uint16_t offset, std::size_t le) {
    return {.ins = 0xB0, .p1 = static_cast<std::uint8_t>(high(offset) & 0x7FU), .p2 = low(offset), .le = le};
}

CommandApdu read_binary_sfi(std::uint8_t sfi, std::uint8_t offset, std::size_t le) {
    return {.ins = 0xB0, .p1 = static_cast<std::uint8_t>(0x80U | (sfi & 0x1FU)), .p2 = offset, .le = le};
}

CommandApdu get_data(std::uint16_t tag, std::size_t le) {
    return {.ins = 0xCA, .p1 = high(tag), .p2 = low(tag), .le = le};
}

CommandApdu get_data_object(std::uint16_t file, ByteView tag_list, std::size_t le) {
    return {.ins = 0xCB, .p1 = high(file), .p2 = low(file), .data = zeroing(tag_list), .le = le};
}

CommandApdu put_data_object(std::uint16_t file, ByteView data, Mask mask) {
    return {.ins = 0xDB, .p1 = high(file), .p2 = low(file), .data = zeroing(data), .mask = mask};
}

CommandApdu verify(std::uint8_t reference, ByteView padded_pin) {
    return {.ins = 0x20, .p2 = reference, .data = zeroing(padded_pin), .mask = Mask::data};
}

CommandApdu verify_status(std::uint8_t reference) { return {.ins = 0x20, .p2 = reference}; }

CommandApdu verify_reset(std::uint8_t reference) { return {.ins = 0x20, .p1 = 0xFF, .p2 = reference}; }

CommandApdu change_reference_data(std::uint8_t reference, ByteView old_then_new) {
    return {.ins = 0x24, .p2 = reference, .data = zeroing(old_then_new), .mask = Mask::data};
}

CommandApdu reset_retry_counter(std::uint8_t reference, ByteView code_then_new) {
    return {.ins = 0x2C, .p2 = reference, .data = zeroing(code_then_new), .mask = Mask::data};
}

CommandApdu general_authenticate(std::uint8_t algorithm, std::uint8_t reference, ByteView data,
                                 std::size_t le, Mask mask) {
    return {.ins = 0x87, .p1 = algorithm, .p2 = reference, .data = zeroing(data), .le = le, .mask = mask};
}

} // namespace acredita::iso7816
