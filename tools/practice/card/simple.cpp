// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card/simple.hpp"

#include "tools/practice/card/apdu.hpp"
#include "tools/practice/error.hpp"

#include <nlohmann/json.hpp>

namespace acredita::practice {

namespace {

Result<void> no_options(const CardOptions& options) {
    return options.empty() ? Result<void>{} : fail(practice_errc::bad_card, std::string(options.front().key));
}

Chip simple_chip(Bytes atr) {
    return {[atr = std::move(atr)](std::uint32_t) { return std::make_unique<SimpleApplication>(atr); }};
}

} // namespace

Result<Chip> read_unknown_options(const CardOptions& options) {
    Bytes atr{0x3B, 0x85, 0x80, 0x01, 0x55, 0x4E, 0x4B, 0x4E, 0x4F, 0x50};
    for (const auto& [key, value] : options) {
        auto given = from_hex(value);
        if (key != "atr" || !given || given->size() < 2 || given->size() > 33)
            return fail(practice_errc::bad_card, std::string(key));
        atr = std::move(*given);
    }
    return simple_chip(std::move(atr));
}

Result<Chip> read_mute_options(const CardOptions& options) {
    ACREDITA_CHECK(no_options(options));
    return simple_chip({});
}

Result<Chip> read_none_options(const CardOptions& options) {
    ACREDITA_CHECK(no_options(options));
    return Chip{[](std::uint32_t) { return nullptr; }};
}

Bytes SimpleApplication::exchange(ByteView command) {
    const auto parsed = parse_command(command);
    if (!parsed) return to_wire(status(0x6700));
    return to_wire(status(parsed->ins == 0xA4 ? 0x6A82 : 0x6D00));
}

nlohmann::json SimpleApplication::save() { return nlohmann::json::object(); }

Result<void> SimpleApplication::load(const nlohmann::json&) { return {}; }

} // namespace acredita::practice
