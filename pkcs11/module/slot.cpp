// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/slot.hpp"

namespace acredita::module {

void Slot::see(const reader::ReaderState* state) {
    const std::scoped_lock lock(memory_);
    reader::ReaderState now;
    if (state != nullptr) now = *state;
    if (now.unavailable) now.present = false;
    const bool changed = now.present != state_.present || now.events != state_.events ||
                         (now.present && now.atr != state_.atr);
    if (changed) {
        ++generation_;
        login_ = Login::none;
        event_ = seen_ || now.present;
    }
    seen_ = true;
    state_ = std::move(now);
}

bool Slot::present() const {
    const std::scoped_lock lock(memory_);
    return state_.present;
}

void Slot::drop_login() noexcept { login_ = Login::none; }

bool Slot::take_event() {
    const std::scoped_lock lock(memory_);
    return std::exchange(event_, false);
}

std::optional<CK_TOKEN_INFO> Slot::remembered_info() const {
    const std::scoped_lock lock(memory_);
    return remembered_generation_ == generation_ ? info_ : std::nullopt;
}

std::optional<Abilities> Slot::remembered_abilities() const {
    const std::scoped_lock lock(memory_);
    return remembered_generation_ == generation_ ? abilities_ : std::nullopt;
}

Result<Turn> Slot::turn() {
    if (!present()) return fail(CKR_TOKEN_NOT_PRESENT);
    Turn mine(*this);
    if (token_generation_ != generation_) {
        line_.reset();
        token_.reset();
        objects_.clear();
        unknown_card_ = false;
        token_generation_ = generation_;
    }
    return mine;
}

// The card left, or nobody can tell any more that it is the same one.
void Slot::gone() {
    line_.reset();
    token_.reset();
    objects_.clear();
    login_ = Login::none;
    token_generation_ = ++generation_;
}

void Turn::set_login(Login login) noexcept { slot_->login_ = login; }

void Turn::remember_info(const CK_TOKEN_INFO& info) {
    const std::scoped_lock lock(slot_->memory_);
    slot_->info_ = info;
    slot_->abilities_ = slot_->token_->rules().abilities;
    slot_->remembered_generation_ = slot_->token_generation_;
}

void Turn::forget_info() {
    const std::scoped_lock lock(slot_->memory_);
    slot_->info_.reset();
}

Result<void> Turn::connect() {
    ACREDITA_TRY(line, slot_->surroundings_.connect(slot_->reader_));
    if (slot_->line_ && !equal(slot_->line_->atr(), line->atr())) { // a reset, and another card answers it
        slot_->gone();
        return fail(CKR_DEVICE_REMOVED);
    }
    slot_->line_ = std::move(line);
    return {};
}

Result<std::unique_ptr<Channel>> Turn::begin() {
    if (slot_->unknown_card_) return fail(CKR_TOKEN_NOT_RECOGNIZED);
    // A line that was reset by somebody else is replaced once; who resets the card again in between has to
    // wait.
    for (int round = 0;; ++round) {
        if (!slot_->line_) {
            if (auto connected = connect(); !connected) {
                note(connected.error());
                return fail(std::move(connected).error());
            }
        }
        auto channel = slot_->line_->begin();
        if (!channel) {
            const auto error = std::move(channel).error();
            if (!is(error, reader::reader_errc::card_reset) || round == 2) {
                note(error);
                return fail(error);
            }
            slot_->login_ = Login::none;
            forget_info();
            if (slot_->token_) slot_->token_->after_reset();
            if (auto again = connect(); !again) {
                note(again.error());
                return fail(std::move(again).error());
            }
            continue;
        }
        if (auto recognised = recognise(**channel); !recognised) {
            channel->reset();
            note(recognised.error());
            return fail(std::move(recognised).error());
        }
        return std::move(*channel);
    }
}

Result<void> Turn::recognise(Channel& channel) {
    if (slot_->token_) return {};
    auto card = slot_->surroundings_.recognise(channel, slot_->line_->atr());
    if (!card) {
        slot_->unknown_card_ = is(card.error(), card::card_errc::not_recognised);
        return fail(std::move(card).error());
    }
    slot_->token_ = std::make_unique<Token>(std::move(*card), slot_->reader_, slot_->objects_,
                                            slot_->surroundings_.cache_folder());
    return {};
}

void Turn::note(const Error& error) {
    if (is(error,
           reader::reader_errc::card_reset)) { // in the middle of a transaction: the same card, all forgotten
        slot_->line_.reset();
        slot_->login_ = Login::none;
        if (slot_->token_) slot_->token_->after_reset();
    } else if (card_is_gone(error)) {
        slot_->gone();
        return;
    }
    // The card has forgotten the PIN: another program's SELECT or reset took it away.
    if (is(error, card::card_errc::pin_needed) && slot_->login_ == Login::user) slot_->login_ = Login::none;
    if (is(error, card::card_errc::admin_needed) && slot_->login_ == Login::so) slot_->login_ = Login::none;
    forget_info();
}

} // namespace acredita::module
