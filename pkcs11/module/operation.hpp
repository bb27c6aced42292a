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

// An operation is carried out by one call or by parts with an end, and keeps to the way it began (5.2).
enum class Course : std::uint8_t { open, whole, parts };

struct Digesting {
    Digest state;
    Course course = Course::open;
    bool of_a_secret = false; // a key went into it (C_DigestKey)
};

// By a key on the card or, where no secret is needed, by a public key in software.
struct KeyUse {
    std::shared_ptr<const Object> key{};
    const Mechanism* mechanism = nullptr;
    bool card_pads = false;   // the card makes the PKCS #1 or PSS block itself, and takes it away
    bool card_hashes = false; // what is signed goes to the card as it is
    PssParameters pss{};
    OaepParameters oaep{};
    AgreementParameters agreement{};
    std::optional<Digest> hashing{}; // the mechanism hashes first
    ZeroingBytes collected{};        // parts, where it does not
    Secret context_pin{};            // of C_Login(CKU_CONTEXT_SPECIFIC), sent together with the operation
    bool context_at_reader = false;  // the same, to be typed there
    Course course = Course::open;

    [[nodiscard]] bool always_authenticate() const noexcept {
        return key->pin_policy == card::PinPolicy::always;
    }
};
struct Signing : KeyUse {};
struct Decrypting : KeyUse {
    // The plain text, after a size query or a buffer that was too small: the card works once.
    std::optional<ZeroingBytes> result{};
};

struct SignRecovering : KeyUse {};
// Public key operations, of the same shape; the key is a public key.
struct Verifying : KeyUse {};
struct VerifyRecovering : KeyUse {};
struct Encrypting : KeyUse {};

using Operation = std::variant<std::monostate, Digesting, Signing, SignRecovering, Decrypting, Verifying,
                               VerifyRecovering, Encrypting>;

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
// SIGNATURE_LEN_RANGE, SIGNATURE_INVALID, and what is wrong with the data: DATA_LEN_RANGE.
[[nodiscard]] Result<void> check_signature(KeyUse& use, ByteView signature);
// The data in a signature of a mechanism that does not hash. SIGNATURE_INVALID if it is none.
[[nodiscard]] Result<Bytes> recover_data(const KeyUse& use, ByteView signature);
// DATA_LEN_RANGE; a raw number that is not below the modulus is DATA_INVALID.
[[nodiscard]] Result<Bytes> encrypted(const KeyUse& use);
[[nodiscard]] Result<CardInput> decryption_input(const KeyUse& use);
// The block the card gave back, without its padding. ENCRYPTED_DATA_INVALID.
[[nodiscard]] Result<ZeroingBytes> plain_text(const KeyUse& use, ByteView block);

} // namespace acredita::module
