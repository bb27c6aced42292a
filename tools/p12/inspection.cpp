// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/inspection.hpp"

namespace acredita::p12 {

namespace {

Found found_in(const Opened& opened) {
    Found found;
    found.form = opened.form;
    for (const auto& credential : opened.credentials)
        found.pairs.push_back({credential.key, credential.leaf, credential.chain.size(),
                               credential.chain_complete, credential.health, std::nullopt});
    for (const auto& key : opened.lone_keys) found.lone_keys.push_back(key.key);
    found.lone_certificates = opened.lone_certificates;
    found.keys = opened.keys;
    found.certificates = opened.certificates;
    found.repeated_certificates = opened.repeated_certificates;
    found.locked_keys = opened.locked_keys;
    found.locked_safes = opened.locked_safes;
    found.warnings = opened.warnings;
    return found;
}

void set_fault(Inspection& of, const Error& error) {
    of.fault = fault_of(error);
    of.outcome = of.fault->name;
}

} // namespace

std::vector<Known> known_of(const Error& error) {
    const auto& detail = error.detail;
    if (detail.empty() || error.code.category() != error_category<p12_errc>()) return {};
    switch (static_cast<p12_errc>(error.code.value())) {
    case p12_errc::truncated:
        return {{"missing_bytes", detail.substr(detail.find('=') + 1)}};
    case p12_errc::damaged: {
        // The process that read the backup wrote this, and the backup may have taken it over.
        const auto colon = detail.find(": ");
        if (!detail.starts_with("offset=") || colon == std::string::npos) return {{"part", detail}};
        return {{"offset", detail.substr(7, colon - 7)}, {"part", detail.substr(colon + 2)}};
    }
    case p12_errc::too_costly:
        return {{"iterations", detail}};
    case p12_errc::too_large:
        return {{"bytes", detail}};
    case p12_errc::unsupported_algorithm:
    case p12_errc::legacy_provider_missing:
    case p12_errc::key_password_differs:
    case p12_errc::cannot_decrypt:
    case p12_errc::unsupported_key:
    case p12_errc::self_test_failed:
        return {{"algorithm", detail}};
    case p12_errc::reader_crashed:
        return {{"signal", detail}};
    case p12_errc::unreadable_file:
    case p12_errc::reader_unavailable:
    case p12_errc::crypto_failure:
        return {{"reason", detail}};
    default:
        return {{"kind", detail}};
    }
}

Fault fault_of(const Error& error) {
    const auto full = error_name(error.code);
    const bool ours = error.code.category() == error_category<p12_errc>();
    return {ours ? static_cast<p12_errc>(error.code.value()) : p12_errc::crypto_failure,
            ours ? full.substr(full.find('.') + 1) : full, known_of(error)};
}

Inspection inspect(std::size_t size, const Result<Envelope>& envelope) {
    Inspection seen;
    seen.size = size;
    if (!envelope) {
        set_fault(seen, envelope.error());
        return seen;
    }
    seen.envelope = *envelope;
    seen.exporter = guess_exporter(*envelope);
    const bool open = envelope->mac == MacKind::none && envelope->safes.empty() && envelope->keys.empty();
    seen.outcome = open ? "needs_no_password" : "needs_password";
    if (envelope->refusal) set_fault(seen, *envelope->refusal);
    return seen;
}

Inspection inspect(ByteView file) { return inspect(file.size(), sniff(file)); }

void add_opened(Inspection& to, const Result<Opened>& opened) {
    if (!opened) return set_fault(to, opened.error());
    to.envelope = opened->envelope;
    to.found = found_in(*opened);
    to.fault.reset();
    to.outcome = "opens";
    if (const auto usable = require_credential(*opened); !usable) set_fault(to, usable.error());
}

void add_examination(Inspection& to, const Crypto& crypto, const Opened& opened, const Evidence& evidence) {
    if (!to.found) return;
    for (std::size_t i = 0; i < opened.credentials.size() && i < to.found->pairs.size(); ++i)
        to.found->pairs[i].examination =
            examine_pair(crypto, opened.credentials[i], opened.credentials, evidence);
}

std::string_view name_of(Warning warning) noexcept {
    constexpr std::string_view names[] = {"no_mac",           "password_not_as_typed",  "trailing_bytes",
                                          "plain_key",        "key_in_attribute",       "locked_content",
                                          "unreadable_key",   "unreadable_certificate", "skipped_content",
                                          "memory_not_locked"};
    return names[static_cast<std::size_t>(warning)];
}

std::string_view name_of(PasswordForm form) noexcept {
    constexpr std::string_view names[] = {
        "typed", "empty_without_terminator", "decomposed", "widened_utf8", "windows_1252", "trimmed"};
    return names[static_cast<std::size_t>(form)];
}

std::string_view name_of(MacKind kind) noexcept {
    constexpr std::string_view names[] = {"none", "pkcs12", "pbmac1"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(KeyType type) noexcept {
    constexpr std::string_view names[] = {"rsa",   "rsa_pss", "ec",   "dsa",  "ed25519",
                                          "ed448", "x25519",  "x448", "other"};
    return names[static_cast<std::size_t>(type)];
}

} // namespace acredita::p12
