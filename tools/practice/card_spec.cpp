// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card_spec.hpp"

#include "tools/practice/card/simple.hpp"
#include "tools/practice/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace acredita::practice {

namespace {

template <class Number>
bool read_number(std::string_view text, Number low, Number high, Number& to) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), to);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() && to >= low && to <= high;
}

bool read_yes_no(std::string_view text, bool& to) {
    to = text == "yes";
    return to || text == "no";
}

bool read_faulty(std::string_view value, piv::Faults& faults) {
    faults.sign_without_pin = faults.sign_without_pin || value == "sign-without-pin";
    faults.other_certificate = faults.other_certificate || value == "other-certificate";
    return value == "sign-without-pin" || value == "other-certificate";
}

bool read_admin(std::string_view value, std::uint8_t& to) {
    constexpr std::array<std::pair<std::string_view, std::uint8_t>, 4> known{{{"3des", piv::triple_des},
                                                                              {"aes128", piv::aes128},
                                                                              {"aes192", piv::aes192},
                                                                              {"aes256", piv::aes256}}};
    for (const auto& [name, algorithm] : known)
        if (name == value) to = algorithm;
    return to != 0;
}

bool piv_option(std::string_view key, std::string_view value, piv::Settings& to) {
    if (key == "extended") return read_yes_no(value, to.extended);
    if (key == "tries") return read_number(value, 1U, 255U, to.fresh.pin_tries);
    if (key == "object-limit") return read_number<std::size_t>(value, 16, 60000, to.object_limit);
    if (key == "serial") return read_number<std::uint32_t>(value, 0, 0xFFFFFFFF, to.fresh.serial);
    if (key == "admin") return read_admin(value, to.fresh.admin_algorithm);
    if (key == "faulty") return read_faulty(value, to.faults);
    if (key == "t0" && value.empty()) return to.t0 = true;
    if (key == "blank" && value.empty()) return to.fresh.personalised = false, true;
    if (key != "pin" || value.size() < 6 || value.size() > 8) return false;
    to.fresh.pin = value;
    return true;
}

bool common_option(std::string_view key, std::string_view value, CardSpec& to) {
    if (key == "pinpad" && value.empty()) return to.pinpad = true;
    if (key != "name" || value.empty() || value.find('"') != std::string_view::npos) return false;
    to.reader_name = value;
    return true;
}

bool option(std::string_view key, std::string_view value, CardSpec& to) {
    if (common_option(key, value, to)) return true;
    if (to.kind == CardSpec::Kind::piv && key == "firmware") return to.piv.firmware != nullptr;
    if (to.kind == CardSpec::Kind::piv) return piv_option(key, value, to.piv);
    if (to.kind != CardSpec::Kind::unknown || key != "atr") return false;
    auto atr = from_hex(value);
    if (!atr || atr->size() < 2 || atr->size() > 33) return false;
    to.atr = std::move(*atr);
    return true;
}

std::vector<std::pair<std::string_view, std::string_view>> split(std::string_view options) {
    std::vector<std::pair<std::string_view, std::string_view>> out;
    while (!options.empty()) {
        const auto one = options.substr(0, options.find(','));
        options.remove_prefix(std::min(options.size(), one.size() + 1));
        const auto equals = one.find('=');
        out.emplace_back(one.substr(0, equals),
                         equals == one.npos ? std::string_view{} : one.substr(equals + 1));
    }
    return out;
}

} // namespace

Result<CardSpec> parse_card(std::string_view text) {
    const auto kind = text.substr(0, text.find(':'));
    const auto options = split(text.substr(std::min(text.size(), kind.size() + 1)));
    CardSpec spec;
    if (kind == "unknown") {
        spec.kind = CardSpec::Kind::unknown;
        spec.atr = Bytes{0x3B, 0x85, 0x80, 0x01, 0x55, 0x4E, 0x4B, 0x4E, 0x4F, 0x50};
    } else if (kind == "mute") {
        spec.kind = CardSpec::Kind::mute;
    } else if (kind == "none") {
        spec.kind = CardSpec::Kind::none;
    } else if (kind != "piv") {
        return fail(practice_errc::bad_card, std::string(kind));
    }
    // The firmware comes first wherever it stands: the other options change what it sets.
    std::string_view firmware = "5.4";
    for (const auto& [key, value] : options)
        if (key == "firmware") firmware = value;
    spec.piv.firmware = piv::find_firmware(firmware);
    if (spec.piv.firmware == nullptr) return fail(practice_errc::bad_card, std::string(firmware));
    spec.piv.fresh.pin_tries = spec.piv.firmware->pin_tries;
    spec.piv.fresh.puk_tries = spec.piv.firmware->puk_tries;
    for (const auto& [key, value] : options)
        if (!option(key, value, spec)) return fail(practice_errc::bad_card, std::string(key));
    return spec;
}

std::unique_ptr<Application> make_application(const CardSpec& spec) {
    switch (spec.kind) {
    case CardSpec::Kind::piv:
        return std::make_unique<piv::PivApplication>(spec.piv);
    case CardSpec::Kind::unknown:
        return std::make_unique<SimpleApplication>(spec.atr);
    case CardSpec::Kind::mute:
        return std::make_unique<SimpleApplication>(Bytes{});
    case CardSpec::Kind::none:
        break;
    }
    return nullptr;
}

} // namespace acredita::practice
