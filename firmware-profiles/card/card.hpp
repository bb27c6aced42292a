// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A recognised card: its profile and the dialects the profile names, behind one set of verbs.
//
// Owned by whoever watches the reader (pkcs11/module: one per slot and card life). A Card never keeps a
// Channel; every verb gets one and must be called inside one transaction on the connection of the card it was
// made for. It remembers what that connection knows (is the application selected? is the PIN verified?) until
// forget() is called, which the owner does after a reset, a reconnect, or when another program may have
// selected something else.
//
// A verb that meets application_lost selects the application again and tries once more by itself, unless the
// verb needs a login that is gone with the selection: then it returns pin_needed or admin_needed.
#pragma once

#include "firmware-profiles/dialect/types.hpp"
#include "firmware-profiles/profile/profile.hpp"
#include "pcsc/apdu/exchange.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace acredita::card {

// A command whose PINs a reader's own keys put in: ISO 7816-4 VERIFY, CHANGE REFERENCE DATA or RESET RETRY
// COUNTER, with a field of `width` bytes, filled up, for each value.
struct TypedPin {
    std::uint8_t instruction = 0x20;
    std::uint8_t reference = 0x80;
    std::uint8_t shortest = 4, longest = 8; // digits
    std::uint8_t width = 8;
    std::uint8_t filler = 0xFF;
};
enum class PinTask : std::uint8_t { verify, change, unblock };
// Waits for the person; the card's answer, or why there is none.
using AskPerson = std::function<Result<StatusWord>(const TypedPin&)>;

class Card {
public:
    Card() = default;
    Card(const Card&) = delete;
    Card& operator=(const Card&) = delete;
    virtual ~Card() = default;

    [[nodiscard]] virtual const profile::Profile& profile() const noexcept = 0;
    virtual void forget() noexcept = 0;

    // Cheap: what SELECT and one serial query tell; asked from the card once in a Card's life.
    [[nodiscard]] virtual Result<Identity> identity(Channel&) = 0;
    // Asks the card; never spends a try.
    [[nodiscard]] virtual Result<PinStatus> pin_status(Channel&) = 0;
    [[nodiscard]] virtual Result<PinStatus> puk_status(Channel&) = 0;
    [[nodiscard]] virtual Known admin_key_is_factory() const noexcept = 0; // after authenticate_admin only

    // Places as somebody saw them on this card before, perhaps long ago. None is believed without a look:
    // directory() and recall() ask for the first bytes of each certificate, and read on only where those have
    // changed. A card that cannot look that cheaply remembers nothing.
    virtual void remember(std::vector<KeySlot> /*places*/) {}
    // One place as remembered, after that look; nullopt: not remembered, or not so any more.
    [[nodiscard]] virtual Result<std::optional<KeySlot>> recall(Channel&, KeyReference) {
        return std::optional<KeySlot>();
    }
    // The places whose certificate objects this Card has looked at, the empty ones too.
    [[nodiscard]] virtual std::vector<KeyReference> seen() const { return {}; }
    // False: the certificate object of this place is not what this Card last saw or wrote there, or it never
    // looked. One exchange where the card allows that, and only the first bytes of the object count.
    [[nodiscard]] virtual Result<bool> unchanged(Channel&, KeyReference) { return false; }
    // Every key place that holds a certificate, or of which a key is known; certificates unpacked.
    [[nodiscard]] virtual Result<std::vector<KeySlot>> directory(Channel&) = 0;
    // The same in the same order, but no further than to the first place that is `enough`: whoever looks for
    // one key pays for no other. `whole`: it was never enough. A card that reads its directory at once reads
    // it all.
    struct Listing {
        std::vector<KeySlot> slots{};
        bool whole = true;
    };
    using Enough = std::function<bool(const KeySlot&)>;
    [[nodiscard]] virtual Result<Listing> directory_until(Channel& channel, const Enough& /*enough*/) {
        ACREDITA_TRY(slots, directory(channel));
        return Listing{std::move(slots), true};
    }
    // One place, certificate and metadata, as it is now (what would be lost by writing there).
    [[nodiscard]] virtual Result<KeySlot> slot(Channel&, KeyReference) = 0;
    // The places a new key may go to, in the order the profile prefers.
    [[nodiscard]] virtual std::vector<KeyReference> places() const = 0;

    // pin_incorrect's detail is the number of tries left as decimal text; pin_malformed was not sent.
    [[nodiscard]] virtual Result<void> verify_pin(Channel&, ByteView pin) = 0;
    [[nodiscard]] virtual bool pin_verified() const noexcept = 0;
    [[nodiscard]] virtual Result<void> change_pin(Channel&, ByteView old_pin, ByteView new_pin) = 0;
    [[nodiscard]] virtual Result<void> unblock_pin(Channel&, ByteView puk, ByteView new_pin) = 0;
    // puk_incorrect, puk_blocked; not_supported where the PUK stays as it was set.
    [[nodiscard]] virtual Result<void> change_puk(Channel&, ByteView /*puk*/, ByteView /*new_puk*/) {
        return fail(card_errc::not_supported);
    }
    // The same three with a reader that asks the person. Whatever `ask` fails with was not sent to the card.
    [[nodiscard]] virtual Result<void> typed_pin(Channel&, PinTask, const AskPerson&) {
        return fail(card_errc::not_supported);
    }
    // A card as its maker delivers it gets everything but its PIN; not_supported if it has one already.
    // Nothing that anybody put on a card is ever erased by this.
    [[nodiscard]] virtual Result<void> prepare(Channel&, ByteView /*puk*/, std::string_view /*label*/) {
        return fail(card_errc::not_supported);
    }
    // With the administration key authenticated, or as the first PIN of a card that was prepared, where the
    // card can do that; else not_supported.
    [[nodiscard]] virtual Result<void> set_pin_as_admin(Channel&, ByteView new_pin) = 0;
    [[nodiscard]] virtual Result<void> authenticate_admin(Channel&, ByteView key) = 0;
    [[nodiscard]] virtual bool admin_authenticated() const noexcept = 0;
    // Forgets PIN and administration key on the card itself.
    [[nodiscard]] virtual Result<void> logout(Channel&) = 0;

    // The private operation. `pin` (may be empty) is verified in the same breath if the key's policy is
    // always.
    [[nodiscard]] virtual Result<ZeroingBytes> operate(Channel&, KeyReference, const Algorithm&, Operation,
                                                       ByteView data, ByteView pin) = 0;
    // The same for the proof that a PIN is needed: sends the command as things stand, returns the raw status
    // word.
    [[nodiscard]] virtual Result<StatusWord> try_operate(Channel&, KeyReference, const Algorithm&, Operation,
                                                         ByteView data) = 0;

    // The last operation was given to the key of the one before it without naming it again. Another program
    // may have named another one since: whoever gets its result checks it with the public key, and if it is
    // not that key's, forgets and asks once more.
    [[nodiscard]] virtual bool relied_on_last_key() const noexcept { return false; }
    virtual void forget_last_key() noexcept {}

    // Whether a new key of this kind can be imported, before anybody types a secret: not_supported or
    // algorithm_not_supported if not. Asks the card its version if, and only if, the profile's answer depends
    // on it.
    [[nodiscard]] virtual Result<void> check_import(Channel&, const Algorithm&);

    // The longest certificate (DER) a place takes; 0: not known. No more than what identity() costs.
    [[nodiscard]] virtual Result<std::size_t> max_certificate(Channel&) {
        return profile().objects.max_certificate;
    }

    // Whether this card's firmware has the algorithm, whatever it would be used for. Asks the card its
    // version if, and only if, the answer depends on it.
    [[nodiscard]] virtual Result<bool> knows(Channel&, const Algorithm&) { return true; }

    // These need what profile().import / generate / objects say (administration key or PIN).
    [[nodiscard]] virtual Result<void> import_key(Channel&, KeyReference, const PrivateKey&, PinPolicy) = 0;
    [[nodiscard]] virtual Result<PublicKey> generate_key(Channel&, KeyReference, const Algorithm&,
                                                         PinPolicy) = 0;
    [[nodiscard]] virtual Result<void> store_certificate(Channel&, KeyReference, ByteView der) = 0;
    [[nodiscard]] virtual Result<void> delete_certificate(Channel&, KeyReference) = 0;
    // Makes the key unusable for good: by the card's own command or, where it has none, by overwriting it.
    [[nodiscard]] virtual Result<void> delete_key(Channel&, KeyReference) = 0;
};

// Recognises the card in at most eight exchanges: the profiles' ATR rules first, then one SELECT per AID
// still possible, and nothing but SELECT, save what an OpenPGP application says of itself where that tells
// its maker. not_recognised if none matches; other errors are the channel's. `profiles` must outlive the
// Card.
[[nodiscard]] Result<std::unique_ptr<Card>> recognise(Channel&, ByteView atr,
                                                      std::span<const profile::Profile> profiles);

// RSA/EC public key of a DER certificate, by our own bounded reader (no libcrypto in the module); and the
// parts of it that PKCS#11 attributes want, as views into `der`.
struct CertificateParts {
    ByteView serial;                        // DER INTEGER with tag and length
    ByteView issuer;                        // DER Name
    ByteView subject;                       // DER Name
    ByteView spki;                          // DER SubjectPublicKeyInfo
    std::string not_before, not_after;      // "YYYYMMDDhhmmssZ", "" if unreadable
    bool authority = false;                 // basicConstraints cA
    std::optional<std::uint16_t> key_usage; // bit 0 digitalSignature ... as in X.509; absent: no extension
    std::string common_name;                // of the subject, UTF-8, "" if none
};
[[nodiscard]] Result<CertificateParts> read_certificate(ByteView der);
[[nodiscard]] Result<PublicKey> read_public_key(ByteView spki);
[[nodiscard]] Bytes write_public_key(const PublicKey&); // DER SubjectPublicKeyInfo

} // namespace acredita::card
