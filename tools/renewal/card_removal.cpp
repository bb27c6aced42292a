// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The old key and its certificate leave the card, and the card shows that they have.
#include "pkcs11/client/openssl_error.hpp"
#include "pkcs11/client/sign.hpp"
#include "pkcs11/client/vendor.hpp"
#include "tools/renewal/card_work.hpp"

#include <algorithm>

#include <openssl/rand.h>

namespace acredita::renewal {
namespace {

using client::cryptoki_errc;
using client::Hash;
using client::ObjectClass;

// A card that went away says nothing about a key.
bool speaks_of_the_key(const Error& error) {
    return !is(error, cryptoki_errc::device_removed) && !is(error, cryptoki_errc::token_not_present) &&
           !is(error, cryptoki_errc::session_handle_invalid) && !is(error, cryptoki_errc::device_error) &&
           !is(error, cryptoki_errc::user_not_logged_in) && !is(error, cryptoki_errc::general_error);
}

Result<client::EvpKey> key_in(ByteView certificate) {
    const auto* at = certificate.data();
    const client::Certificate parsed(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
    if (!parsed) return client::fail_openssl("d2i_X509");
    client::EvpKey key(X509_get_pubkey(parsed.get()));
    if (!key) return client::fail_openssl("X509_get_pubkey");
    return key;
}

// Does this key of the card sign for that public key?
Result<bool> signs_for(Card& card, client::Session& session, client::Object key, EVP_PKEY* wanted) {
    ACREDITA_TRY(scheme, client::usual_scheme(wanted));
    Bytes nonce(32);
    if (RAND_bytes(nonce.data(), static_cast<int>(nonce.size())) != 1)
        return client::fail_openssl("RAND_bytes");
    const auto digest = client::digest(Hash::sha256, nonce);
    const Secret* pin = card.pin.empty() ? nullptr : &card.pin;
    const auto signature = client::sign_digest(session, key, scheme, Hash::sha256, digest, pin);
    if (!signature && !speaks_of_the_key(signature.error())) return fail(Error(signature.error()));
    if (!signature) return false;
    return client::verify_digest(wanted, scheme, Hash::sha256, digest, *signature);
}

Result<void> take_away(Card& card, ByteView old_certificate, Removal& done) {
    ACREDITA_TRY(session, session_on(card, client::Access::read_write));
    ACREDITA_TRY(entries, client::certificates(session));
    std::erase_if(entries, [&](const auto& entry) { return !equal(entry.der, old_certificate); });
    if (entries.empty()) return {};
    ACREDITA_CHECK(become_storer(card, session));
    for (const auto& entry : entries) {
        // The certificate goes last: as long as it is there, a run that was interrupted finds the key by it.
        ACREDITA_TRY(keys, client::find_by_id(session, ObjectClass::private_key, entry.id));
        for (const auto key : keys) ACREDITA_CHECK(client::destroy(session, key));
        done.keys += static_cast<unsigned>(keys.size());
        ACREDITA_CHECK(client::destroy(session, entry.object));
        ++done.certificates;
    }
    return session.logout();
}

// Also those without a certificate: where the card cannot delete a key, another one took its place. Each
// place is asked before anything is listed, because a list of certificates tells of their keys alone.
Result<std::vector<client::Object>> every_key(client::Session& session) {
    ACREDITA_TRY(facts, client::card_facts(session, client::Ask::destination));
    std::vector<client::Object> keys;
    for (const auto place : facts.places.value_or(std::vector<std::uint8_t>{})) {
        ACREDITA_TRY(there, keys_at(session, place));
        keys.insert(keys.end(), there.begin(), there.end());
    }
    ACREDITA_TRY(listed, client::find_all(session, ObjectClass::private_key));
    for (const auto key : listed)
        if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    return keys;
}

Result<void> prove(Card& card, ByteView old_certificate, ByteView renewed, Removal& done) {
    ACREDITA_TRY(session, session_on(card, client::Access::read_only));
    ACREDITA_CHECK(become_holder(card, session));
    ACREDITA_TRY(keys, every_key(session));
    ACREDITA_TRY(entries, client::certificates(session));
    for (const auto& entry : entries)
        if (equal(entry.der, old_certificate)) return fail(renewal_errc::removal_unproven, "certificate");
    ACREDITA_TRY(old_key, key_in(old_certificate));
    bool new_signs = renewed.empty();
    for (const auto key : keys) {
        ACREDITA_TRY(old_signs, signs_for(card, session, key, old_key.get()));
        if (old_signs) return fail(renewal_errc::removal_unproven, "signature");
        ++done.tried;
        if (new_signs) continue;
        ACREDITA_TRY(new_key, key_in(renewed));
        ACREDITA_TRY(signs, signs_for(card, session, key, new_key.get()));
        new_signs = signs;
    }
    if (!new_signs) return fail(issue::issue_errc::proof_signature);
    return session.logout();
}

} // namespace

Result<Removal> remove_old(Card& card, ByteView old_certificate, ByteView renewed) {
    Removal done;
    ACREDITA_CHECK(take_away(card, old_certificate, done));
    ACREDITA_CHECK(issue::begin_afresh(card.target));
    ACREDITA_CHECK(prove(card, old_certificate, renewed, done));
    ACREDITA_CHECK(issue::restart_card(card.target));
    return done;
}

} // namespace acredita::renewal
