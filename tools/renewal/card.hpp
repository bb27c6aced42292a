// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The card of a renewal: who may write on it, the key it makes itself, and the old key it forgets. Everything
// goes through PKCS#11; sessions are closed when a function returns.
#pragma once

#include "pkcs11/client/store.hpp"
#include "tools/issue/administration.hpp"
#include "tools/issue/target.hpp"
#include "tools/renewal/errors.hpp"

#include <functional>

namespace acredita::renewal {

// A card and the secrets that open it; they are the caller's and outlive this.
struct Card {
    issue::Target& target;
    const issue::AdministrationKey& administration;
    const Secret& so_pin; // of cards that a maker's module administers
    const Secret& pin;    // accepted by this card in this run; empty: it is typed at the reader
    std::function<void()> look_at_reader{};
};

// Where a new key can lie beside the old one.
struct Room {
    bool known = false;                  // the module tells of places
    std::optional<std::uint8_t> spare{}; // the first free one
    bool one_place = false;              // none is free, and the old key has its own on this card
};
// Of a card on which nothing was listed since its restart: a list of certificates hides lone keys.
[[nodiscard]] Result<Room> room_on(client::Session& session);

// "rsa2048", "rsa3072", "rsa4096", "p256", "p384".
[[nodiscard]] std::optional<client::KeyKind> kind_named(std::string_view name) noexcept;
// cannot_generate, before anything is asked of a person.
[[nodiscard]] Result<void> can_generate(client::Session& session, client::KeyKind kind,
                                        std::string_view name);

struct NewKey {
    Bytes spki{};       // DER SubjectPublicKeyInfo
    Bytes identifier{}; // CKA_ID
    Bytes request{};    // PKCS#10 (RFC 2986), DER, signed by the card
};
// A key made by the card in that place, whatever lies there, and a request with the name of `certificate`.
[[nodiscard]] Result<NewKey> make_key(Card& card, client::KeyKind kind, std::optional<std::uint8_t> place,
                                      ByteView certificate);

struct Removal {
    unsigned keys = 0, certificates = 0; // that were taken away now
    unsigned tried = 0;                  // keys of the card that were asked for a signature afterwards
};
// Key and certificate go; then the card is restarted, the certificate is not on it, no key on it makes a
// signature that verifies under the old one, and (unless `renewed` is empty) one does under the new.
// removal_unproven.
[[nodiscard]] Result<Removal> remove_old(Card& card, ByteView old_certificate, ByteView renewed);

// The key of a request that will never be certified. False: it is not there, or something else is.
[[nodiscard]] Result<bool> discard_key(Card& card, ByteView identifier, std::optional<std::uint8_t> place);

} // namespace acredita::renewal
