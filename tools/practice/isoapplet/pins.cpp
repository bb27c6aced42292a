// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// PIN (reference 01) and PUK (02): VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER (ISO
// 7816-4:2005 7.5.6, 7.5.7, 7.5.10), and the stages of the applet's life.
#include "tools/practice/isoapplet/application.hpp"

#include <algorithm>

namespace acredita::practice::isoapplet {

namespace {

constexpr std::uint8_t pin_reference = 0x01, puk_reference = 0x02;
constexpr std::size_t shortest = 4;

// How long it is without the zeros behind it.
std::size_t length_of(ByteView value) {
    while (!value.empty() && value.back() == 0) value = value.first(value.size() - 1);
    return value.size();
}

bool fits(ByteView value) { return value.size() <= reference_width && length_of(value) >= shortest; }

std::uint16_t left(const Reference& reference) {
    return static_cast<std::uint16_t>(0x63C0U | std::min(reference.left, 15U));
}

void set(Reference& reference, ByteView value) {
    reference.value = padded(value);
    reference.left = reference.total;
}

} // namespace

std::uint16_t IsoApplet::check(Reference& reference, ByteView value) {
    if (reference.left == 0 || reference.value.empty()) return 0x63C0;
    changed_ = true;
    if (equal(reference.value, padded(value))) {
        reference.left = reference.total;
        return 0x9000;
    }
    --reference.left;
    return left(reference);
}

Answer IsoApplet::verify(const Command& command) {
    if (command.p1 != 0 || command.p2 != pin_reference) return status(0x6A86);
    if (memory_.stage != Stage::operational) return status(0x6985);
    if (command.data.empty()) return status(left(memory_.pin));
    if (!fits(command.data)) return status(0x6700);
    const auto sw = check(memory_.pin, command.data);
    security_.pin = sw == 0x9000;
    return status(sw);
}

Answer IsoApplet::change_reference(const Command& command) {
    const ByteView data(command.data);
    if (command.p1 == 0x01 && command.p2 == puk_reference) {
        if (memory_.stage != Stage::creation) return status(0x6985);
        if (data.size() != reference_width) return status(0x6700);
        set(memory_.puk, data);
        memory_.stage = Stage::initialisation;
        changed_ = true;
        return status(0x9000);
    }
    if (command.p2 != pin_reference || command.p1 > 0x01) return status(0x6A86);
    if (command.p1 == 0x01) {
        if (memory_.stage == Stage::operational) return status(0x6985);
        if (!fits(data)) return status(0x6700);
        set(memory_.pin, data);
        memory_.stage = Stage::operational;
        changed_ = true;
        return status(0x9000);
    }
    if (memory_.stage != Stage::operational) return status(0x6985);
    if (data.size() != 2 * reference_width || !fits(data.last(reference_width))) return status(0x6700);
    security_.pin = false;
    const auto sw = check(memory_.pin, data.first(reference_width));
    if (sw == 0x9000) set(memory_.pin, data.last(reference_width));
    return status(sw);
}

Answer IsoApplet::reset_retry(const Command& command) {
    const ByteView data(command.data);
    if (command.p1 != 0 || command.p2 != pin_reference) return status(0x6A86);
    if (memory_.stage != Stage::operational) return status(0x6985);
    if (data.size() < reference_width + shortest || !fits(data.subspan(reference_width)))
        return status(0x6700);
    security_.pin = false;
    const auto sw = check(memory_.puk, data.first(reference_width));
    if (sw == 0x9000) set(memory_.pin, data.subspan(reference_width));
    return status(sw);
}

} // namespace acredita::practice::isoapplet
