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
    objects_.put(std::move(now), rules_.abilities);
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
        if (key != nullptr && certified_key(held->certificate) == *key) return place;
    }
    return fail(CKR_DEVICE_MEMORY);
}

Result<CK_OBJECT_HANDLE> Token::store(Channel& channel, const NewCertificate& certificate) {
    ACREDITA_CHECK(identity(channel)); // so that the cache entry to drop is known
    const auto key = certified_key(certificate.der);
    if (!key) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    if (rules_.max_certificate != 0 && certificate.der.size() > rules_.max_certificate)
        return fail(CKR_DEVICE_MEMORY);
    ACREDITA_TRY(place, choose_place(channel, &*key, certificate.place));
    forget_cache();
    const auto* held = objects_.slot(place);
    card::KeySlot now = held != nullptr ? *held : card::KeySlot{.reference = place};
    objects_.doubt(place); // until the card has said yes
    ACREDITA_CHECK(card_->store_certificate(channel, place, certificate.der));
    now.certificate = certificate.der;
    contents_changed(std::move(now));
    if (!certificate.id.empty()) objects_.remember(certificate.id, place);
    return objects_.handle_of(CKO_CERTIFICATE, place);
}

Result<CK_OBJECT_HANDLE> Token::store(Channel& channel, const NewPrivateKey& key) {
    ACREDITA_CHECK(identity(channel));
    if (!allows(rules_.importable, key.key.type, key.key.bits)) return fail(CKR_KEY_SIZE_RANGE);
    auto forced = key.place;
    if (!forced && key.public_key) forced = objects_.place_of(key_id(*key.public_key));
    if (!forced && !key.id.empty()) forced = objects_.place_of(key.id);
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
    if (!key.id.empty()) objects_.remember(key.id, place);
    return objects_.handle_of(CKO_PRIVATE_KEY, place);
}

Result<std::pair<CK_OBJECT_HANDLE, CK_OBJECT_HANDLE>> Token::generate(Channel& channel,
                                                                      const NewKeyPair& pair) {
    ACREDITA_CHECK(identity(channel));
    if (!allows(rules_.abilities.generated, pair.algorithm.type, pair.algorithm.bits))
        return fail(CKR_KEY_SIZE_RANGE);
    ACREDITA_TRY(place, choose_place(channel, nullptr, pair.place));
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
    if (!pair.id.empty()) objects_.remember(pair.id, place);
    return std::pair(objects_.handle_of(CKO_PUBLIC_KEY, place), objects_.handle_of(CKO_PRIVATE_KEY, place));
}

Result<void> Token::destroy(Channel& channel, const Object& object) {
    if (!object.place || object.kind == CKO_PUBLIC_KEY) return fail(CKR_ACTION_PROHIBITED);
    ACREDITA_CHECK(identity(channel));
    const auto place = *object.place;
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
    }
    contents_changed(std::move(now));
    return {};
}

} // namespace acredita::module
