// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The card as a whole: who it is and what is on it.
#include "firmware-profiles/card/openpgp_card.hpp"

#include "firmware-profiles/dialect/openpgp_import.hpp"
#include "firmware-profiles/dialect/openpgp_keys.hpp"

#include <algorithm>

namespace acredita::card {

namespace openpgp = dialect::openpgp;

namespace {

// What tells one certificate from another is within its first bytes: serial number and issuer.
constexpr std::size_t enough = 64;

bool same_beginning(ByteView head, ByteView whole) {
    const auto shown = std::min(head.size(), whole.size());
    if (shown < std::min(enough, whole.size())) return false;
    return equal(head.first(shown), whole.first(shown));
}

bool only_this_object(const Error& error) {
    const auto& category = error.code.category();
    return (category == error_category<card_errc>() || category == error_category<apdu_errc>()) &&
           !is(error, card_errc::application_missing) && !is(error, card_errc::application_lost);
}

} // namespace

OpenPgpCard::OpenPgpCard(const profile::Profile& profile, bool selected, ByteView application_data)
    : profile_(profile) {
    memory_.selected = selected;
    if (application_data.empty()) return;
    if (auto parsed = openpgp::parse_application_data(application_data)) data_ = std::move(*parsed);
}

void OpenPgpCard::forget() noexcept {
    memory_.lose();
    passwords_.sign = false;
    data_.reset();
    occurrence_ = 0;
}

Result<openpgp::ApplicationData*> OpenPgpCard::data(dialect::Application& card) {
    if (!data_) {
        ACREDITA_TRY(read, openpgp::read_application_data(card));
        data_ = std::move(read);
    }
    return &*data_;
}

Result<Identity> OpenPgpCard::identity(Channel& channel) {
    auto card = application(channel);
    ACREDITA_TRY(known, data(card));
    return Identity{std::string(profile_.naming.manufacturer), std::string(profile_.naming.model),
                    known->serial(), std::string(profile_.title)};
}

Result<std::pair<const profile::Place*, openpgp::Use>> OpenPgpCard::place_of(KeyReference reference) const {
    const auto* place = profile_.find(reference);
    const auto use = place != nullptr ? openpgp::use_of(*place) : std::nullopt;
    if (!use) return fail(card_errc::key_not_found, to_hex(Bytes{reference}));
    return std::pair{place, *use};
}

// data_ is there.
KeySlot OpenPgpCard::slot_of(const profile::Place& place, Use use) const {
    const auto& key = data_->key(use);
    KeySlot slot{.reference = place.key,
                 .key_present = key.present(),
                 .pin_policy = place.pin_policy,
                 .origin = key.origin()};
    // 4.3.1 and C4: the holder may let one PIN serve any number of signatures.
    if (slot.pin_policy == PinPolicy::always && !data_->one_signature) slot.pin_policy = PinPolicy::once;
    return slot;
}

const KeySlot* OpenPgpCard::remembered(KeyReference place) const noexcept {
    const auto found = std::ranges::find(remembered_, place, &KeySlot::reference);
    return found == remembered_.end() || found->certificate.empty() ? nullptr : &*found;
}

void OpenPgpCard::take_note(KeyReference place, ByteView certificate) { seen_[place] = copy(certificate); }

// A certificate that cannot be read counts as none. A key without one is told by its public half.
Result<KeySlot> OpenPgpCard::look_at(dialect::Application& card, const profile::Place& place, Use use) {
    auto slot = slot_of(place, use);
    if (const auto* before = remembered(place.key)) {
        const auto head = openpgp::read_certificate_head(card, place, occurrence_);
        if (head && !head->empty() && same_beginning(*head, before->certificate)) {
            slot.certificate = before->certificate;
            take_note(place.key, slot.certificate);
            return slot;
        }
    }
    auto certificate = openpgp::read_certificate(card, place, occurrence_);
    if (!certificate && !only_this_object(certificate.error())) return fail(std::move(certificate).error());
    if (certificate && !certificate->empty() && read_certificate(*certificate))
        slot.certificate = std::move(*certificate);
    take_note(place.key, slot.certificate);
    if (slot.certificate.empty() && slot.key_present == Known::yes) {
        auto key = openpgp::read_public_key(card, *data_, use);
        if (key) slot.public_key = std::move(*key);
        if (!key && !only_this_object(key.error())) return fail(std::move(key).error());
        // A fingerprint alone is no key.
        if (!key && is(key.error(), card_errc::key_not_found)) slot.key_present = Known::no;
    }
    return slot;
}

Result<std::optional<KeySlot>> OpenPgpCard::recall(Channel& channel, KeyReference reference) {
    const auto* before = remembered(reference);
    if (before == nullptr) return std::nullopt;
    ACREDITA_TRY(at, place_of(reference));
    auto card = application(channel);
    ACREDITA_CHECK(data(card));
    ACREDITA_TRY(head, openpgp::read_certificate_head(card, *at.first, occurrence_));
    if (head.empty() || !same_beginning(head, before->certificate)) return std::nullopt;
    auto slot = slot_of(*at.first, at.second);
    slot.certificate = before->certificate;
    take_note(reference, slot.certificate);
    return slot;
}

std::vector<KeyReference> OpenPgpCard::seen() const {
    std::vector<KeyReference> places;
    for (const auto& [place, certificate] : seen_) places.push_back(place);
    return places;
}

Result<bool> OpenPgpCard::unchanged(Channel& channel, KeyReference reference) {
    const auto before = seen_.find(reference);
    if (before == seen_.end()) return false;
    ACREDITA_TRY(at, place_of(reference));
    auto card = application(channel);
    const auto head = openpgp::read_certificate_head(card, *at.first, occurrence_);
    if (!head && !only_this_object(head.error())) return fail(head.error());
    if (!head || head->empty()) return before->second.empty();
    return !before->second.empty() && same_beginning(*head, before->second);
}

// Places whose key the card disowns are not read: their certificate would be nobody's.
Result<std::vector<KeySlot>> OpenPgpCard::directory(Channel& channel) {
    auto card = application(channel);
    ACREDITA_CHECK(data(card));
    std::vector<KeySlot> slots;
    for (const auto& place : profile_.places) {
        const auto use = openpgp::use_of(place);
        if (!use || slot_of(place, *use).key_present != Known::yes) continue;
        ACREDITA_TRY(slot, look_at(card, place, *use));
        if (!slot.certificate.empty() || slot.key_present == Known::yes) slots.push_back(std::move(slot));
    }
    return slots;
}

Result<KeySlot> OpenPgpCard::slot(Channel& channel, KeyReference reference) {
    ACREDITA_TRY(at, place_of(reference));
    auto card = application(channel);
    ACREDITA_CHECK(data(card));
    return look_at(card, *at.first, at.second);
}

std::vector<KeyReference> OpenPgpCard::places() const {
    std::vector<KeyReference> list;
    for (const auto& place : profile_.places)
        if (place.for_new_keys) list.push_back(place.key);
    return list;
}

// The smaller of what the card declares and what its firmware is known to take (0: nobody knows).
Result<std::size_t> OpenPgpCard::max_certificate(Channel& channel) {
    auto card = application(channel);
    ACREDITA_TRY(known, data(card));
    const auto known_limit = profile_.objects.max_certificate;
    return known_limit == 0 ? known->max_certificate : std::min(known_limit, known->max_certificate);
}

} // namespace acredita::card
