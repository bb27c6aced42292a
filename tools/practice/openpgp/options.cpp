// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/openpgp/options.hpp"

#include "tools/practice/error.hpp"

namespace acredita::practice::openpgp {

namespace {

bool read_faulty(std::string_view value, Faults& faults) {
    faults.sign_without_pin = faults.sign_without_pin || value == "sign-without-pin";
    faults.other_certificate = faults.other_certificate || value == "other-certificate";
    return value == "sign-without-pin" || value == "other-certificate";
}

bool read_option(std::string_view key, std::string_view value, Settings& to) {
    if (key == "firmware") return to.firmware != nullptr;
    if (key == "extended") return read_yes_no(value, to.extended);
    if (key == "tries") return read_number(value, 1U, 15U, to.fresh.tries);
    if (key == "serial") return read_number<std::uint32_t>(value, 0, 0xFFFFFFFF, to.fresh.serial);
    if (key == "faulty") return read_faulty(value, to.faults);
    if (key == "kdf" && value.empty()) return to.fresh.kdf = true;
    if (key == "several" && value.empty()) return to.fresh.several = true;
    if (key == "blank" && value.empty()) return to.fresh.active = false, true;
    if (key != "pin" || value.size() < 6 || value.size() > 127) return false;
    to.fresh.pin = value;
    return true;
}

} // namespace

Result<Settings> read_settings(const CardOptions& options) {
    std::string_view firmware = "standard";
    for (const auto& [key, value] : options)
        if (key == "firmware") firmware = value;
    Settings settings;
    settings.firmware = find_firmware(firmware);
    if (settings.firmware == nullptr) return fail(practice_errc::bad_card, std::string(firmware));
    for (const auto& [key, value] : options)
        if (!read_option(key, value, settings)) return fail(practice_errc::bad_card, std::string(key));
    return settings;
}

Result<Chip> read_options(const CardOptions& options) {
    ACREDITA_TRY(settings, read_settings(options));
    return Chip{[settings](std::uint32_t serial) -> std::unique_ptr<Application> {
                    auto own = settings;
                    if (own.fresh.serial == 0) own.fresh.serial = serial;
                    return std::make_unique<OpenPgpApplication>(own);
                },
                settings.extended};
}

} // namespace acredita::practice::openpgp
