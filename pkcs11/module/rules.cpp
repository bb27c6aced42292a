// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/rules.hpp"

#include <algorithm>

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

void allow(Abilities& can, std::span<const card::Operation> operations) {
    const auto has = [&](card::Operation one) {
        return std::ranges::find(operations, one) != operations.end();
    };
    can.rsa_raw = has(card::Operation::rsa_raw);
    can.rsa_pkcs1 = has(card::Operation::rsa_pkcs1);
    can.rsa_decrypt = has(card::Operation::rsa_decrypt);
    can.rsa_pss = has(card::Operation::rsa_pss);
    can.ecdsa = has(card::Operation::ecdsa);
    can.ecdsa_sha1 = has(card::Operation::ecdsa_sha1);
    can.ecdh = has(card::Operation::ecdh);
}

} // namespace

Abilities Rules::at(card::KeyReference place) const {
    auto can = abilities;
    if (const auto found = only.find(place); found != only.end()) allow(can, found->second);
    return can;
}

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
    allow(can, profile.operations);
    for (const auto& place : profile.places)
        if (!place.operations.empty())
            rules.only[place.key].assign(place.operations.begin(), place.operations.end());
    rules.pin = profile.pin.rules;
    rules.puk = profile.puk.rules;
    rules.has_puk = profile.puk.present;
    rules.has_admin = profile.admin.kind != profile::AdminKind::none;
    if (profile.import.kind != profile::ImportKind::none) rules.store_role = user_of(profile.import.role);
    if (profile.generate.kind != profile::GenerateKind::none)
        rules.generate_role = user_of(profile.generate.role);
    rules.object_role = user_of(profile.objects.role);
    rules.writable = confirmed || profile.evidence != profile::Evidence::documents;
    rules.pin_writable = rules.writable || profile.pin.by_standard;
    // SP 800-73-4 part 2, 3.2.2. The PUK of other directories is set once, or by the administrator.
    rules.puk_writable =
        rules.has_puk && rules.pin_writable && profile.objects.directory == profile::DirectoryKind::piv;
    if (!rules.writable) {
        rules.store_role = rules.generate_role = rules.object_role = std::nullopt;
        rules.importable.clear();
        can.generated.clear();
    }
    return rules;
}

} // namespace acredita::module
