// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/token.hpp"

#include <algorithm>

namespace acredita::module {

namespace {

bool tried_here(const Settings& settings, std::string_view profile) {
    return std::ranges::find(settings.confirmed, profile) != settings.confirmed.end();
}

} // namespace

Token::Token(std::unique_ptr<card::Card> card, std::string reader, ObjectTable& objects,
             const Surroundings& surroundings)
    : card_(std::move(card)),
      rules_(read_rules(card_->profile(), tried_here(surroundings.settings(), card_->profile().name))),
      reader_(std::move(reader)), objects_(objects), surroundings_(surroundings) {
    objects_.clear();
    objects_.put_static(build_profile_object());
    objects_.put_static(build_card_object(reader_, rules_.profile));
}

void Token::after_reset() noexcept {
    card_->forget();
    doubt();
    // A reset spends no try and gives none back, so what is known of them stays; only "verified" is over.
    if (pin_) pin_->verified = false;
}

Result<card::Identity> Token::identity(Channel& channel) {
    if (!identity_) {
        ACREDITA_TRY(asked, card_->identity(channel));
        const auto key = to_hex(digest(Hash::sha256, as_bytes(rules_.profile + '\n' + asked.serial)));
        // A card without a serial number cannot be told from its brothers.
        cache_.emplace(asked.serial.empty() ? std::filesystem::path{} : surroundings_.cache_folder(), key);
        identity_ = std::move(asked);
    }
    return *identity_;
}

Result<card::PinStatus> Token::pin_status(Channel& channel) {
    if (!pin_) {
        ACREDITA_TRY(asked, card_->pin_status(channel));
        pin_ = asked;
        pin_known_ = surroundings_.now();
    }
    return *pin_;
}

Result<card::PinStatus> Token::puk_status(Channel& channel) {
    if (!puk_) {
        ACREDITA_TRY(asked, card_->puk_status(channel));
        puk_ = asked;
    }
    return *puk_;
}

} // namespace acredita::module
