// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/open.hpp"

#include "tools/p12/contents.hpp"
#include "tools/p12/unlock.hpp"

#include <algorithm>

namespace acredita::p12 {

namespace {

class Opener {
public:
    Opener(const Crypto& crypto, Unlocker unlocker) : crypto_(crypto), unlocker_(std::move(unlocker)) {}

    Result<Opened> run(const Parsed& parsed) {
        ACREDITA_TRY(envelope, envelope_of(parsed.pfx, parsed.armoured));
        if (envelope.refusal) return fail(*envelope.refusal);
        opened_.envelope = std::move(envelope);
        ACREDITA_CHECK(unlocker_.verify(parsed.pfx));
        ACREDITA_CHECK(open_safes(parsed.pfx));
        ACREDITA_CHECK(take_bags());
        // Nothing at all could be read: then the lock is the outcome, not a remark.
        if (contents_.keys.empty() && contents_.certificates.empty() && opened_.first_lock)
            return fail(*opened_.first_lock);
        sort_out(crypto_, std::move(contents_), opened_);
        opened_.form = unlocker_.form();
        remark();
        return std::move(opened_);
    }

private:
    void warn(Warning warning) {
        if (std::ranges::find(opened_.warnings, warning) == opened_.warnings.end())
            opened_.warnings.push_back(warning);
    }

    // Another password, or a cipher nobody knows, locks one safe or key and leaves the others readable.
    static bool is_lock(const Error& error) {
        return is(error, p12_errc::key_password_differs) || is(error, p12_errc::cannot_decrypt) ||
               is(error, p12_errc::unsupported_algorithm) || is(error, p12_errc::legacy_provider_missing);
    }

    // The plain text; nothing if it stays locked.
    Result<std::optional<ZeroingBytes>> unseal(const AlgorithmId& algorithm, ByteView ciphertext,
                                               std::size_t& locked) {
        auto plain = unlocker_.unseal(algorithm, ciphertext);
        if (plain) return std::optional(*std::move(plain));
        if (!is_lock(plain.error())) return fail(plain.error());
        ++locked;
        warn(Warning::locked_content);
        if (!opened_.first_lock) opened_.first_lock = plain.error();
        return std::optional<ZeroingBytes>();
    }

    Result<void> open_safes(const Pfx& pfx) {
        for (const auto& safe : pfx.safes) {
            if (!safe.algorithm) {
                ACREDITA_CHECK(collect_bags(safe.content, bags_));
                continue;
            }
            ACREDITA_TRY(plain, unseal(*safe.algorithm, safe.content, opened_.locked_safes));
            if (!plain) continue;
            plain_safes_.push_back(*std::move(plain));
            ACREDITA_CHECK(collect_bags(plain_safes_.back(), bags_));
        }
        return {};
    }

    Result<void> take_bags() {
        if (bags_.skipped > 0) warn(Warning::skipped_content);
        for (const auto key : bags_.keys) ACREDITA_CHECK(take_key(key));
        for (const auto& sealed : bags_.sealed_keys) {
            ACREDITA_TRY(plain, unseal(sealed.algorithm, sealed.ciphertext, opened_.locked_keys));
            if (plain) ACREDITA_CHECK(take_key(*plain));
        }
        for (const auto certificate : bags_.certificates) {
            const auto added = add_certificate(crypto_, certificate, contents_);
            if (!added) warn(Warning::unreadable_certificate);
        }
        return {};
    }

    Result<void> take_key(ByteView pkcs8) {
        ACREDITA_CHECK(add_key(crypto_, pkcs8, contents_));
        return {};
    }

    void remark() {
        if (opened_.envelope.mac == MacKind::none) warn(Warning::no_mac);
        if (opened_.envelope.trailing > 0) warn(Warning::trailing_bytes);
        if (opened_.envelope.plain_keys > 0) warn(Warning::plain_key);
        if (bags_.hints.keys_in_attributes > 0) warn(Warning::key_in_attribute);
        const auto unknown = [](const LoneKey& key) { return key.key.type == KeyType::other; };
        if (std::ranges::any_of(opened_.lone_keys, unknown)) warn(Warning::unreadable_key);
        const bool as_typed = !opened_.form || *opened_.form == PasswordForm::typed ||
                              *opened_.form == PasswordForm::empty_without_terminator;
        if (!as_typed) warn(Warning::password_not_as_typed);
    }

    const Crypto& crypto_;
    Unlocker unlocker_;
    Opened opened_;
    std::vector<ZeroingBytes> plain_safes_; // bags_ looks into them
    Bags bags_;
    Contents contents_;
};

} // namespace

Result<Opened> examine(ByteView file, const Secret& passphrase, const OpenOptions& options) {
    ACREDITA_TRY(parsed, parse_file(file));
    const auto* crypto = options.crypto;
    if (crypto == nullptr) {
        ACREDITA_TRY(shared, Crypto::shared());
        crypto = shared;
    }
    Budget budget(options.stop, options.progress);
    budget.plan(cost_of(parsed.pfx));
    return Opener(*crypto, Unlocker(*crypto, std::move(budget), passphrase, options.key_passphrase,
                                    options.second_look))
        .run(parsed);
}

Result<void> require_credential(const Opened& opened) {
    if (!opened.credentials.empty()) return {};
    if (opened.first_lock) return fail(*opened.first_lock);
    if (opened.lone_keys.empty()) return fail(p12_errc::no_private_key);
    for (const auto& key : opened.lone_keys)
        if (key.key.type == KeyType::other) return fail(p12_errc::unsupported_key, key.key.algorithm);
    if (opened.certificates == 0) return fail(p12_errc::no_certificate);
    return fail(p12_errc::key_certificate_mismatch);
}

Result<Opened> open(ByteView file, const Secret& passphrase, const OpenOptions& options) {
    ACREDITA_TRY(opened, examine(file, passphrase, options));
    ACREDITA_CHECK(require_credential(opened));
    return std::move(opened);
}

Result<KeyHandle> load_key(const Credential& credential) {
    ACREDITA_TRY(crypto, Crypto::shared());
    keep_private_numbers_locked();
    return load_key(*crypto, credential.pkcs8.view());
}

} // namespace acredita::p12
