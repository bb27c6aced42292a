// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// PW1, PW3 and the resetting code of an OpenPGP card (3.4, 4.3 and 7.2.2 to 7.2.4), with the key derivation
// that some holders switch on (KDF-DO, 4.3.2). What the card would refuse for its form never reaches it.
#pragma once

#include "firmware-profiles/dialect/openpgp_data.hpp"

namespace acredita::dialect::openpgp {

enum class Password : std::uint8_t { user, reset_code, admin };

// How passwords go over the wire.
struct Derivation {
    bool active = false;
    bool sha512 = false;
    std::uint32_t count = 0;
    std::array<Bytes, 3> salts{}; // of PW1, resetting code, PW3; of those without one PW1's is used
};

// What one connection knows of passwords beyond dialect::Memory.
struct PasswordMemory {
    std::optional<Derivation> derivation{}; // asked once in a card's life
    bool sign = false;                      // PW1 with reference 81 is verified
};

[[nodiscard]] Result<Derivation> parse_derivation(ByteView answer);
[[nodiscard]] ZeroingBytes derive(const Derivation&, Password, ByteView value);

class Passwords {
public:
    Passwords(Application& card, ApplicationData& data, PasswordMemory& memory)
        : card_(card), data_(data), memory_(memory) {}

    // 82: everything but signatures. Where PW1 serves several signatures, 81 as well, which a first success
    // makes safe.
    [[nodiscard]] Result<void> verify_user(ByteView pin);
    // 81, for the next signature.
    [[nodiscard]] Result<void> verify_for_signature(ByteView pin);
    // admin_blocked, and nothing is sent, if only one try is left.
    [[nodiscard]] Result<void> verify_admin(ByteView pin);
    [[nodiscard]] Result<void> change_user(ByteView old_pin, ByteView new_pin);
    // By the resetting code or, if the card has none, by PW3.
    [[nodiscard]] Result<void> unblock(ByteView code, ByteView new_pin);
    // PW3 is verified.
    [[nodiscard]] Result<void> set_user(ByteView new_pin);
    [[nodiscard]] Result<void> logout();

private:
    [[nodiscard]] Result<ZeroingBytes> on_wire(Password which, ByteView value);
    [[nodiscard]] bool well_formed(Password which, ByteView value) const;
    [[nodiscard]] Result<void> verify(std::uint8_t reference, Password which, ByteView value);
    // The error for an answer other than 9000; asks C4 where the status word does not tell the tries.
    [[nodiscard]] Error refusal(Password which, Step step, StatusWord sw);

    Application& card_;
    ApplicationData& data_;
    PasswordMemory& memory_;
};

} // namespace acredita::dialect::openpgp
