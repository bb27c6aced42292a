// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What programs ask beyond standard PKCS#11, through our module's vendor object and vendor interface
// (pkcs11/extensions.h, docs/pkcs11-extensions.md). With a maker's module each fact is nullopt: "not known",
// never a guess.
#pragma once

#include "pkcs11/client/session.hpp"
#include "pkcs11/client/sign.hpp"
#include "pkcs11/client/store.hpp"

namespace acredita::client {

// True for our own module.
[[nodiscard]] bool has_vendor_interface(const Module& module);

// What the token's flags say about a PIN; every module has these.
enum class PinLight { good, low, last_try, locked };

// One place of the card for a key and its certificate, as it is now.
struct Destination {
    std::uint8_t place = 0;          // the card's own name (PIV: 0x9A ...), for StoreOptions::place
    Bytes certificate;               // DER of what would be lost; empty: none
    std::optional<bool> key_present; // nullopt: the card does not say
    Bytes key;                       // its CKA_ID, where it is known
};

// Each may cost exchanges with the card, so a program asks for what it needs.
enum class Ask : unsigned {
    pin = 1,
    puk = 2,
    admin = 4,
    storing = 8,
    destination = 16,
    names = 32,
    all = 63
};
[[nodiscard]] constexpr Ask operator|(Ask a, Ask b) noexcept {
    return static_cast<Ask>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
[[nodiscard]] constexpr bool asks(Ask set, Ask one) noexcept {
    return (static_cast<unsigned>(set) & static_cast<unsigned>(one)) != 0;
}

struct CardFacts {
    PinLight pin = PinLight::good; // from CKF_USER_PIN_*
    bool pin_must_change = false;  // CKF_USER_PIN_TO_BE_CHANGED
    bool pinpad = false;           // CKF_PROTECTED_AUTHENTICATION_PATH
    bool vendor_object = false;    // false: everything below is nullopt
    std::optional<unsigned> pin_tries_left, pin_tries_total, puk_tries_left, puk_tries_total;
    std::optional<bool> factory_pin, factory_puk, puk_changeable;
    std::optional<bool> factory_admin;    // known after the administrator's login only
    std::optional<Bytes> delivered_admin; // SHA-256 of the key cards of this kind are delivered with
    std::optional<bool> can_import;
    std::optional<Role> storing_role; // who may store certificate and key
    std::optional<std::vector<KeyKind>> importable, generatable;
    std::optional<std::size_t> max_certificate, room; // bytes
    std::optional<Destination> destination;           // where a new certificate and key would go
    std::optional<std::vector<std::uint8_t>> places;  // all of them, in the order they are filled
    std::optional<std::string> reader, profile;
};
[[nodiscard]] Result<CardFacts> card_facts(Session&, Ask what = Ask::all);

// What our module shows in this place; object_not_found never, an empty Destination instead. vendor_absent
// with another module.
[[nodiscard]] Result<Destination> destination_at(Session&, std::uint8_t place);

// The card itself checks the PIN now, whoever is logged in; our module does so inside the administration
// session. Another module: USER login and logout, refused by it while somebody is logged in
// (user_another_already_logged_in, user_already_logged_in).
[[nodiscard]] Result<void> verify_pin(Session&, const Secret& pin);

// The same with a PIN typed on the reader, and a new PIN typed there with the PUK. vendor_absent with another
// module.
[[nodiscard]] Result<void> verify_pin_at_reader(Session&);
[[nodiscard]] Result<void> unblock_at_reader(Session&);

// A new PIN with the PUK, blocked or not. vendor_absent with another module.
[[nodiscard]] Result<void> unblock_with_puk(Session&, const Secret& puk, const Secret& new_pin);

// A new PUK with the old one; the PIN stays. Nobody may be logged in. function_not_supported where the card's
// PUK stays as it is (CardFacts::puk_changeable), vendor_absent with another module.
[[nodiscard]] Result<void> change_puk(Session&, const Secret& puk, const Secret& new_puk);

// The proof that a PIN is needed: one signing command on a token where nobody is logged in.
struct UnverifiedSignature {
    enum class Refusal { none, by_card, by_module };
    Refusal refusal = Refusal::none;          // none: it signed, which is the fault the proof looks for
    std::optional<std::uint16_t> status_word; // the card's own words, by_card only
    std::optional<CK_RV> module_answer;       // by_module; nullopt: the module does not even show the key
};
// `scheme` is for modules other than ours; ours takes what fits the key.
[[nodiscard]] Result<UnverifiedSignature> sign_unverified(Session&, ByteView id, Scheme scheme);

} // namespace acredita::client
