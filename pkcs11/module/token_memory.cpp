// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/token.hpp"

#include <algorithm>

namespace acredita::module {

namespace {

// Programs ask for certificates, keys and chains one after the other, within milliseconds; NSS comes back
// after three seconds at the earliest.
constexpr std::chrono::seconds burst{2};

} // namespace

// What an earlier process saw on this card, taken up once. None of it is shown before the card has confirmed
// it.
Result<void> Token::recollect(Channel& channel) {
    if (recollected_) return {};
    ACREDITA_CHECK(identity(channel));
    recollected_ = true;
    take_up_cache();
    return {};
}

void Token::take_up_cache() {
    stamp_ = cache_->stamp();
    if (!stamp_) return;
    auto slots = cache_->load(as_bytes(identity_->serial), &cached_whole_);
    if (!slots) return;
    std::erase_if(*slots, [&](const auto& slot) { return card_->profile().find(slot.reference) == nullptr; });
    for (const auto& slot : *slots)
        for (const auto& object : build_objects(slot, rules_.at(slot.reference)))
            if (const auto* id = object.attributes.find(CKA_ID)) objects_.remember(*id, slot.reference);
    card_->remember(*slots);
    cached_ = std::move(*slots);
}

const card::KeySlot* Token::cached(card::KeyReference place) const noexcept {
    const auto found = std::ranges::find(cached_, place, &card::KeySlot::reference);
    return found == cached_.end() ? nullptr : &*found;
}

// True if the place is known now: it was read already, or the card confirms what is remembered of it.
Result<bool> Token::recall(Channel& channel, card::KeyReference place) {
    if (objects_.slot(place) != nullptr) return true;
    const auto* before = cached(place);
    if (before == nullptr) return false;
    ACREDITA_TRY(seen, card_->recall(channel, place));
    if (!seen) return false;
    (void)complete(*seen, *before);
    objects_.put(*std::move(seen), rules_.at(before->reference));
    confirmed(place);
    return true;
}

void Token::confirmed(card::KeyReference place) { confirmed_[place] = looked_ = surroundings_.now(); }

bool Token::burst_is_over() const { return !confirmed_.empty() && surroundings_.now() - looked_ >= burst; }

// At most one exchange for a whole burst of searches: the place that was looked at longest ago. What another
// of our processes has done to the card is told by its cache file, and a reset by anybody has brought us to
// after_reset() before.
Result<void> Token::look_again(Channel& channel) {
    if (!burst_is_over()) return {};
    looked_ = surroundings_.now();
    if (cache_ && cache_->stamp() != stamp_) {
        take_up_cache();
        doubt();
        return {};
    }
    const auto place =
        std::ranges::min_element(confirmed_, {}, [](const auto& item) { return item.second; })->first;
    ACREDITA_TRY(same, card_->unchanged(channel, place));
    if (same)
        confirmed(place);
    else
        doubt();
    return {};
}

// The card's own list has just been read or confirmed, the empty places too; or, if not `whole`, these
// places.
void Token::listed(std::vector<card::KeySlot> slots, bool as_before, bool whole) {
    if (whole) {
        for (const auto place : card_->seen()) confirmed(place);
    } else {
        for (const auto& slot : slots) confirmed(slot.reference);
        for (auto& before : cached_)
            if (std::ranges::find(slots, before.reference, &card::KeySlot::reference) == slots.end())
                slots.push_back(std::move(before));
    }
    cached_whole_ = cached_whole_ || whole;
    if (!as_before) {
        cache_->store(as_bytes(identity_->serial), slots, cached_whole_);
        stamp_ = cache_->stamp();
    }
    card_->remember(slots);
    cached_ = std::move(slots);
}

// What is shown has to be asked for again; what is remembered makes that cheap.
void Token::doubt() noexcept {
    objects_.doubt();
    confirmed_.clear();
}

// Whatever earlier processes and this one remember is of yesterday.
void Token::forget_cache() {
    if (cache_) {
        cache_->drop();
        stamp_.reset();
    }
    cached_.clear();
    cached_whole_ = false;
    card_->remember({});
}

} // namespace acredita::module
