// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/rules.hpp"

namespace acredita::module {

namespace {

std::optional<CK_USER_TYPE> user_of(profile::Role role) {
    switch (role) {
    case profile::Role::nobody:
        return std::nullopt;
    case profile::Role::user:
        return CKU_USER;
    case profile::Role::admin:
        return CKU_SO;
    }
    return std::nullopt;
}

} // namespace

Rules read_rules(const profile::Profile& profile, bool confirmed) {
    Rules rules;
    rules.profile = profile.name;
    auto& can = rules.abilities;
    for (const auto& row : profile.algorithms) {
        if (row.use) can.keys.push_back(row.algorithm);
        if (row.generate && profile.generate.kind != profile::GenerateKind::none)
            can.generated.push_back(row.algorithm);
        if (row.import && profile.import.kind != profile::ImportKind::none)
            rules.importable.push_back(row.algorithm);
    }
    can.rsa_raw = profile.can(card::Operation::rsa_raw);
    can.rsa_pkcs1 = profile.can(card::Operation::rsa_pkcs1);
    can.ecdsa = profile.can(card::Operation::ecdsa);
    can.ecdh = profile.can(card::Operation::ecdh);
    can.rsa_decrypt = profile.can(card::Operation::rsa_decrypt);
    can.rsa_pss = profile.can(card::Operation::rsa_pss);
    can.ecdsa_sha1 = profile.can(card::Operation::ecdsa_sha1);
    rules.pin = profile.pin.rules;
    rules.puk = profile.puk.rules;
    rules.has_puk = profile.puk.present;
    rules.has_admin = profile.admin.kind != profile::AdminKind::none;
    if (profile.import.kind != profile::ImportKind::none) rules.store_role = user_of(profile.import.role);
    if (profile.generate.kind != profile::GenerateKind::none)
        rules.generate_role = user_of(profile.generate.role);
    rules.object_role = user_of(profile.objects.role);
    rules.max_certificate = profile.objects.max_certificate;
    rules.writable = confirmed || profile.evidence != profile::Evidence::documents;
    if (!rules.writable) {
        rules.store_role = rules.generate_role = rules.object_role = std::nullopt;
        rules.importable.clear();
        can.generated.clear();
    }
    return rules;
}

} // namespace acredita::module
