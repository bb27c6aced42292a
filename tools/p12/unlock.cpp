// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/unlock.hpp"

#include "tools/p12/bags.hpp"
#include "tools/p12/mac.hpp"

#include <algorithm>

namespace acredita::p12 {

namespace {

// What a derivation of this kind takes of a password.
ByteView input_of(KdfKind kind, const PasswordView& password) {
    return kind == KdfKind::pkcs12 ? password.wide : password.octets;
}

// Remembers inputs, so that no derivation is done twice for readings that do not differ here.
class Tried {
public:
    bool first_time(ByteView input) {
        if (std::ranges::any_of(seen_, [&](ByteView other) { return equal(other, input); })) return false;
        seen_.push_back(input);
        return true;
    }
    [[nodiscard]] bool any() const noexcept { return !seen_.empty(); }

private:
    std::vector<ByteView> seen_;
};

// Of an AlgorithmIdentifier, what decides on the key: the end of the scheme's identifier, and what follows
// the salt (iterations, key length, PRF, cipher).
constexpr std::size_t algorithm_before_salt = 6, algorithm_after_salt = 40;
// Every bit that is looked at authenticates the whole file anew.
constexpr std::size_t largest_to_mend = std::size_t{64} * 1024, longest_salt_to_mend = 64;

// The first safe that is encrypted; where none is, the first key. Looks into `bags` and the file.
std::optional<Sealed> first_sealed(const Pfx& pfx, Bags& bags) {
    for (const auto& safe : pfx.safes) {
        if (safe.algorithm) return Sealed{*safe.algorithm, safe.content};
        (void)collect_bags(safe.content, bags);
    }
    if (bags.sealed_keys.empty()) return std::nullopt;
    return bags.sealed_keys.front();
}

PasswordView view_of(const Candidate& candidate) { return {candidate.wide, candidate.octets}; }

} // namespace

Unlocker::Unlocker(const Crypto& crypto, Budget budget, const Secret& passphrase,
                   const Secret* key_passphrase, bool second_look)
    : crypto_(crypto), budget_(std::move(budget)), candidates_(candidates(passphrase)),
      second_look_(second_look) {
    if (key_passphrase != nullptr) key_candidates_ = candidates(*key_passphrase);
}

Result<void> Unlocker::verify(const Pfx& pfx) {
    has_mac_ = pfx.mac.kind != MacKind::none;
    // What the wrong password form of NSS up to 3.21 comes with.
    old_nss_ = pfx.rewritten && pfx.mac.hmac_digest == "SHA1";
    if (!has_mac_) {
        budget_.enter(Stage::opening);
        return {};
    }
    const auto kind = pfx.mac.kind == MacKind::pbmac1 ? KdfKind::pbkdf2 : KdfKind::pkcs12;
    Tried tried;
    std::vector<ZeroingBytes> keys;
    for (const auto& candidate : candidates_) {
        const auto password = view_of(candidate);
        if (tried.any() && !budget_.affords(pfx.mac.kdf.cost())) break;
        if (!tried.first_time(input_of(kind, password))) continue;
        ACREDITA_TRY(key, mac_key(crypto_, pfx.mac, password, budget_));
        keys.push_back(std::move(key));
        ACREDITA_TRY(matches, mac_matches(crypto_, pfx.mac, keys.back(), pfx.authenticated));
        if (!matches) continue;
        matched_ = &candidate;
        form_ = candidate.form;
        budget_.enter(Stage::opening);
        return {};
    }
    if (!second_look_) return fail(p12_errc::wrong_password);
    budget_.enter(Stage::looking_for_damage);
    ACREDITA_TRY(altered, is_altered(pfx, keys));
    return fail(altered ? p12_errc::altered : p12_errc::wrong_password);
}

// With the readings that writers of today give contents; what only old programs did is not looked for.
Result<bool> Unlocker::opens(const Scheme& scheme, ByteView ciphertext) {
    Tried tried;
    for (const auto& candidate : candidates_) {
        const bool usual = candidate.form == PasswordForm::typed ||
                           candidate.form == PasswordForm::windows_1252 ||
                           candidate.form == PasswordForm::empty_without_terminator;
        if (!usual || !budget_.affords(scheme.kdf.cost())) continue;
        // NSS up to 3.21 gave PBKDF2 the wide form, and always stated a key length.
        const bool wide = old_nss_ && scheme.kdf.kind != KdfKind::pkcs12 && scheme.kdf.key_length != 0;
        const PasswordView password{candidate.wide, wide ? candidate.wide : candidate.octets};
        if (!tried.first_time(input_of(scheme.kdf.kind, password))) continue;
        auto sense = makes_sense(crypto_, scheme, ciphertext, password, budget_);
        if (!sense && is(sense.error(), p12_errc::cancelled)) return sense;
        if (sense && *sense) return true;
    }
    return false;
}

Result<bool> Unlocker::is_altered(const Pfx& pfx, const std::vector<ZeroingBytes>& mac_keys) {
    Bags bags;
    const auto content = first_sealed(pfx, bags);
    if (!content) return false;
    const auto scheme = parse_scheme(content->algorithm);
    if (!scheme) return false;
    ACREDITA_TRY(opened, opens(*scheme, content->ciphertext));
    if (opened) return true;
    const auto& salt = scheme->kdf.salt;
    const auto found =
        std::search(pfx.authenticated.begin(), pfx.authenticated.end(), salt.begin(), salt.end());
    const bool too_large = pfx.authenticated.size() > largest_to_mend || salt.size() > longest_salt_to_mend;
    if (too_large || found == pfx.authenticated.end()) return false;
    const auto at = static_cast<std::size_t>(found - pfx.authenticated.begin());
    const auto before = std::min(at, algorithm_before_salt);
    for (const auto& key : mac_keys) {
        ACREDITA_TRY(mended, one_bit_from_matching(crypto_, pfx.mac, key, pfx.authenticated, at - before,
                                                   before + salt.size() + algorithm_after_salt));
        if (mended) return true;
    }
    return false;
}

std::vector<const Candidate*> Unlocker::readings() const {
    std::vector<const Candidate*> list;
    if (matched_ != nullptr) list.push_back(matched_);
    // Under a proven MAC only those readings are left that a writer mixes with the one of the MAC.
    for (const auto& candidate : candidates_)
        if (matched_ == nullptr || candidate.form == PasswordForm::windows_1252 || candidate.octets.empty())
            list.push_back(&candidate);
    for (const auto& candidate : key_candidates_) list.push_back(&candidate);
    return list;
}

Result<std::optional<ZeroingBytes>> Unlocker::try_all(const Scheme& scheme, ByteView ciphertext) {
    Tried tried;
    const auto attempt = [&](PasswordView password) -> Result<std::optional<ZeroingBytes>> {
        if (!tried.first_time(input_of(scheme.kdf.kind, password))) return std::optional<ZeroingBytes>();
        return decrypt(crypto_, scheme, ciphertext, password, budget_);
    };
    const auto affordable = [&] { return !tried.any() || budget_.affords(scheme.kdf.cost()); };
    for (const auto* reading : readings()) {
        if (!affordable()) return std::optional<ZeroingBytes>();
        ACREDITA_TRY(plain, attempt(view_of(*reading)));
        if (!plain) continue;
        if (!form_) form_ = reading->form;
        return std::move(plain);
    }
    // NSS up to 3.21 gave PBKDF2 the wide form.
    if (scheme.kdf.kind != KdfKind::pkcs12 && affordable()) {
        const auto& wide = matched_ != nullptr ? matched_->wide : candidates_.front().wide;
        return attempt({wide, wide});
    }
    return std::optional<ZeroingBytes>();
}

Result<ZeroingBytes> Unlocker::unseal(const AlgorithmId& algorithm, ByteView ciphertext) {
    ACREDITA_TRY(scheme, parse_scheme(algorithm));
    ACREDITA_TRY(plain, try_all(scheme, ciphertext));
    if (plain) return *std::move(plain);
    return fail(has_mac_ ? p12_errc::key_password_differs : p12_errc::cannot_decrypt, scheme.name);
}

} // namespace acredita::p12
