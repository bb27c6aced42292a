// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/token.hpp"

#include <algorithm>
#include <cstring>

namespace acredita::module {

namespace {

Bytes number(CK_ULONG value) {
    Bytes bytes(sizeof value);
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

std::optional<Bytes> count(const std::optional<unsigned>& value) {
    return value ? std::optional(number(*value)) : std::nullopt;
}

std::optional<Bytes> known(card::Known value) {
    if (value == card::Known::unknown) return std::nullopt;
    return Bytes{static_cast<std::uint8_t>(value == card::Known::yes ? CK_TRUE : CK_FALSE)};
}

std::vector<card::KeyReference> places_of(const std::vector<card::KeySlot>& slots) {
    std::vector<card::KeyReference> places;
    for (const auto& slot : slots) places.push_back(slot.reference);
    return places;
}

Bytes pairs(const std::vector<card::Algorithm>& algorithms) {
    Bytes all;
    for (const auto& algorithm : algorithms) {
        append(all, number(algorithm.type == card::KeyType::rsa ? CK_ULONG{CKK_RSA} : CK_ULONG{CKK_EC}));
        append(all, number(algorithm.bits));
    }
    return all;
}

} // namespace

bool Token::needs_card(const Template& wanted) {
    const auto kind = wanted.find_ulong(CKA_CLASS);
    if (!kind) return !wanted.find(CKA_CLASS); // a class of another size matches nothing
    if (wanted.find_bool(CKA_TOKEN) == std::optional(false)) return false;
    return *kind == CKO_CERTIFICATE || *kind == CKO_PUBLIC_KEY || *kind == CKO_PRIVATE_KEY;
}

Result<const card::KeySlot*> Token::load_place(Channel& channel, card::KeyReference place) {
    if (const auto* held = objects_.slot(place)) return held;
    ACREDITA_TRY(asked, card_->slot(channel, place));
    objects_.put(std::move(asked), rules_.at(place));
    confirmed(place);
    return objects_.slot(place);
}

Result<void> Token::load_for(Channel& channel, const Template& wanted) {
    if (!needs_card(wanted)) return {};
    ACREDITA_CHECK(look_again(channel));
    if (objects_.complete()) return {};
    if (const auto place = wanted.find(CKA_ACREDITA_PLACE)) {
        // A profile without places leaves them to the card.
        const auto& profile = card_->profile();
        if (place->size() != 1 || (!profile.places.empty() && profile.find(place->front()) == nullptr))
            return {};
        if (profile.places.empty()) return load_all(channel);
        ACREDITA_CHECK(load_place(channel, place->front()));
        return {};
    }
    ACREDITA_CHECK(recollect(channel));
    if (const auto id = wanted.find(CKA_ID)) {
        const auto place = objects_.place_of(*id);
        if (!place) return load_until(channel, *id);
        ACREDITA_TRY(known, recall(channel, *place));
        if (!known) ACREDITA_CHECK(load_place(channel, *place));
        CK_ATTRIBUTE by_id{CKA_ID, const_cast<std::uint8_t*>(id->data()), id->size()};
        const bool there = !objects_.search(Template(&by_id, 1), true).empty();
        return there ? Result<void>{} : load_all(channel);
    }
    // Who looks for keys alone has listed certificates before, if not in this process; a place that was empty
    // then is not asked again for their sake.
    if (wanted.find_ulong(CKA_CLASS) != CKO_PRIVATE_KEY || cached_.empty() || !cached_whole_)
        return load_all(channel);
    for (const auto place : places_of(cached_)) {
        ACREDITA_TRY(known, recall(channel, place));
        if (!known) return load_all(channel);
    }
    return {};
}

// "PIN each time" from the profile is what the place is for, not what this key was made with. Where the card
// can tell, it is asked before a person is: one PIN prompt too many, for every signature, is what the answer
// saves.
Result<void> Token::settle_policies(Channel& channel, std::vector<card::KeySlot>& slots) {
    if (!card_->profile().metadata) return {};
    for (auto& slot : slots) {
        if (slot.pin_policy != card::PinPolicy::always || slot.origin != card::Origin::unknown) continue;
        ACREDITA_TRY(told, card_->slot(channel, slot.reference));
        slot = std::move(told);
    }
    return {};
}

Result<void> Token::load_all(Channel& channel) {
    if (objects_.complete()) return {};
    ACREDITA_CHECK(recollect(channel));
    ACREDITA_TRY(slots, card_->directory(channel));
    return take_over(channel, std::move(slots), true);
}

// Who names one key is content with its place, and most cards hold it in the first one.
Result<void> Token::load_until(Channel& channel, ByteView id) {
    ACREDITA_TRY(listing, card_->directory_until(channel, [&](const card::KeySlot& slot) {
        const auto objects = build_objects(slot, rules_.at(slot.reference));
        return std::ranges::any_of(objects, [&](const Object& object) {
            const auto* own = object.attributes.find(CKA_ID);
            return own != nullptr && equal(*own, id);
        });
    }));
    return take_over(channel, std::move(listing.slots), listing.whole);
}

// With the metadata that a directory does not ask for; what it does say counts more than what is remembered.
// False: it says something else.
bool Token::complete(card::KeySlot& slot, const card::KeySlot& before) {
    const auto present = slot.key_present;
    slot = before;
    if (present == card::Known::unknown || present == before.key_present) return true;
    slot.key_present = present;
    return false;
}

// `whole`: the card has no others.
Result<void> Token::take_over(Channel& channel, std::vector<card::KeySlot> slots, bool whole) {
    bool as_before = stamp_ && (!whole || (cached_whole_ && slots.size() == cached_.size()));
    for (auto& slot : slots) {
        const auto* before = cached(slot.reference);
        if (before == nullptr || before->certificate != slot.certificate)
            as_before = false;
        else if (!slot.certificate.empty())
            as_before = complete(slot, *before) && as_before;
    }
    ACREDITA_CHECK(settle_policies(channel, slots));
    for (const auto& slot : slots)
        if (objects_.slot(slot.reference) == nullptr) objects_.put(slot, rules_.at(slot.reference));
    if (whole) objects_.completed();
    listed(std::move(slots), as_before, whole);
    return {};
}

Result<const card::KeySlot*> Token::destination(Channel& channel) {
    const auto places = card_->places();
    if (places.empty()) return nullptr;
    auto chosen = choose_place(channel, nullptr, std::nullopt);
    if (!chosen && !is(chosen.error(), CKR_DEVICE_MEMORY)) return fail(std::move(chosen).error());
    return load_place(channel, chosen ? *chosen : places.front());
}

// Whether the card takes keys at all: one kind is enough to know, and the first asks no card for its version.
Result<void> Token::settle_import(Channel& channel) {
    if (algorithms_settled_ || rules_.importable.empty()) return {};
    const auto taken = card_->check_import(channel, rules_.importable.front());
    if (taken || is(taken.error(), card::card_errc::algorithm_not_supported)) return {};
    if (!is(taken.error(), card::card_errc::not_supported)) return taken;
    rules_.importable.clear();
    rules_.store_role.reset();
    return {};
}

Result<void> Token::settle_algorithms(Channel& channel) {
    if (algorithms_settled_) return {};
    for (auto* list : {&rules_.abilities.keys, &rules_.abilities.generated}) {
        std::vector<card::Algorithm> now;
        for (const auto& algorithm : *list) {
            ACREDITA_TRY(known, card_->knows(channel, algorithm));
            if (known) now.push_back(algorithm);
        }
        *list = std::move(now);
    }
    std::vector<card::Algorithm> importable;
    for (const auto& algorithm : rules_.importable) {
        const auto taken = card_->check_import(channel, algorithm);
        if (taken) importable.push_back(algorithm);
        const bool said = taken || is(taken.error(), card::card_errc::not_supported) ||
                          is(taken.error(), card::card_errc::algorithm_not_supported);
        if (!said) return taken;
    }
    // What was left out when the card was made is told before anybody types a PIN or opens a backup.
    if (importable.empty()) rules_.store_role.reset();
    rules_.importable = std::move(importable);
    algorithms_settled_ = true;
    return {};
}

Result<std::optional<Bytes>> Token::card_attribute(Channel& channel, CK_ATTRIBUTE_TYPE type, Login login) {
    using Value = std::optional<Bytes>;
    switch (type) {
    case CKA_ACREDITA_PIN_TRIES_LEFT:
    case CKA_ACREDITA_PIN_TRIES_TOTAL:
    case CKA_ACREDITA_PIN_FACTORY: {
        ACREDITA_TRY(status, pin_status(channel));
        if (type == CKA_ACREDITA_PIN_FACTORY) return known(status.factory);
        return count(type == CKA_ACREDITA_PIN_TRIES_LEFT ? status.tries_left : status.tries_total);
    }
    case CKA_ACREDITA_PUK_TRIES_LEFT:
    case CKA_ACREDITA_PUK_TRIES_TOTAL:
    case CKA_ACREDITA_PUK_FACTORY: {
        if (!rules_.has_puk) return Value{};
        ACREDITA_TRY(status, puk_status(channel));
        if (type == CKA_ACREDITA_PUK_FACTORY) return known(status.factory);
        return count(type == CKA_ACREDITA_PUK_TRIES_LEFT ? status.tries_left : status.tries_total);
    }
    case CKA_ACREDITA_PUK_CHANGEABLE:
        return Value{Bytes{static_cast<std::uint8_t>(rules_.puk_writable ? CK_TRUE : CK_FALSE)}};
    case CKA_ACREDITA_ADMIN_KEY_FACTORY:
        return login == Login::so ? known(card_->admin_key_is_factory()) : Value{};
    case CKA_ACREDITA_ADMIN_KEY_DELIVERED: {
        const auto delivered = card_->profile().admin.factory_sha256;
        return delivered.empty() ? Value{} : Value{copy(delivered)};
    }
    case CKA_ACREDITA_CAN_IMPORT:
        ACREDITA_CHECK(settle_import(channel));
        return Value{Bytes{static_cast<std::uint8_t>(rules_.store_role ? CK_TRUE : CK_FALSE)}};
    case CKA_ACREDITA_STORE_ROLE:
        return rules_.store_role ? Value{number(*rules_.store_role)} : Value{};
    case CKA_ACREDITA_IMPORTABLE:
        return Value{pairs(rules_.importable)};
    case CKA_ACREDITA_GENERATABLE:
        return Value{pairs(rules_.abilities.generated)};
    case CKA_ACREDITA_MAX_CERTIFICATE: {
        ACREDITA_TRY(longest, card_->max_certificate(channel));
        return longest != 0 ? Value{number(longest)} : Value{};
    }
    case CKA_ACREDITA_PLACES:
        return Value{card_->places()};
    case CKA_ACREDITA_DESTINATION:
    case CKA_ACREDITA_HOLDS_CERTIFICATE:
    case CKA_ACREDITA_HOLDS_KEY: {
        ACREDITA_TRY(place, destination(channel));
        if (place == nullptr) return Value{};
        if (type == CKA_ACREDITA_DESTINATION) return Value{Bytes{place->reference}};
        return type == CKA_ACREDITA_HOLDS_KEY ? known(place->key_present) : Value{place->certificate};
    }
    default:
        return Value{};
    }
}

} // namespace acredita::module
