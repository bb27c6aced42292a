// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/token.hpp"

#include <algorithm>

namespace acredita::module {

namespace {

bool is_free(const card::KeySlot& slot) {
    return slot.certificate.empty() && slot.key_present != card::Known::yes;
}

std::optional<card::PublicKey> certified_key(ByteView der) {
    if (der.empty()) return std::nullopt;
    const auto parts = card::read_certificate(der);
    if (!parts) return std::nullopt;
    auto key = card::read_public_key(parts->spki);
    return key ? std::optional(std::move(*key)) : std::nullopt;
}

bool allows(const std::vector<card::Algorithm>& algorithms, card::KeyType type, unsigned bits) {
    return std::ranges::find(algorithms, card::Algorithm{type, bits}) != algorithms.end();
}

card::PinPolicy policy(bool always) {
    return always ? card::PinPolicy::always : card::PinPolicy::card_default;
}

} // namespace

// Whatever was remembered of this place, on disk or in memory, is replaced by what was just written.
void Token::contents_changed(card::KeySlot now) {
    forget_cache();
    const auto place = now.reference;
    objects_.put(std::move(now), rules_.at(place));
}

Result<card::KeyReference> Token::choose_place(Channel& channel, const card::PublicKey* key,
                                               std::optional<card::KeyReference> forced) {
    const auto places = card_->places();
    if (forced) {
        if (std::ranges::find(places, *forced) == places.end()) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
        return *forced;
    }
    for (const auto place : places) {
        ACREDITA_TRY(held, load_place(channel, place));
        if (is_free(*held)) return place;
        if (key == nullptr) continue;
        // Where this key is already, with its certificate or waiting for it.
        if (certified_key(held->certificate) == *key || held->public_key == *key) return place;
    }
    return fail(CKR_DEVICE_MEMORY);
}

Result<card::KeyReference> Token::enrolment_place(Channel& channel, const card::PublicKey* key) {
    for (const auto place : card_->places()) {
        ACREDITA_TRY(held, load_place(channel, place));
        if (held->certificate.empty() && held->public_key && *held->public_key == *key) return place;
    }
    return choose_place(channel, nullptr, std::nullopt);
}

// SP 800-73 lets nobody but the administrator make keys, and a browser knows a PIN and nothing else. As long
// as the administration key is public, asking for it would protect nothing.
Result<void> Token::enrol(Channel& channel) {
    if (card_->admin_authenticated()) return {};
    static constexpr std::uint8_t delivered[] = {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4,
                                                 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8};
    const auto factory = card_->profile().admin.factory_sha256;
    if (enrolment_refused_ || factory.empty() || !equal(factory, digest(Hash::sha256, delivered)))
        return fail(CKR_USER_NOT_LOGGED_IN);
    auto opened = card_->authenticate_admin(channel, delivered);
    if (opened || card_is_gone(opened.error())) return opened;
    enrolment_refused_ = true;
    return fail(CKR_USER_NOT_LOGGED_IN);
}

Result<CK_OBJECT_HANDLE> Token::store(Channel& channel, const NewCertificate& certificate, Right by) {
    ACREDITA_CHECK(identity(channel)); // so that the cache entry to drop is known
    const auto key = certified_key(certificate.der);
    if (!key) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    ACREDITA_TRY(longest, card_->max_certificate(channel));
    if (longest != 0 && certificate.der.size() > longest) return fail(CKR_DEVICE_MEMORY);
    const bool enrolling = by == Right::enrolment;
    if (enrolling && certificate.place) return fail(CKR_USER_NOT_LOGGED_IN);
    ACREDITA_TRY(place, enrolling ? enrolment_place(channel, &*key)
                                  : choose_place(channel, &*key, certificate.place));
    if (enrolling) ACREDITA_CHECK(enrol(channel));
    forget_cache();
    const auto* held = objects_.slot(place);
    card::KeySlot now = held != nullptr ? *held : card::KeySlot{.reference = place};
    objects_.doubt(place); // until the card has said yes
    ACREDITA_CHECK(card_->store_certificate(channel, place, certificate.der));
    now.certificate = certificate.der;
    contents_changed(std::move(now));
    if (enrolling) enrolled_.insert(place);
    const auto handle = objects_.handle_of(CKO_CERTIFICATE, place);
    objects_.rename(handle, certificate.named);
    return handle;
}

Result<CK_OBJECT_HANDLE> Token::store(Channel& channel, const NewPrivateKey& key) {
    ACREDITA_CHECK(identity(channel));
    if (!allows(rules_.importable, key.key.type, key.key.bits)) return fail(CKR_KEY_SIZE_RANGE);
    auto forced = key.place;
    if (!forced && key.public_key) forced = objects_.place_of(key_id(*key.public_key));
    if (const auto* id = key.named.find(CKA_ID); !forced && id != nullptr) forced = objects_.place_of(*id);
    ACREDITA_TRY(place, choose_place(channel, key.public_key ? &*key.public_key : nullptr, forced));
    forget_cache();
    const auto* held = objects_.slot(place);
    card::KeySlot now = held != nullptr ? *held : card::KeySlot{.reference = place};
    objects_.doubt(place);
    const auto wanted = policy(key.always_authenticate);
    ACREDITA_CHECK(card_->import_key(channel, place, key.key, wanted));
    now.key_present = card::Known::yes;
    now.origin = card::Origin::unknown; // it is the card that says "imported", when it is read again
    if (wanted == card::PinPolicy::always) now.pin_policy = wanted;
    now.public_key = key.public_key ? key.public_key : certified_key(now.certificate);
    if (!now.public_key) return fail(CKR_TEMPLATE_INCOMPLETE);
    contents_changed(std::move(now));
    const auto handle = objects_.handle_of(CKO_PRIVATE_KEY, place);
    objects_.rename(handle, key.named);
    return handle;
}

Result<std::pair<CK_OBJECT_HANDLE, CK_OBJECT_HANDLE>> Token::generate(Channel& channel,
                                                                      const NewKeyPair& pair, Right by) {
    ACREDITA_CHECK(identity(channel));
    if (!allows(rules_.abilities.generated, pair.algorithm.type, pair.algorithm.bits))
        return fail(CKR_KEY_SIZE_RANGE);
    const bool enrolling = by == Right::enrolment;
    if (enrolling && pair.place) return fail(CKR_USER_NOT_LOGGED_IN);
    ACREDITA_TRY(place, choose_place(channel, nullptr, pair.place));
    if (enrolling) ACREDITA_CHECK(enrol(channel));
    forget_cache();
    const auto* held = objects_.slot(place);
    card::KeySlot now = held != nullptr ? *held : card::KeySlot{.reference = place};
    objects_.doubt(place);
    const auto wanted = policy(pair.always_authenticate);
    ACREDITA_TRY(key, card_->generate_key(channel, place, pair.algorithm, wanted));
    now.key_present = card::Known::yes;
    now.origin = card::Origin::generated;
    if (wanted == card::PinPolicy::always) now.pin_policy = wanted;
    now.public_key = std::move(key);
    contents_changed(std::move(now));
    if (enrolling) enrolled_.insert(place);
    const std::pair handles(objects_.handle_of(CKO_PUBLIC_KEY, place),
                            objects_.handle_of(CKO_PRIVATE_KEY, place));
    objects_.rename(handles.first, pair.public_named);
    objects_.rename(handles.second, pair.private_named);
    return handles;
}

Result<void> Token::destroy(Channel& channel, const Object& object, Right by) {
    if (!object.place || object.kind == CKO_PUBLIC_KEY) return fail(CKR_ACTION_PROHIBITED);
    ACREDITA_CHECK(identity(channel));
    const auto place = *object.place;
    if (by == Right::enrolment) {
        if (!enrolled_.contains(place)) return fail(CKR_USER_NOT_LOGGED_IN);
        ACREDITA_CHECK(enrol(channel));
    }
    forget_cache();
    ACREDITA_TRY(held, load_place(channel, place));
    auto now = *held;
    objects_.doubt(place);
    if (object.kind == CKO_CERTIFICATE) {
        ACREDITA_CHECK(card_->delete_certificate(channel, place));
        now.certificate.clear();
    } else {
        ACREDITA_CHECK(card_->delete_key(channel, place));
        now.key_present = card::Known::no;
        now.public_key.reset();
        objects_.orphan_public_key(place);
    }
    contents_changed(std::move(now));
    return {};
}

} // namespace acredita::module
