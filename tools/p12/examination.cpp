// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/examination.hpp"

#include <algorithm>

namespace acredita::p12 {

namespace {

constexpr auto renewal_window = std::chrono::days(60);
constexpr std::string_view server_only = "1.3.6.1.5.5.7.3.1", client = "1.3.6.1.5.5.7.3.2",
                           any_use = "2.5.29.37.0", smartcard_logon = "1.3.6.1.4.1.311.20.2.2";

struct PolicyRow {
    std::string_view oid;
    Holder holder;
    KeyHome home;
};
// The most telling first; FNMT certificates name several.
constexpr PolicyRow policies[] = {
    {"2.16.724.1.3.5.7.1", Holder::public_employee, KeyHome::card},
    {"2.16.724.1.3.5.7.2", Holder::public_employee, KeyHome::software},
    {"1.3.6.1.4.1.5734.3.3.4.4.1", Holder::public_employee, KeyHome::card},
    {"1.3.6.1.4.1.5734.3.3.4.4.2", Holder::public_employee, KeyHome::software},
    {"1.3.6.1.4.1.5734.3.17.2", Holder::public_employee, KeyHome::software},
    {"1.3.6.1.4.1.5734.3.11.1", Holder::representative, KeyHome::software},
    {"1.3.6.1.4.1.5734.3.11.2", Holder::representative, KeyHome::software},
    {"1.3.6.1.4.1.5734.3.11.3", Holder::representative, KeyHome::software},
    {"1.3.6.1.4.1.5734.3.10.1", Holder::citizen, KeyHome::software},
    {"1.3.6.1.4.1.5734.3.5", Holder::citizen, KeyHome::software},
    {"1.3.6.1.4.1.5734.3.7", Holder::legal_person, KeyHome::software},
    {"0.4.0.194112.1.0", Holder::other_natural_person, KeyHome::software},
    {"0.4.0.194112.1.2", Holder::other_natural_person, KeyHome::card},
    {"0.4.0.194112.1.1", Holder::legal_person, KeyHome::software},
    {"0.4.0.194112.1.3", Holder::legal_person, KeyHome::card},
};
constexpr std::string_view sole_administrator = "1.3.6.1.4.1.5734.3.11.1";

bool has(const std::vector<std::string>& list, std::string_view oid) {
    return std::ranges::find(list, oid) != list.end();
}

void classify(const Certificate& leaf, Examination& into) {
    into.fnmt = leaf.issuer_organisation == "FNMT-RCM" || leaf.issuer_organisation == "FNMT";
    const auto* row =
        std::ranges::find_if(policies, [&](const PolicyRow& r) { return has(leaf.policies, r.oid); });
    if (row != std::end(policies)) {
        into.holder = row->holder;
        into.home = row->home;
    }
    if (leaf.on_qualified_device) into.home = KeyHome::card;
}

Renewal renewal_of(const Certificate& leaf, const Examination& seen, Time now) {
    const bool online =
        seen.fnmt && (seen.holder == Holder::citizen || has(leaf.policies, sole_administrator));
    if (!online) return Renewal::not_online;
    if (now > leaf.not_after) return Renewal::over;
    return now >= leaf.not_after - renewal_window ? Renewal::open : Renewal::too_early;
}

Uses uses_of(const Certificate& leaf) {
    const auto& usage = leaf.usage;
    const auto& extended = leaf.extended_uses;
    const bool for_clients =
        extended.empty() || has(extended, client) || has(extended, any_use) || has(extended, smartcard_logon);
    const bool for_servers = extended.size() == 1 && has(extended, server_only);
    Uses uses;
    uses.sign = may_sign(usage) && !for_servers;
    uses.authenticate = (!usage.stated || usage.digital_signature) && for_clients;
    uses.decrypt = !usage.stated || usage.key_encipherment || usage.key_agreement;
    return uses;
}

bool reused(const Crypto& crypto, const Certificate& leaf, const std::vector<Credential>& others,
            const std::vector<Bytes>& certificates) {
    const auto same = [&](const Certificate& other) {
        return !other.public_key_hash.empty() && equal(other.public_key_hash, leaf.public_key_hash) &&
               !equal(other.der, leaf.der);
    };
    if (std::ranges::any_of(others, [&](const Credential& other) { return same(other.leaf); })) return true;
    return std::ranges::any_of(certificates, [&](const Bytes& der) {
        const auto handle = load_certificate(crypto, der);
        const auto facts =
            handle ? describe_certificate(handle->get(), der) : Result<Certificate>(Certificate{});
        return facts && same(*facts);
    });
}

CardFit fit_of(const Credential& credential, const CardLimits* card) {
    if (card == nullptr) return CardFit::unknown;
    if (std::ranges::find(card->keys, key_name(credential.key)) == card->keys.end())
        return CardFit::key_refused;
    if (card->largest_certificate && credential.leaf.der.size() > *card->largest_certificate)
        return CardFit::certificate_too_large;
    return CardFit::fits;
}

} // namespace

Examination examine_pair(const Crypto& crypto, const Credential& credential,
                         const std::vector<Credential>& others, const Evidence& evidence) {
    const auto& leaf = credential.leaf;
    Examination seen;
    seen.validity = validity_at(leaf, evidence.now);
    seen.days_left = std::chrono::floor<std::chrono::days>(leaf.not_after - evidence.now).count();
    classify(leaf, seen);
    seen.renewal = renewal_of(leaf, seen, evidence.now);
    seen.uses = uses_of(leaf);
    seen.nif_masked = leaf.nif_masked;
    seen.health = credential.health;
    seen.key_reused = reused(crypto, leaf, others, evidence.other_certificates);
    if (!credential.chain.empty())
        seen.revocation = revocation_of(crypto, leaf.der, credential.chain.front(), evidence.revocation_lists,
                                        evidence.ocsp_answers, evidence.now);
    seen.fit = fit_of(credential, evidence.card);
    return seen;
}

std::string key_name(const KeyFacts& key) {
    switch (key.type) {
    case KeyType::rsa:
    case KeyType::rsa_pss:
    case KeyType::dsa:
        return key.algorithm + " " + std::to_string(key.bits);
    case KeyType::ec:
        return "EC " + key.algorithm;
    default:
        return key.algorithm;
    }
}

std::string_view name_of(Validity validity) noexcept {
    constexpr std::string_view names[] = {"valid", "not_yet", "expired"};
    return names[static_cast<std::size_t>(validity)];
}
std::string_view name_of(Renewal renewal) noexcept {
    constexpr std::string_view names[] = {"not_online", "too_early", "open", "over"};
    return names[static_cast<std::size_t>(renewal)];
}
std::string_view name_of(Holder holder) noexcept {
    constexpr std::string_view names[] = {"unknown",        "citizen",      "public_employee",
                                          "representative", "legal_person", "other_natural_person"};
    return names[static_cast<std::size_t>(holder)];
}
std::string_view name_of(KeyHome home) noexcept {
    constexpr std::string_view names[] = {"unknown", "software", "card"};
    return names[static_cast<std::size_t>(home)];
}
std::string_view name_of(CardFit fit) noexcept {
    constexpr std::string_view names[] = {"unknown", "fits", "key_refused", "certificate_too_large"};
    return names[static_cast<std::size_t>(fit)];
}

} // namespace acredita::p12
