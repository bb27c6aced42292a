// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a session is in the middle of. At most one cryptographic operation is alive, so "active" and "not
// initialised" are one question to a variant; a search may run beside it, as the standard's dual functions
// allow and clients do. Source: PKCS #11 v2.40 base, 5.2 (buffers), 5.8-5.13.
#pragma once

#include "pkcs11/module/object.hpp"

#include <deque>
#include <variant>

namespace acredita::module {

struct Search {
    std::deque<CK_OBJECT_HANDLE> found{};
};

struct Digesting {
    Digest state;
    bool updated = false;
};

// A signature or a decryption by a key on the card.
struct KeyUse {
    std::shared_ptr<const Object> key{};
    const Mechanism* mechanism = nullptr;
    bool card_pads = false; // the card makes the PKCS #1 block itself
    PssParameters pss{};
    OaepParameters oaep{};
    std::optional<Digest> hashing{}; // the mechanism hashes first
    ZeroingBytes collected{};        // parts, where it does not
    Secret context_pin{};            // of C_Login(CKU_CONTEXT_SPECIFIC), sent together with the operation
    bool updated = false;

    [[nodiscard]] bool always_authenticate() const noexcept {
        return key->pin_policy == card::PinPolicy::always;
    }
};
struct Signing : KeyUse {};
struct Decrypting : KeyUse {
    // The plain text, after a size query or a buffer that was too small: the card works once.
    std::optional<ZeroingBytes> result{};
};

using Operation = std::variant<std::monostate, Digesting, Signing, Decrypting>;

// What goes to the card.
struct CardInput {
    card::Operation operation = card::Operation::rsa_raw;
    Bytes data{};
};

[[nodiscard]] Result<KeyUse> start_key_use(const CK_MECHANISM& given, const Mechanism& mechanism,
                                           std::shared_ptr<const Object> key, const Abilities& abilities);
// More data than any mechanism can take is DATA_LEN_RANGE.
[[nodiscard]] Result<void> add_part(KeyUse& use, ByteView part);
[[nodiscard]] std::size_t signature_size(const KeyUse& use) noexcept;
// From the whole input: hashed, padded, truncated.
[[nodiscard]] Result<CardInput> signature_input(KeyUse& use);
[[nodiscard]] Result<CardInput> decryption_input(const KeyUse& use);
// The block the card gave back, without its padding. ENCRYPTED_DATA_INVALID.
[[nodiscard]] Result<ZeroingBytes> plain_text(const KeyUse& use, ByteView block);

} // namespace acredita::module
