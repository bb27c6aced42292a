// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One reader, for as long as the library lives, whether it is plugged in or not. Two locks: the turn, held by
// whoever talks to the card (Turn is the only way to the Token), and a small one for what info calls are
// answered from, never held while anything waits. Order: turn, then memory.
//
// Nobody waits without limit: Budget says how long for the turn, for other programs and for the card.
//
// The generation changes whenever the card that sessions were opened on is gone; a session of another
// generation is dead. A reset by another program does not change it, it only ends the login.
#pragma once

#include "pkcs11/module/pin_memory.hpp"
#include "pkcs11/module/queue.hpp"
#include "pkcs11/module/surroundings.hpp"
#include "pkcs11/module/token.hpp"

#include <atomic>
#include <mutex>

namespace acredita::module {

class Turn;

class Slot {
public:
    Slot(CK_SLOT_ID id, std::string reader, Surroundings& surroundings)
        : id_(id), reader_(std::move(reader)), surroundings_(surroundings) {}

    [[nodiscard]] CK_SLOT_ID id() const noexcept { return id_; }
    [[nodiscard]] const std::string& reader() const noexcept { return reader_; }

    // What pcscd says now; nullptr: the reader is not listed any more.
    void see(const reader::ReaderState* state);
    [[nodiscard]] bool present() const;
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_.load(); }
    // True once after each change that C_WaitForSlotEvent should tell of.
    [[nodiscard]] bool take_event();

    [[nodiscard]] Login login() const noexcept { return login_.load(); }
    // The last session has closed. The card itself is left as it is.
    void drop_login() noexcept;
    // What C_GetTokenInfo answered last for this generation and login state, while nothing has changed it.
    [[nodiscard]] std::optional<CK_TOKEN_INFO> remembered_info() const;
    // The same when something has changed it since: good enough while somebody else has the turn.
    [[nodiscard]] std::optional<CK_TOKEN_INFO> earlier_info() const;
    [[nodiscard]] std::optional<Abilities> remembered_abilities() const;
    // What the card's profile says, before the card was asked for its version: known as soon as the card is.
    [[nodiscard]] std::optional<Abilities> earlier_abilities() const;

    // Asks pcscd, if somebody is logged in and nobody is using the card, whether another program has reset
    // it. No exchange.
    void notice_reset();

    // Waits for other threads' turn, not for the card. TOKEN_NOT_PRESENT if no card is in the reader.
    [[nodiscard]] Result<Turn> turn();
    // Does not wait: nullopt if it is somebody else's.
    [[nodiscard]] Result<std::optional<Turn>> turn_if_free();
    // Waits only if nothing is known yet: who has been told once never waits for a card that somebody uses.
    [[nodiscard]] Result<std::optional<Turn>> turn_unless(bool known);

private:
    friend class Turn;
    [[nodiscard]] Turn taken(Queue::Clock::time_point asked);
    void gone();

    const CK_SLOT_ID id_;
    const std::string reader_;
    Surroundings& surroundings_;
    std::atomic<std::uint64_t> generation_{1};
    std::atomic<Login> login_{Login::none};

    mutable std::mutex memory_;
    reader::ReaderState state_{};
    bool seen_ = false; // has been looked at before, so that the first look is no event
    bool event_ = false;
    std::optional<CK_TOKEN_INFO> info_{};
    bool info_is_stale_ = false;
    std::optional<Abilities> abilities_{};
    bool abilities_are_settled_ = false;
    std::uint64_t remembered_generation_ = 0; // of the four above

    PinMemory pin_memory_{};

    Queue turn_;
    std::uint64_t token_generation_ = 0; // of the four below
    std::unique_ptr<Line> line_{};
    std::unique_ptr<Token> token_{};
    std::uint16_t token_events_ = 0; // of the reader when the token was met
    bool login_lost_ = false;        // the user's, by another program's reset
    bool unknown_card_ = false;
    Queue::Clock::time_point refused_{}; // when another program last kept the card to itself for too long
    ObjectTable objects_{};
};

// The right to use the card in a slot, one thread at a time.
class Turn {
public:
    ~Turn() {
        if (slot_ != nullptr) slot_->turn_.leave();
    }
    Turn(Turn&& other) noexcept : slot_(std::exchange(other.slot_, nullptr)), asked_(other.asked_) {}
    Turn& operator=(Turn&&) = delete;

    // Runs f(Channel&, Token&) in one transaction, connecting, recognising and re-selecting as needed.
    template <class F>
    auto talk(F&& f) -> std::invoke_result_t<F, Channel&, Token&> {
        ACREDITA_TRY(channel, begin());
        auto outcome = f(*channel, *slot_->token_);
        if (!outcome) {
            channel.reset(); // the transaction ends before the line it runs on may
            note(outcome.error());
        }
        return outcome;
    }
    // The token, if it has been met in this generation already; no exchange.
    [[nodiscard]] Token* token() noexcept { return slot_->token_.get(); }
    [[nodiscard]] ObjectTable& objects() noexcept { return slot_->objects_; }
    void set_login(Login login) noexcept;
    // As long as the administrator's settings allow, which is not at all unless they say so.
    void remember_pin(ByteView pin);
    void forget_pin() noexcept { slot_->pin_memory_.wipe(); }
    // Within talk() only; nullptr: the reader has no keys, or they are not to be used.
    [[nodiscard]] Keypad* keypad() noexcept;
    void remember_info(const CK_TOKEN_INFO& info);
    void remember_abilities(const Abilities& abilities);
    void forget_info();

private:
    friend class Slot;
    using Clock = Queue::Clock;
    Turn(Slot& slot, Clock::time_point asked) noexcept : slot_(&slot), asked_(asked) {}
    [[nodiscard]] Result<std::unique_ptr<Channel>> begin();
    [[nodiscard]] Result<std::unique_ptr<Channel>> begin_before(Clock::time_point deadline);
    [[nodiscard]] Result<void> connect(Clock::time_point deadline);
    [[nodiscard]] Result<void> recognise(Channel& channel);
    void lose_login() noexcept;
    void login_again(Channel& channel);
    void note(const Error& error);

    Slot* slot_;
    Clock::time_point asked_; // when the call began to wait for its turn
};

} // namespace acredita::module
