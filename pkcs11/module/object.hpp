// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a program sees of a token: certificates, keys, the profile object and our card object. Objects are
// values that never change; when the card turns out to hold something else, others take their place. Source:
// PKCS #11 v2.40 base, 4 (objects); 3.0 base, 4.13 (profile objects); reference of attributes clients read.
#pragma once

#include "firmware-profiles/dialect/types.hpp"
#include "pkcs11/module/attribute.hpp"
#include "pkcs11/module/mechanism.hpp"

#include <memory>
#include <vector>

namespace acredita::module {

[[nodiscard]] constexpr bool is_key(CK_OBJECT_CLASS kind) noexcept {
    return kind == CKO_PUBLIC_KEY || kind == CKO_PRIVATE_KEY || kind == CKO_SECRET_KEY;
}

struct Object {
    CK_OBJECT_CLASS kind = 0;
    std::optional<card::KeyReference> place{}; // none: the object is not a thing on the card
    std::optional<card::PublicKey> key{};      // of keys
    card::PinPolicy pin_policy = card::PinPolicy::once;
    Attributes attributes{};
    // What a caller calls a thing on the card, and the card has no room for: CKA_ID, CKA_LABEL, CKA_SUBJECT.
    // Kept as long as the card stays in the reader and the place holds the same thing.
    Attributes renamed{};
    // Of a session object: the session that it ends with. Its owner is whoever holds the session.
    std::optional<std::weak_ptr<const void>> session{};
    ZeroingBytes secret{}; // CKA_VALUE of a secret key; `attributes` says whether it may be read

    [[nodiscard]] bool is_private() const noexcept { return attributes.is_true(CKA_PRIVATE); }
    void call(const Attributes& names) {
        renamed.set_all(names);
        attributes.set_all(names);
    }
    [[nodiscard]] bool is_token() const noexcept { return !session; }
    // Its session has been closed.
    [[nodiscard]] bool ended() const noexcept { return session && session->expired(); }
    [[nodiscard]] std::optional<ByteView> value(CK_ATTRIBUTE_TYPE type) const noexcept;
    [[nodiscard]] bool sensitive(CK_ATTRIBUTE_TYPE type) const noexcept;
    [[nodiscard]] bool same_as(const Object& other) const noexcept;
};

// Everything one place of the card holds, as objects: certificate, public key, private key, in this order.
[[nodiscard]] std::vector<Object> build_objects(const card::KeySlot& slot, const Abilities& abilities);
// The certificates of the token can be read without login.
[[nodiscard]] Object build_profile_object();
// The object with what the standard has no word for; its own attributes are asked for one at a time.
[[nodiscard]] Object build_card_object(std::string_view reader, std::string_view profile);

// SHA-1 of the modulus without leading zero, or of 04 X Y: what the NSS family computes too. Never empty.
[[nodiscard]] Bytes key_id(const card::PublicKey& key);

} // namespace acredita::module
