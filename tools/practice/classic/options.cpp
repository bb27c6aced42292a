// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/classic/application.hpp"
#include "tools/practice/error.hpp"

namespace acredita::practice::classic {

namespace {

struct NamedAtr {
    std::string_view name, hex;
};
// As people have sent them in (the pcsc-tools list): the R5 with two purses and without any, the R7, and the
// R7 without contacts.
constexpr NamedAtr atrs[] = {
    {"r5", "3B6F00008066B007010177075302311082 9000"},
    {"r5-maestro", "3B6F00008066B007010177075302312482 9000"},
    {"r5-bare", "3B6800008066B00701017707"},
    {"r7", "3B6F00008066B007010107075302311082 9000"},
    {"r7-maestro", "3B6F00008066B007010107075302312482 9000"},
    {"r7-bare", "3B6800008066B00701010707"},
    {"r7-contactless", "3B8F80018066B00701010707530231108290003D"},
};

std::string_view atr_named(std::string_view name) {
    for (const auto& one : atrs)
        if (one.name == name) return one.hex;
    return {};
}

bool read_option(const CardOption& option, Settings& to) {
    const auto& [key, value] = option;
    if (key == "card") {
        to.files.atr = from_hex(atr_named(value)).value_or(Bytes{});
        return !to.files.atr.empty();
    }
    if (key == "aid") {
        const auto byte = from_hex(value);
        if (!byte || byte->size() != 1) return false;
        to.application = byte->front();
        return true;
    }
    if (key == "applet") return read_number(value, 3U, 4U, to.applet);
    if (key == "filler") {
        to.filler = value == "ff" ? 0xFF : 0x00;
        return value == "ff" || value == "00";
    }
    return files::read_common(option, to.files);
}

} // namespace

Result<Chip> read_options(const CardOptions& options) {
    Settings settings;
    settings.files.atr = from_hex(atr_named("r5")).value_or(Bytes{});
    for (const auto& option : options)
        if (!read_option(option, settings)) return fail(practice_errc::bad_card, std::string(option.key));
    return Chip{[settings](std::uint32_t) { return std::make_unique<ClassicCard>(settings); }, false};
}

} // namespace acredita::practice::classic
