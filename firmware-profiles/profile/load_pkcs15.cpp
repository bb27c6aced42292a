// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/load_pkcs15.hpp"

namespace acredita::profile {

namespace {

// Tag 86: the first byte says which of the other seven are there.
ByteView read_conditions(TableReader& in, std::string_view key) {
    const auto value = in.hex(key, Need::required);
    if (!value.empty() && value.size() != 8) in.mistake(profile_errc::out_of_range, key);
    return value;
}

} // namespace

void read_pkcs15(TableReader& root, Profile& profile) {
    if (auto in = root.table("pkcs15"); in.present()) {
        auto& to = profile.pkcs15;
        to.home = in.hex("home", Need::required);
        if (to.home.size() < 4 || to.home.size() > 8 || to.home.size() % 2 != 0 || to.home[0] != 0x3F ||
            to.home[1] != 0x00)
            in.mistake(profile_errc::out_of_range, "home");
        to.application_name = in.hex("application_name");
        if (to.application_name.size() > 16) in.mistake(profile_errc::out_of_range, "application_name");
        in.number("odf", to.odf, 1, 0xFFFE, Need::required);
        in.number("token_info", to.token_info, 1, 0xFFFE, Need::required);
        in.number("pins", to.pins, 1, 0xFFFE);
        in.number("private_keys", to.private_keys, 1, 0xFFFE);
        in.number("public_keys", to.public_keys, 1, 0xFFFE);
        in.number("certificates", to.certificates, 1, 0xFFFE);
        in.number("public_key_files", to.public_key_files, 1, 0xFF00);
        in.number("directory_size", to.directory_size, 128, 32767);
        to.open_conditions = read_conditions(in, "open_conditions");
        to.guarded_conditions = read_conditions(in, "guarded_conditions");
        to.home_conditions = read_conditions(in, "home_conditions");
        to.pin_id = in.hex("pin_id", Need::required);
        in.finish();
    } else if (profile.objects.directory == DirectoryKind::pkcs15) {
        root.mistake(profile_errc::missing_key, "pkcs15");
    }
    if (auto in = root.table("environment"); in.present()) {
        auto& to = profile.environment;
        in.number("rsa_pkcs1", to.rsa_pkcs1, 1, 0xFF);
        in.number("rsa_pss", to.rsa_pss, 1, 0xFF);
        in.number("ecdsa", to.ecdsa, 1, 0xFF);
        in.number("rsa_decrypt", to.rsa_decrypt, 1, 0xFF);
        in.finish();
    }
    const auto needs = [&](card::Operation operation, std::uint8_t value) {
        if (profile.objects.directory == DirectoryKind::pkcs15 && profile.can(operation) && value == 0)
            root.mistake(profile_errc::contradiction, "operations");
    };
    needs(card::Operation::rsa_pkcs1, profile.environment.rsa_pkcs1);
    needs(card::Operation::rsa_pss, profile.environment.rsa_pss);
    needs(card::Operation::rsa_decrypt, profile.environment.rsa_decrypt);
    needs(card::Operation::ecdsa, profile.environment.ecdsa);
    needs(card::Operation::ecdsa_sha1, profile.environment.ecdsa);
}

} // namespace acredita::profile
