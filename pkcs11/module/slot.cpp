// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/slot.hpp"

namespace acredita::module {

namespace {

// The least a connection gets: a reader in use is connected to in another thread, which needs a moment.
constexpr std::chrono::milliseconds least_patience{500};

std::chrono::milliseconds until(Queue::Clock::time_point deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Queue::Clock::now());
    return std::max(left, std::chrono::milliseconds{0});
}

} // namespace

void Slot::see(const reader::ReaderState* state) {
    const std::scoped_lock lock(memory_);
    reader::ReaderState now;
    if (state != nullptr) now = *state;
    if (now.unavailable) now.present = false;
    // pcscd shows a card that comes or goes a moment before it counts it. No card goes and comes back in one
    // count, so one more is that of the change seen already; from there on a second one would tell.
    const auto counted = static_cast<std::uint16_t>(now.events - state_.events);
    const bool late = seen_ && counted == 1 && now.present == state_.present;
    const bool changed =
        now.present != state_.present || (counted != 0 && !late) || (now.present && now.atr != state_.atr);
    if (changed) {
        ++generation_;
        login_ = Login::none;
        pin_memory_.wipe();
        event_ = seen_ || now.present;
    } else if (late) {
        now.events = state_.events;
    }
    seen_ = true;
    state_ = std::move(now);
}

bool Slot::present() const {
    const std::scoped_lock lock(memory_);
    return state_.present;
}

void Slot::drop_login() noexcept {
    login_ = Login::none;
    pin_memory_.wipe();
}

bool Slot::take_event() {
    const std::scoped_lock lock(memory_);
    return std::exchange(event_, false);
}

std::optional<CK_TOKEN_INFO> Slot::remembered_info() const {
    const std::scoped_lock lock(memory_);
    return remembered_generation_ == generation_ && !info_is_stale_ ? info_ : std::nullopt;
}

std::optional<CK_TOKEN_INFO> Slot::earlier_info() const {
    const std::scoped_lock lock(memory_);
    return remembered_generation_ == generation_ ? info_ : std::nullopt;
}

std::optional<Abilities> Slot::remembered_abilities() const {
    const std::scoped_lock lock(memory_);
    return remembered_generation_ == generation_ && abilities_are_settled_ ? abilities_ : std::nullopt;
}

std::optional<Abilities> Slot::earlier_abilities() const {
    const std::scoped_lock lock(memory_);
    return remembered_generation_ == generation_ ? abilities_ : std::nullopt;
}

Turn Slot::taken(Queue::Clock::time_point asked) {
    Turn mine(*this, asked);
    if (token_generation_ != generation_) {
        line_.reset();
        token_.reset();
        objects_.clear();
        unknown_card_ = false;
        token_generation_ = generation_;
    }
    return mine;
}

Result<Turn> Slot::turn() {
    if (!present()) return fail(CKR_TOKEN_NOT_PRESENT);
    const auto asked = Queue::Clock::now();
    if (!turn_.enter(asked + surroundings_.budget().queue)) return fail(CKR_DEVICE_ERROR);
    return taken(asked);
}

Result<std::optional<Turn>> Slot::turn_if_free() {
    if (!present()) return fail(CKR_TOKEN_NOT_PRESENT);
    if (!turn_.enter_if_free()) return std::optional<Turn>();
    return std::optional<Turn>(taken(Queue::Clock::now()));
}

Result<std::optional<Turn>> Slot::turn_unless(bool known) {
    if (known) return turn_if_free();
    ACREDITA_TRY(waited, turn());
    return std::optional<Turn>(std::move(waited));
}

void Slot::notice_reset() {
    if (login_ == Login::none) return;
    auto turn = turn_if_free();
    if (!turn || !*turn || !line_) return;
    const auto channel = line_->begin(std::chrono::milliseconds{0});
    if (channel || is(channel.error(), reader::reader_errc::sharing_violation)) return;
    (*turn)->note(channel.error());
    // With a remembered PIN the login may be had back, and that is what will be told.
    if (login_lost_) (void)(*turn)->talk([](Channel&, Token&) -> Result<void> { return {}; });
}

// The card left, or nobody can tell any more that it is the same one.
void Slot::gone() {
    line_.reset();
    token_.reset();
    objects_.clear();
    pin_memory_.wipe();
    login_lost_ = false;
    const std::scoped_lock lock(memory_);
    login_ = Login::none;
    token_generation_ = ++generation_;
}

// Not on a card that another thread has seen leaving while this one was at work.
void Turn::set_login(Login login) noexcept {
    const std::scoped_lock lock(slot_->memory_);
    if (slot_->token_generation_ == slot_->generation_) slot_->login_ = login;
}

void Turn::remember_pin(ByteView pin) {
    const auto time = slot_->surroundings_.settings().remember_pin;
    if (time.count() > 0 && !pin.empty()) slot_->pin_memory_.keep(pin, slot_->surroundings_.now() + time);
}

Keypad* Turn::keypad() noexcept {
    if (!slot_->line_ || !slot_->surroundings_.settings().keypads) return nullptr;
    return slot_->line_->keypad();
}

void Turn::lose_login() noexcept {
    if (slot_->login_ == Login::user)
        slot_->login_lost_ = slot_->surroundings_.settings().remember_pin.count() > 0;
    slot_->login_ = Login::none;
}

// docs/adr/0014.
void Turn::login_again(Channel& channel) {
    const auto pin = slot_->pin_memory_.recall(slot_->surroundings_.now());
    if (pin.empty()) return;
    if (slot_->token_->verify_again(channel, pin.view()))
        set_login(Login::user);
    else
        forget_pin();
}

void Turn::remember_info(const CK_TOKEN_INFO& info) {
    const std::scoped_lock lock(slot_->memory_);
    slot_->info_ = info;
    slot_->info_is_stale_ = false;
    slot_->remembered_generation_ = slot_->token_generation_;
}

void Turn::remember_abilities(const Abilities& abilities) {
    const std::scoped_lock lock(slot_->memory_);
    slot_->abilities_ = abilities;
    slot_->abilities_are_settled_ = true;
}

void Turn::forget_info() {
    const std::scoped_lock lock(slot_->memory_);
    slot_->info_is_stale_ = true;
}

Result<void> Turn::connect(Clock::time_point deadline) {
    ACREDITA_TRY(line,
                 slot_->surroundings_.connect(slot_->reader_, std::max(until(deadline), least_patience)));
    // A reset, and another card answers it: told by the reader's count of insertions, and by the ATR where a
    // driver does not count.
    const bool another = slot_->line_ && !equal(slot_->line_->atr(), line->atr());
    if (another || (slot_->token_ && slot_->token_events_ != line->events())) {
        slot_->gone();
        return fail(CKR_DEVICE_REMOVED);
    }
    slot_->line_ = std::move(line);
    return {};
}

// Who was waiting already when another thread gave the card up has had his share of waiting.
Result<std::unique_ptr<Channel>> Turn::begin() {
    if (slot_->unknown_card_) return fail(CKR_TOKEN_NOT_RECOGNIZED);
    const auto from = asked_ < slot_->refused_ ? asked_ : Clock::now();
    auto channel = begin_before(from + slot_->surroundings_.budget().others);
    if (!channel) {
        if (is(channel.error(), reader::reader_errc::sharing_violation)) slot_->refused_ = Clock::now();
        note(channel.error());
    }
    return channel;
}

Result<std::unique_ptr<Channel>> Turn::begin_before(Clock::time_point deadline) {
    // A line that was reset by somebody else is replaced once; who resets the card again in between has to
    // wait.
    for (int round = 0;; ++round) {
        if (!slot_->line_) ACREDITA_CHECK(connect(deadline));
        auto channel = slot_->line_->begin(until(deadline));
        if (!channel) {
            if (!is(channel.error(), reader::reader_errc::card_reset) || round == 2) return channel;
            lose_login();
            forget_info();
            if (slot_->token_) slot_->token_->after_reset();
            ACREDITA_CHECK(connect(deadline));
            continue;
        }
        ACREDITA_CHECK(recognise(**channel));
        if (std::exchange(slot_->login_lost_, false)) login_again(**channel);
        return channel;
    }
}

Result<void> Turn::recognise(Channel& channel) {
    if (slot_->token_) return {};
    auto card = slot_->surroundings_.recognise(channel, slot_->line_->atr());
    if (!card) {
        slot_->unknown_card_ = is(card.error(), card::card_errc::not_recognised);
        return fail(std::move(card).error());
    }
    slot_->token_ =
        std::make_unique<Token>(std::move(*card), slot_->reader_, slot_->objects_, slot_->surroundings_);
    slot_->token_events_ = slot_->line_->events();
    const std::scoped_lock lock(slot_->memory_);
    slot_->info_.reset();
    slot_->abilities_ = slot_->token_->rules().abilities;
    slot_->abilities_are_settled_ = false;
    slot_->remembered_generation_ = slot_->token_generation_;
    return {};
}

void Turn::note(const Error& error) {
    if (is(error, reader::reader_errc::card_reset) || is(error, reader::reader_errc::timeout)) {
        // In the middle of a transaction: the same card, all forgotten; after a card that was too slow by
        // ourselves, since half of a command may be left on it.
        slot_->line_.reset();
        lose_login();
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
