// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One card for one insertion: the recognised Card, its objects, and what is remembered so that nothing is
// asked twice. Owned by a Slot and used only in the slot's turn; every verb that gets a Channel runs inside
// one transaction. Knows nothing of sessions. Errors: CKR_ values, or those of the card and the reader
// (outcome.hpp translates).
#pragma once

#include "firmware-profiles/card/card.hpp"
#include "pkcs11/module/cache.hpp"
#include "pkcs11/module/key_template.hpp"
#include "pkcs11/module/object_table.hpp"
#include "pkcs11/module/rules.hpp"
#include "pkcs11/module/surroundings.hpp"

#include <map>
#include <memory>
#include <set>

namespace acredita::module {

enum class Login : std::uint8_t { none, user, so };

// By what right the card is written to: as its profile says, or by enrolment. On a card whose administration
// key is the one that every card is delivered with, the user's PIN is enough to make a key in a place that is
// free, to store the certificate for it, and to take both back as long as the card stays in; nothing older is
// touched.
enum class Right : std::uint8_t { role, enrolment };

// Where a PIN comes from: from the program, or from the keys of the reader.
struct PinSource {
    ByteView bytes{};
    Keypad* keypad = nullptr;
};

// May this PIN be the one that blocks the card if it is wrong? Only if a person has said so.
enum class LastTry : std::uint8_t { guarded, allowed };

class Token {
public:
    // The surroundings must outlive the Token.
    Token(std::unique_ptr<card::Card> card, std::string reader, ObjectTable& objects,
          const Surroundings& surroundings);

    [[nodiscard]] card::Card& card() noexcept { return *card_; }
    [[nodiscard]] const Rules& rules() const noexcept { return rules_; }
    [[nodiscard]] ObjectTable& objects() noexcept { return objects_; }

    // A profile names what its newest firmware can; which firmware this one has, the card is asked once.
    [[nodiscard]] Result<void> settle_algorithms(Channel& channel);
    [[nodiscard]] Result<void> settle_import(Channel& channel);

    // Another program reset the card, or one of its answers says that our selection is gone.
    void after_reset() noexcept;

    [[nodiscard]] Result<card::Identity> identity(Channel& channel);
    [[nodiscard]] Result<card::PinStatus> pin_status(Channel& channel);
    // A wrong PIN was the last one: as a rule fewer tries are left than there are in all, whatever the card
    // tells of those.
    [[nodiscard]] bool pin_refused() const noexcept { return pin_refused_; }
    // One that no card would take, and that was not sent: an incorrect PIN was entered all the same
    // (CKF_USER_PIN_COUNT_LOW), and no try is gone.
    void refuse_pin() noexcept { pin_refused_ = true; }
    [[nodiscard]] Result<card::PinStatus> puk_status(Channel& channel);

    // Likewise of the administration key, which no card counts.
    [[nodiscard]] bool admin_refused() const noexcept { return admin_refused_; }

    // token_login.cpp. The PIN's form is checked first; what the form forbids is never sent. PIN_LOCKED, too,
    // for a guarded last try.
    [[nodiscard]] Result<void> verify_pin(Channel& channel, const PinSource& pin, LastTry last);
    // One that this card has accepted before; not while any try is missing.
    [[nodiscard]] Result<void> verify_again(Channel& channel, ByteView pin);
    [[nodiscard]] Result<void> verify_admin(Channel& channel, ByteView hex_text);
    [[nodiscard]] Result<void> logout(Channel& channel);
    [[nodiscard]] Result<void> change_pin(Channel& channel, ByteView old_pin, ByteView new_pin);
    [[nodiscard]] Result<void> unblock_pin(Channel& channel, ByteView puk, ByteView new_pin);
    [[nodiscard]] Result<void> change_puk(Channel& channel, ByteView puk, ByteView new_puk);
    // The reader asks for all values.
    [[nodiscard]] Result<void> change_pin(Channel& channel, Keypad& keypad);
    [[nodiscard]] Result<void> unblock_pin(Channel& channel, Keypad& keypad);
    // As pin_status, but no older than the programs' last question.
    [[nodiscard]] Result<card::PinStatus> fresh_pin_status(Channel& channel);
    [[nodiscard]] Result<void> init_pin(Channel& channel, ByteView new_pin);
    // Of a card as its maker delivers it; FUNCTION_NOT_SUPPORTED for every other.
    [[nodiscard]] Result<void> prepare(Channel& channel, ByteView puk, std::string_view label);

    // token_objects.cpp. Reads as little as the search needs: nothing for classes the token never has, one
    // place for an id seen before, everything otherwise.
    [[nodiscard]] static bool needs_card(const Template& wanted);
    // Before a search: something is not known yet, or the last look at the card was before this burst of
    // searches.
    [[nodiscard]] bool must_look() const { return !objects_.complete() || burst_is_over(); }
    [[nodiscard]] Result<void> load_for(Channel& channel, const Template& wanted);
    [[nodiscard]] Result<void> load_all(Channel& channel);
    // The stored values of the one object of class CKO_ACREDITA_CARD; nullopt: the card does not say.
    [[nodiscard]] Result<std::optional<Bytes>> card_attribute(Channel& channel, CK_ATTRIBUTE_TYPE type,
                                                              Login login);

    // token_store.cpp
    [[nodiscard]] Result<CK_OBJECT_HANDLE> store(Channel& channel, const NewCertificate& certificate,
                                                 Right by);
    [[nodiscard]] Result<CK_OBJECT_HANDLE> store(Channel& channel, const NewPrivateKey& key);
    // Handles of the public and the private key.
    [[nodiscard]] Result<std::pair<CK_OBJECT_HANDLE, CK_OBJECT_HANDLE>>
    generate(Channel& channel, const NewKeyPair& pair, Right by);
    [[nodiscard]] Result<void> destroy(Channel& channel, const Object& object, Right by);

    // token_operate.cpp. `pin` may be of nowhere; the result of an RSA signature is checked with the
    // remembered public key.
    [[nodiscard]] Result<ZeroingBytes> operate(Channel& channel, const Object& key, card::Operation operation,
                                               ByteView data, const PinSource& pin);
    [[nodiscard]] Result<StatusWord> try_operate(Channel& channel, const Object& key);

private:
    [[nodiscard]] Result<void> load_until(Channel& channel, ByteView id);
    [[nodiscard]] static bool complete(card::KeySlot& slot, const card::KeySlot& before);
    [[nodiscard]] Result<void> take_over(Channel& channel, std::vector<card::KeySlot> slots, bool whole);
    [[nodiscard]] Result<const card::KeySlot*> load_place(Channel& channel, card::KeyReference place);
    // The place for a public key: forced, or where its certificate is, or the first free one (DEVICE_MEMORY:
    // none).
    [[nodiscard]] Result<card::KeyReference> choose_place(Channel& channel, const card::PublicKey* key,
                                                          std::optional<card::KeyReference> forced);
    // The place of the key that was made for this certificate, or the first free one.
    [[nodiscard]] Result<card::KeyReference> enrolment_place(Channel& channel, const card::PublicKey* key);
    // USER_NOT_LOGGED_IN if the card's administration key is its own.
    [[nodiscard]] Result<void> enrol(Channel& channel);
    [[nodiscard]] Result<const card::KeySlot*> destination(Channel& channel);
    // token_memory.cpp. What earlier processes and this one have seen, and how it is kept from being of
    // yesterday (ADR 9).
    [[nodiscard]] Result<void> recollect(Channel& channel);
    void take_up_cache();
    [[nodiscard]] const card::KeySlot* cached(card::KeyReference place) const noexcept;
    [[nodiscard]] Result<bool> recall(Channel& channel, card::KeyReference place);
    [[nodiscard]] bool burst_is_over() const;
    [[nodiscard]] Result<void> look_again(Channel& channel);
    void confirmed(card::KeyReference place);
    void listed(std::vector<card::KeySlot> slots, bool as_before, bool whole);
    void doubt() noexcept;
    void forget_cache();
    [[nodiscard]] Result<void> settle_policies(Channel& channel, std::vector<card::KeySlot>& slots);
    void contents_changed(card::KeySlot now);
    void spent_try(const Error& error);
    void accepted_pin();
    [[nodiscard]] Result<void> guard_last_try(Channel& channel);
    [[nodiscard]] Result<void> type(Channel& channel, card::PinTask task, Keypad& keypad);

    std::unique_ptr<card::Card> card_;
    Rules rules_;
    std::string reader_;
    ObjectTable& objects_;
    const Surroundings& surroundings_;
    std::optional<CertificateCache> cache_; // once the serial number is known
    std::optional<card::Identity> identity_;
    std::optional<card::PinStatus> pin_;
    std::optional<card::PinStatus> puk_;
    bool recollected_ = false;
    std::vector<card::KeySlot> cached_{}; // as an earlier process saw them, or this one before a reset
    bool cached_whole_ = false;           // no place with a certificate was left out of them
    std::optional<CertificateCache::Stamp> stamp_{}; // of the file that is known here
    std::map<card::KeyReference, std::chrono::steady_clock::time_point> confirmed_{}; // by a look at the card
    std::chrono::steady_clock::time_point looked_{};                                  // for any of them
    bool algorithms_settled_ = false;
    bool enrolment_refused_ = false;
    std::set<card::KeyReference> enrolled_{}; // places that were free before
    bool pin_refused_ = false;
    bool admin_refused_ = false;
    std::chrono::steady_clock::time_point pin_known_{}; // since when pin_ is
};

} // namespace acredita::module
