// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/envelope.hpp"

#include "tools/p12/armour.hpp"
#include "tools/p12/ber.hpp"
#include "tools/p12/budget.hpp"

#include <algorithm>

namespace acredita::p12 {

namespace {

Protection protection_of(const AlgorithmId& algorithm, Budget& budget) {
    const auto scheme = parse_scheme(algorithm);
    if (!scheme) return {algorithm.oid, 0, scheme.error()};
    const auto paid = budget.spend(scheme->kdf.cost());
    return {scheme->name, scheme->kdf.cost(), paid ? std::nullopt : std::optional(paid.error())};
}

bool printable(ByteView file) {
    const auto head = file.first(std::min<std::size_t>(file.size(), 64));
    return std::ranges::all_of(head,
                               [](auto c) { return (c >= 0x20 && c < 0x7F) || (c >= '\t' && c <= '\r'); });
}

} // namespace

Result<Parsed> parse_file(ByteView file) {
    ACREDITA_TRY(unwrapped, unwrap(file));
    if (!unwrapped.armoured && printable(file)) return fail(p12_errc::not_a_backup, "text");
    ACREDITA_TRY(definite, to_definite(unwrapped.bytes));
    ACREDITA_CHECK(refuse_other_formats(definite.der));
    ACREDITA_TRY(pfx, parse_pfx(unwrapped.bytes));
    return Parsed{std::move(pfx), unwrapped.armoured};
}

Result<Envelope> envelope_of(const Pfx& pfx, bool armoured) {
    Envelope seen;
    seen.armoured = armoured;
    seen.indefinite = pfx.rewritten;
    seen.trailing = pfx.trailing;
    seen.mac = pfx.mac.kind;
    seen.mac_algorithm = pfx.mac.name;

    Budget budget;
    const auto note = [&](const Protection& protection) {
        if (!seen.refusal) seen.refusal = protection.refusal;
    };
    if (pfx.mac.kind != MacKind::none) {
        seen.mac_iterations = pfx.mac.kdf.iterations;
        seen.mac_salt = pfx.mac.kdf.salt.size();
        if (auto paid = budget.spend(pfx.mac.kdf.cost()); !paid) seen.refusal = paid.error();
    }
    Bags bags;
    for (const auto& safe : pfx.safes) {
        if (safe.algorithm) {
            seen.safes.push_back(protection_of(*safe.algorithm, budget));
            note(seen.safes.back());
        } else {
            ACREDITA_CHECK(collect_bags(safe.content, bags));
        }
    }
    for (const auto& key : bags.sealed_keys) {
        auto protection = protection_of(key.algorithm, budget);
        // One key with an unknown cipher does not keep the others from being opened; one that costs too much
        // does.
        if (protection.refusal && is(protection.refusal.value(), p12_errc::too_costly)) note(protection);
        seen.keys.push_back(std::move(protection));
    }
    seen.plain_keys = bags.keys.size();
    seen.visible_certificates = bags.certificates.size();
    seen.hints = bags.hints;
    return seen;
}

std::uint64_t cost_of(const Pfx& pfx) {
    std::uint64_t sum = pfx.mac.kind == MacKind::none ? 0 : pfx.mac.kdf.cost();
    const auto add = [&](const AlgorithmId& algorithm) {
        const auto scheme = parse_scheme(algorithm);
        if (scheme) sum += std::min(scheme->kdf.cost(), most_iterations_in_all);
    };
    Bags bags;
    for (const auto& safe : pfx.safes)
        if (safe.algorithm)
            add(*safe.algorithm);
        else
            (void)collect_bags(safe.content, bags);
    for (const auto& key : bags.sealed_keys) add(key.algorithm);
    return sum;
}

Result<Envelope> sniff(ByteView file) {
    ACREDITA_TRY(parsed, parse_file(file));
    return envelope_of(parsed.pfx, parsed.armoured);
}

} // namespace acredita::p12
