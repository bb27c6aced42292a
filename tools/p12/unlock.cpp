// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/unlock.hpp"

#include "tools/p12/bags.hpp"
#include "tools/p12/mac.hpp"

#include <algorithm>
#include <utility>

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
    for (const auto& candidate : candidates_) {
        const auto password = view_of(candidate);
        if (tried.any() && !budget_.affords(pfx.mac.kdf.cost())) break;
        if (!tried.first_time(input_of(kind, password))) continue;
        ACREDITA_TRY(matches, mac_matches(crypto_, pfx.mac, pfx.authenticated, password, budget_));
        if (!matches) continue;
        matched_ = &candidate;
        form_ = candidate.form;
        budget_.enter(Stage::opening);
        return {};
    }
    if (!second_look_) return fail(p12_errc::wrong_password);
    budget_.enter(Stage::looking_for_damage);
    ACREDITA_TRY(opens, opens_anything(pfx));
    return fail(opens ? p12_errc::altered : p12_errc::wrong_password);
}

Result<bool> Unlocker::opens(const AlgorithmId& algorithm, ByteView ciphertext) {
    const auto scheme = parse_scheme(algorithm);
    if (!scheme) return false;
    Tried tried;
    const auto attempt = [&](PasswordView password) -> Result<bool> {
        if (!budget_.affords(scheme->kdf.cost()) || !tried.first_time(input_of(scheme->kdf.kind, password)))
            return false;
        auto sense = makes_sense(crypto_, *scheme, ciphertext, password, budget_);
        if (!sense && !is(sense.error(), p12_errc::cancelled)) return false;
        return sense;
    };
    for (const auto& candidate : candidates_) {
        ACREDITA_TRY(sense, attempt(view_of(candidate)));
        if (sense) return true;
    }
    if (!old_nss_ || scheme->kdf.kind == KdfKind::pkcs12) return false;
    return attempt({candidates_.front().wide, candidates_.front().wide});
}

// One safe and one key: what hurt the one seldom hurt the other, and every try costs derivations.
Result<bool> Unlocker::opens_anything(const Pfx& pfx) {
    bool safe_tried = false;
    bool key_tried = false;
    for (const auto& safe : pfx.safes) {
        Bags bags;
        Result<bool> opened = false;
        if (safe.algorithm && !std::exchange(safe_tried, true))
            opened = opens(*safe.algorithm, safe.content);
        else if (!safe.algorithm && !key_tried && collect_bags(safe.content, bags) &&
                 !bags.sealed_keys.empty()) {
            key_tried = true;
            opened = opens(bags.sealed_keys.front().algorithm, bags.sealed_keys.front().ciphertext);
        }
        if (!opened || *opened) return opened;
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
