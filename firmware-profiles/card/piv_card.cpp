// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The card as a whole: who it is, what is on it, its PIN and administration key.
#include "firmware-profiles/card/piv_card.hpp"

#include "firmware-profiles/dialect/admin.hpp"
#include "firmware-profiles/dialect/cipher.hpp"
#include "firmware-profiles/dialect/metadata.hpp"
#include "firmware-profiles/dialect/pin.hpp"
#include "firmware-profiles/dialect/piv_objects.hpp"

#include <algorithm>

namespace acredita::card {

namespace {

// An object that cannot be read or makes no sense hides only itself; a broken line to the card hides
// everything.
bool only_this_object(const Error& error) {
    const auto& category = error.code.category();
    return category == error_category<card_errc>() || category == error_category<apdu_errc>() ||
           category == error_category<bytes_errc>();
}

bool application_gone(const Error& error) {
    return is(error, card_errc::application_missing) || is(error, card_errc::application_lost);
}

std::string decimal(ByteView four) {
    std::uint32_t value = 0;
    for (const auto byte : four) value = value << 8U | byte;
    return std::to_string(value);
}

Result<std::string> read_yubico_serial(dialect::Application& card, bool digits) {
    ACREDITA_TRY(answer, card.send(CommandApdu{.ins = 0xF8, .le = 256}));
    const ByteView bytes(answer.data.data(), answer.data.size());
    const bool some = std::any_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; });
    if (!answer.sw.ok() || bytes.size() != 4 || !some) return std::string();
    return digits ? to_hex(bytes) : decimal(bytes);
}

} // namespace

Result<void> Card::check_import(Channel&, const Algorithm& algorithm) {
    if (profile().import.kind == profile::ImportKind::none) return fail(card_errc::not_supported);
    const auto* row = profile().find(algorithm);
    if (row == nullptr || !row->import) return fail(card_errc::algorithm_not_supported);
    return {};
}

Result<std::string> PivCard::read_serial(dialect::Application& card) const {
    for (const auto from : profile_.naming.serial) {
        auto serial = from == profile::SerialFrom::chuid_guid
                          ? dialect::read_chuid_serial(card)
                          : read_yubico_serial(card, from == profile::SerialFrom::bcd_f8);
        if (!serial && (!only_this_object(serial.error()) || application_gone(serial.error()))) return serial;
        if (serial && !serial->empty()) return serial;
    }
    return std::string();
}

Result<Identity> PivCard::identity(Channel& channel) {
    if (identity_) return *identity_;
    auto card = application(channel);
    ACREDITA_TRY(serial, read_serial(card));
    identity_ = Identity{std::string(profile_.naming.manufacturer), std::string(profile_.naming.model),
                         std::move(serial), std::string(profile_.title)};
    return *identity_;
}

Result<const profile::Place*> PivCard::place_of(KeyReference place) const {
    const auto* found = profile_.find(place);
    if (found == nullptr) return fail(card_errc::key_not_found, to_hex(Bytes{place}));
    return found;
}

KeySlot PivCard::slot_of(const profile::Place& place) const {
    KeySlot slot{.reference = place.key, .pin_policy = place.pin_policy};
    const auto known = keys_.find(place.key);
    if (known == keys_.end()) return slot;
    slot.public_key = known->second.public_key;
    slot.key_present = known->second.present;
    slot.origin = known->second.origin;
    if (known->second.pin_policy != PinPolicy::card_default) slot.pin_policy = known->second.pin_policy;
    return slot;
}

const KeySlot* PivCard::remembered(KeyReference place) const noexcept {
    const auto found = std::ranges::find(remembered_, place, &KeySlot::reference);
    return found == remembered_.end() || found->certificate.empty() ? nullptr : &*found;
}

// What this Card has learnt by itself counts more than what somebody remembers.
KeySlot PivCard::as_before(const profile::Place& place, const KeySlot& before) const {
    auto slot = slot_of(place);
    if (!keys_.contains(place.key)) slot = before;
    slot.certificate = before.certificate;
    return slot;
}

// An object that makes no sense counts as none.
Result<KeySlot> PivCard::look_at(dialect::Application& card, const profile::Place& place) {
    auto slot = slot_of(place);
    if (const auto* before = remembered(place.key)) {
        const auto head = dialect::read_object_head(card, place.certificate);
        if (head) heads_[place.key] = head->value_or(Bytes{});
        if (head && !*head) return slot;
        if (head && dialect::begins_with_certificate(**head, before->certificate))
            return as_before(place, *before);
    }
    auto content = dialect::read_object(card, place.certificate);
    if (!content && (!only_this_object(content.error()) || application_gone(content.error())))
        return fail(std::move(content).error());
    heads_[place.key] = content && *content ? dialect::head_of_object(**content) : Bytes{};
    if (content && *content)
        if (auto certificate = dialect::unwrap_certificate(**content); certificate && *certificate)
            slot.certificate = std::move(**certificate);
    return slot;
}

// True if there is a certificate. Adds the place if there is one, or if its key is known.
Result<bool> PivCard::add_place(dialect::Application& card, const profile::Place& place,
                                std::vector<KeySlot>& to) {
    ACREDITA_TRY(slot, look_at(card, place));
    const bool has_certificate = !slot.certificate.empty();
    if (has_certificate || slot.key_present == Known::yes) to.push_back(std::move(slot));
    return has_certificate;
}

Result<std::optional<KeySlot>> PivCard::recall(Channel& channel, KeyReference reference) {
    const auto* before = remembered(reference);
    if (before == nullptr) return std::nullopt;
    ACREDITA_TRY(place, place_of(reference));
    auto card = application(channel);
    ACREDITA_TRY(head, dialect::read_object_head(card, place->certificate));
    if (!head || !dialect::begins_with_certificate(*head, before->certificate)) return std::nullopt;
    heads_[reference] = *head;
    return as_before(*place, *before);
}

std::vector<KeyReference> PivCard::seen() const {
    std::vector<KeyReference> places;
    for (const auto& [place, head] : heads_) places.push_back(place);
    return places;
}

Result<bool> PivCard::unchanged(Channel& channel, KeyReference reference) {
    const auto seen = heads_.find(reference);
    if (seen == heads_.end()) return false;
    ACREDITA_TRY(place, place_of(reference));
    auto card = application(channel);
    const auto head = dialect::read_object_head(card, place->certificate);
    if (!head && (!only_this_object(head.error()) || application_gone(head.error())))
        return fail(head.error());
    // What could not be read before may still be unreadable; what is gone is judged by who reads it all.
    if (!head || !*head) return seen->second.empty();
    return dialect::same_head(seen->second, **head);
}

Result<std::vector<KeySlot>> PivCard::directory(Channel& channel) {
    ACREDITA_TRY(all, directory_until(channel, [](const KeySlot&) { return false; }));
    return std::move(all.slots);
}

Result<Card::Listing> PivCard::directory_until(Channel& channel, const Enough& enough) {
    auto card = application(channel);
    std::vector<KeySlot> slots;
    bool old_keys = false; // only a card whose key for decryption was once replaced keeps retired ones
    for (bool again = true; again;) {
        bool any = false;
        slots.clear();
        for (const auto& place : profile_.places) {
            if (place.purpose == profile::Purpose::retired) continue;
            ACREDITA_TRY(there, add_place(card, place, slots));
            if (there && enough(slots.back())) return Listing{std::move(slots), false};
            any = any || there;
            old_keys = old_keys || (there && place.purpose == profile::Purpose::decryption);
        }
        if (any) break;
        ACREDITA_TRY(ours, card.was_ours());
        again = !ours;
    }
    unsigned retired = 0;
    if (old_keys) {
        const auto history = dialect::read_key_history(card);
        if (!history && !only_this_object(history.error())) return fail(history.error());
        retired = history.value_or(0U);
    }
    for (const auto& place : profile_.places) {
        if (place.purpose != profile::Purpose::retired) continue;
        const bool known = slot_of(place).key_present == Known::yes;
        if (retired == 0 && !known) continue;
        if (retired > 0) --retired;
        ACREDITA_TRY(there, add_place(card, place, slots));
        if (there && enough(slots.back())) return Listing{std::move(slots), false};
    }
    return Listing{std::move(slots), true};
}

Result<void> PivCard::learn(dialect::Application& card, KeyReference place) {
    auto told = dialect::read_metadata(card, place);
    if (!told) {
        if (is(told.error(), card_errc::key_not_found)) keys_[place] = {.present = Known::no};
        return only_this_object(told.error()) && !application_gone(told.error())
                   ? Result<void>{}
                   : fail(std::move(told).error());
    }
    if (!*told) return {};
    auto& known = keys_[place];
    known.present = Known::yes;
    known.origin = (*told)->origin;
    if ((*told)->unreadable) return {};
    known.pin_policy = (*told)->pin_policy;
    known.public_key = std::move((*told)->public_key);
    return {};
}

Result<KeySlot> PivCard::slot(Channel& channel, KeyReference reference) {
    ACREDITA_TRY(place, place_of(reference));
    auto card = application(channel);
    ACREDITA_TRY(content, dialect::read_object(card, place->certificate));
    ACREDITA_CHECK(learn(card, reference));
    if (!content) {
        ACREDITA_TRY(ours, card.was_ours());
        if (!ours) {
            ACREDITA_TRY(again, dialect::read_object(card, place->certificate));
            content = std::move(again);
        }
    }
    heads_[reference] = content ? dialect::head_of_object(*content) : Bytes{};
    auto slot = slot_of(*place);
    if (content) {
        ACREDITA_TRY(certificate, dialect::unwrap_certificate(*content));
        if (certificate) slot.certificate = std::move(*certificate);
    }
    return slot;
}

std::vector<KeyReference> PivCard::places() const {
    std::vector<KeyReference> list;
    for (const auto& place : profile_.places)
        if (place.for_new_keys) list.push_back(place.key);
    return list;
}

Result<void> PivCard::authenticate_admin(Channel& channel, ByteView key) {
    auto card = application(channel);
    ACREDITA_CHECK(dialect::authenticate_admin(card, key));
    const auto factory = profile_.admin.factory_sha256;
    if (!factory.empty()) factory_admin_key_ = equal(dialect::sha256(key), factory) ? Known::yes : Known::no;
    return {};
}

Result<void> PivCard::logout(Channel& channel) {
    auto card = application(channel);
    return dialect::logout(card);
}

} // namespace acredita::card
