// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/pinpad.hpp"

#include <algorithm>
#include <array>

namespace acredita::practice {

namespace {

// PC/SC part 10, 2.2 to 2.6. The codes of the features are ours to choose, that of the request is
// pcsc-lite's.
constexpr std::uint32_t get_features = 0x42000000 + 3400;
constexpr std::uint32_t verify_code = 0x42000000 + 3501;
constexpr std::uint32_t modify_code = 0x42000000 + 3502;
constexpr std::uint32_t properties_code = 0x42000000 + 3503;
constexpr std::array<std::pair<std::uint8_t, std::uint32_t>, 3> features{
    {{0x06, verify_code}, {0x07, modify_code}, {0x12, properties_code}}};

constexpr std::size_t verify_header = 19;
constexpr std::size_t modify_header = 24;

std::uint32_t code_of(ByteView four) {
    return static_cast<std::uint32_t>(four[0]) << 24 | static_cast<std::uint32_t>(four[1]) << 16 |
           static_cast<std::uint32_t>(four[2]) << 8 | four[3];
}

Bytes feature_list() {
    Bytes out;
    for (const auto& [tag, code] : features) {
        out.insert(out.end(), {tag, 0x04});
        for (const unsigned shift : {24U, 16U, 8U, 0U})
            out.push_back(static_cast<std::uint8_t>(code >> shift & 0xFF));
    }
    return out;
}

// Smallest and largest PIN, no display, entry ended by the OK key.
Bytes properties() { return {0x06, 0x01, 0x04, 0x07, 0x01, 0x0C, 0x02, 0x01, 0x02, 0x01, 0x02, 0x00, 0x00}; }

// The command starts with a header whose data field is already filled up; the digits go to the given place.
bool place(ZeroingBytes& command, std::size_t offset, ByteView digits) {
    if (command.size() < 5 + offset + digits.size()) return false;
    std::copy(digits.begin(), digits.end(), command.begin() + 5 + static_cast<std::ptrdiff_t>(offset));
    return true;
}

// wPINMaxExtraDigit: smallest length in the high byte, largest in the low one, little-endian on the wire.
bool right_length(ByteView limits, ByteView digits) {
    return digits.size() >= limits[1] && digits.size() <= limits[0];
}

const Bytes timed_out{0x64, 0x00};
const Bytes cancelled{0x64, 0x01};
const Bytes not_the_same{0x64, 0x02};
const Bytes wrong_length{0x64, 0x03};

} // namespace

void Pinpad::person(Person does, ZeroingBytes digits) {
    const std::scoped_lock lock(mutex_);
    entries_.push_back({does, std::move(digits)});
}

unsigned Pinpad::entries() const {
    const std::scoped_lock lock(mutex_);
    return asked_;
}

Pinpad::Entry Pinpad::next() {
    const std::scoped_lock lock(mutex_);
    ++asked_;
    if (entries_.empty()) return {};
    auto entry = std::move(entries_.front());
    entries_.pop_front();
    return entry;
}

std::optional<Bytes> Pinpad::control(ByteView question, const Exchange& card) {
    const auto block = question.subspan(4);
    switch (code_of(question.first(4))) {
    case get_features:
        return feature_list();
    case properties_code:
        return properties();
    case verify_code:
        return verify(block, card);
    case modify_code:
        return modify(block, card);
    default:
        return std::nullopt;
    }
}

std::optional<Bytes> Pinpad::verify(ByteView block, const Exchange& card) {
    if (block.size() < verify_header + 5) return std::nullopt;
    const auto entry = next();
    if (entry.does == Person::cancels) return cancelled;
    if (entry.does == Person::hesitates) return timed_out;
    if (!right_length(block.subspan(5, 2), entry.digits)) return wrong_length;
    ZeroingBytes command(block.begin() + verify_header, block.end());
    if (!place(command, 0, entry.digits)) return std::nullopt;
    return card(command);
}

// The old PIN if the reader is to ask for it, the new one, and the new one again if it is to be confirmed.
std::optional<Bytes> Pinpad::modify(ByteView block, const Exchange& card) {
    if (block.size() < modify_header + 5) return std::nullopt;
    const bool confirm = (block[9] & 0x01) != 0;
    const bool ask_old = (block[9] & 0x02) != 0;
    ZeroingBytes command(block.begin() + modify_header, block.end());
    ZeroingBytes fresh;
    for (int step = ask_old ? 0 : 1; step < (confirm ? 3 : 2); ++step) {
        const auto entry = next();
        if (entry.does == Person::cancels) return cancelled;
        if (entry.does == Person::hesitates) return timed_out;
        if (!right_length(block.subspan(7, 2), entry.digits)) return wrong_length;
        if (step == 2 && !equal(entry.digits, fresh)) return not_the_same;
        if (step == 1) fresh = entry.digits;
        if (step != 2 && !place(command, step == 0 ? block[5] : block[6], entry.digits)) return std::nullopt;
    }
    return card(command);
}

} // namespace acredita::practice
