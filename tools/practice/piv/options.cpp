// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/piv/options.hpp"

#include "tools/practice/error.hpp"

#include <array>

namespace acredita::practice::piv {

namespace {

bool read_faulty(std::string_view value, Faults& faults) {
    faults.sign_without_pin = faults.sign_without_pin || value == "sign-without-pin";
    faults.other_certificate = faults.other_certificate || value == "other-certificate";
    return value == "sign-without-pin" || value == "other-certificate";
}

bool read_admin(std::string_view value, std::uint8_t& to) {
    constexpr std::array<std::pair<std::string_view, std::uint8_t>, 4> known{
        {{"3des", triple_des}, {"aes128", aes128}, {"aes192", aes192}, {"aes256", aes256}}};
    for (const auto& [name, algorithm] : known)
        if (name == value) to = algorithm;
    return to != 0;
}

bool read_option(std::string_view key, std::string_view value, Settings& to) {
    if (key == "firmware") return to.firmware != nullptr;
    if (key == "extended") return read_yes_no(value, to.extended);
    if (key == "tries") return read_number(value, 1U, 255U, to.fresh.pin_tries);
    if (key == "left") return read_number(value, 0U, 255U, to.fresh.pin_left.emplace());
    if (key == "object-limit") return read_number<std::size_t>(value, 16, 60000, to.object_limit);
    if (key == "serial") return read_number<std::uint32_t>(value, 0, 0xFFFFFFFF, to.fresh.serial);
    if (key == "admin") return read_admin(value, to.fresh.admin_algorithm);
    if (key == "faulty") return read_faulty(value, to.faults);
    if (key == "t0" && value.empty()) return to.t0 = true;
    if (key == "blank" && value.empty()) return to.fresh.personalised = false, true;
    if ((key != "pin" && key != "puk") || value.size() < 6 || value.size() > 8) return false;
    (key == "pin" ? to.fresh.pin : to.fresh.puk) = value;
    return true;
}

} // namespace

Result<Settings> read_settings(const CardOptions& options) {
    // The firmware comes first wherever it stands: the other options change what it sets.
    std::string_view firmware = "5.4";
    for (const auto& [key, value] : options)
        if (key == "firmware") firmware = value;
    Settings settings;
    settings.firmware = find_firmware(firmware);
    if (settings.firmware == nullptr) return fail(practice_errc::bad_card, std::string(firmware));
    settings.fresh.pin_tries = settings.firmware->pin_tries;
    settings.fresh.puk_tries = settings.firmware->puk_tries;
    for (const auto& [key, value] : options)
        if (!read_option(key, value, settings)) return fail(practice_errc::bad_card, std::string(key));
    return settings;
}

Result<Chip> read_options(const CardOptions& options) {
    ACREDITA_TRY(settings, read_settings(options));
    return Chip{[settings](std::uint32_t serial) -> std::unique_ptr<Application> {
                    auto own = settings;
                    if (own.fresh.serial == 0) own.fresh.serial = serial;
                    return std::make_unique<PivApplication>(own);
                },
                settings.extended};
}

} // namespace acredita::practice::piv
