// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// PIN, PUK and their counters: SP 800-73-4 part 2, 3.2.1 to 3.2.3, and Yubico's FA and FB.
#include "tools/practice/piv/application.hpp"

#include <algorithm>

namespace acredita::practice::piv {

namespace {

constexpr std::size_t width = 8;
constexpr std::uint8_t pin_reference = 0x80;
constexpr std::uint8_t puk_reference = 0x81;

std::uint16_t tries_left(const Reference& reference) {
    return reference.left == 0 ? 0x6983 : static_cast<std::uint16_t>(0x63C0 | std::min(reference.left, 15U));
}

void set(Reference& reference, ByteView value) {
    reference.value.assign(value.begin(), value.end());
    reference.left = reference.total;
    reference.factory = false;
}

} // namespace

// Six to eight characters, then FF. NIST wants digits; YubiKeys take any character and look only when
// setting.
bool PivApplication::well_formed(ByteView value, bool verifying) const {
    if (value.size() != width) return false;
    const auto end = std::find(value.begin(), value.end(), 0xFF);
    if (std::any_of(end, value.end(), [](std::uint8_t byte) { return byte != 0xFF; })) return false;
    if (!firmware_.digits_only) return verifying || end - value.begin() >= 6;
    return end - value.begin() >= 6 &&
           std::all_of(value.begin(), end, [](std::uint8_t byte) { return byte >= '0' && byte <= '9'; });
}

std::uint16_t PivApplication::check(Reference& reference, ByteView value) {
    if (reference.left == 0) return 0x6983;
    if (equal(reference.value, value)) {
        changed_ = changed_ || reference.left != reference.total;
        reference.left = reference.total;
        return 0x9000;
    }
    --reference.left;
    changed_ = true;
    forget_keys_if_blocked();
    return static_cast<std::uint16_t>(0x63C0 | std::min(reference.left, 15U));
}

void PivApplication::forget_keys_if_blocked() {
    if (firmware_.wipes_when_blocked && memory_.pin.left == 0 && memory_.puk.left == 0) memory_.keys.clear();
}

Answer PivApplication::verify(const Command& command) {
    if (command.p1 != 0x00 && command.p1 != 0xFF) return status(0x6A86);
    if (command.p2 != pin_reference) return status(0x6A88);
    if (command.p1 == 0xFF) {
        if (!command.data.empty()) return status(0x6A80);
        security_.pin = false;
        return status(0x9000);
    }
    if (command.data.empty()) return status(security_.pin ? 0x9000 : tries_left(memory_.pin));
    if (memory_.pin.left == 0) return status(0x6983);
    if (!well_formed(command.data, true)) return status(0x6A80);
    const auto sw = check(memory_.pin, command.data);
    security_.pin = sw == 0x9000;
    return status(sw);
}

Answer PivApplication::change_reference(const Command& command) {
    if (command.p1 != 0x00) return status(0x6A86);
    if (command.p2 != pin_reference && command.p2 != puk_reference) return status(0x6A88);
    if (command.data.size() != 2 * width) return status(0x6A80);
    auto& reference = command.p2 == pin_reference ? memory_.pin : memory_.puk;
    if (reference.left == 0) return status(0x6983);
    const ByteView data(command.data);
    if (!well_formed(data.last(width), false)) return status(0x6A80);
    const auto sw = check(reference, data.first(width));
    if (command.p2 == pin_reference) security_.pin = false;
    if (sw != 0x9000) return status(sw);
    set(reference, data.last(width));
    changed_ = true;
    return status(0x9000);
}

Answer PivApplication::reset_retry(const Command& command) {
    if (command.p1 != 0x00) return status(0x6A86);
    if (command.p2 != pin_reference) return status(0x6A88);
    if (command.data.size() != 2 * width) return status(0x6A80);
    if (memory_.puk.left == 0) return status(0x6983);
    const ByteView data(command.data);
    if (!well_formed(data.last(width), false)) return status(0x6A80);
    security_.pin = false;
    const auto sw = check(memory_.puk, data.first(width));
    if (sw != 0x9000) return status(sw);
    set(memory_.pin, data.last(width));
    changed_ = true;
    return status(0x9000);
}

// Yubico FA: new numbers of tries; PIN and PUK go back to what the factory set.
Answer PivApplication::set_retries(const Command& command) {
    if (!security_.admin || !security_.pin) return status(0x6982);
    if (command.p1 == 0 || command.p2 == 0) return status(0x6A86);
    memory_.pin = factory_reference("123456", command.p1);
    memory_.puk = factory_reference("12345678", command.p2);
    security_.pin = false;
    changed_ = true;
    return status(0x9000);
}

// Yubico FB: only a card whose PIN and PUK are both blocked can be emptied.
Answer PivApplication::factory_reset(const Command& command) {
    if (command.p1 != 0 || command.p2 != 0) return status(0x6A86);
    if (memory_.pin.left != 0 || memory_.puk.left != 0) return status(0x6985);
    Fresh fresh;
    fresh.pin_tries = firmware_.pin_tries;
    fresh.puk_tries = firmware_.puk_tries;
    fresh.serial = memory_.serial;
    fresh.personalised = false;
    memory_ = fresh_memory(firmware_, fresh);
    security_ = {};
    changed_ = true;
    return status(0x9000);
}

} // namespace acredita::practice::piv
