// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/isoapplet/options.hpp"

#include "tools/practice/error.hpp"

namespace acredita::practice::isoapplet {

namespace {

bool read_faulty(std::string_view value, Faults& faults) {
    faults.sign_without_pin = faults.sign_without_pin || value == "sign-without-pin";
    faults.other_certificate = faults.other_certificate || value == "other-certificate";
    return value == "sign-without-pin" || value == "other-certificate";
}

bool read_option(std::string_view key, std::string_view value, Settings& to) {
    if (key == "version") return read_number(value, 0U, 1U, to.version);
    if (key == "import") return read_yes_no(value, to.import);
    if (key == "buffer") return read_number<std::size_t>(value, 256, 4096, to.buffer);
    if (key == "tries") return read_number(value, 1U, 15U, to.fresh.pin_tries);
    if (key == "serial") return read_number<std::uint32_t>(value, 0, 0xFFFFFFFF, to.fresh.serial);
    if (key == "faulty") return read_faulty(value, to.faults);
    if (key == "t0" && value.empty()) return to.t0 = true;
    if (key == "contactless" && value.empty()) return to.contactless = true;
    if (key == "blank" && value.empty()) return to.fresh.blank = true;
    if (key == "pin" && value.size() >= 4 && value.size() <= reference_width)
        return to.fresh.pin = value, true;
    if (key == "puk" && value.size() == reference_width) return to.fresh.puk = value, true;
    return false;
}

} // namespace

Result<Settings> read_settings(const CardOptions& options) {
    Settings settings;
    for (const auto& [key, value] : options)
        if (!read_option(key, value, settings)) return fail(practice_errc::bad_card, std::string(key));
    // Version 1 speaks extended commands only, which T=0 does not carry.
    if (settings.t0 && (settings.version == 1 || settings.contactless))
        return fail(practice_errc::bad_card, "t0");
    return settings;
}

Result<Chip> read_options(const CardOptions& options) {
    ACREDITA_TRY(settings, read_settings(options));
    return Chip{[settings](std::uint32_t serial) -> std::unique_ptr<Application> {
                    auto own = settings;
                    if (own.fresh.serial == 0) own.fresh.serial = serial;
                    return std::make_unique<IsoApplet>(own);
                },
                true};
}

} // namespace acredita::practice::isoapplet
