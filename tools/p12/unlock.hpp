// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Finds the reading of the password that made the MAC, and opens safes and keys with it.
//
// That the password is wrong is known after one derivation for each of its readings. A MAC that does not
// match may also mean that the file was altered. No single derivation can tell, because a salt that was
// changed leaves no trace but a key that fits nothing: so one content is tried as well, with the password as
// typed (and, where that differs, as Windows-1252, or as nothing at all). The alteration that would spoil
// that very try, a bit of the content's own salt, is looked for with the keys of the MAC that were derived
// already. A content that does not open under a MAC that matches has a password of its own.
#pragma once

#include "tools/p12/decrypt.hpp"
#include "tools/p12/passwords.hpp"
#include "tools/p12/pfx.hpp"

namespace acredita::p12 {

class Unlocker {
public:
    Unlocker(const Crypto& crypto, Budget budget, const Secret& passphrase, const Secret* key_passphrase,
             bool second_look = true);

    // Errors: wrong_password, altered, and those of mac_key(). A file without a MAC passes unproven.
    [[nodiscard]] Result<void> verify(const Pfx& pfx);

    // The rewritten plain text. Errors: key_password_differs, cannot_decrypt, and those of decrypt().
    [[nodiscard]] Result<ZeroingBytes> unseal(const AlgorithmId& algorithm, ByteView ciphertext);

    // The reading that was proven, by the MAC or by what it opened.
    [[nodiscard]] std::optional<PasswordForm> form() const noexcept { return form_; }

private:
    [[nodiscard]] Result<bool> is_altered(const Pfx& pfx, const std::vector<ZeroingBytes>& mac_keys);
    [[nodiscard]] Result<bool> opens(const Scheme& scheme, ByteView ciphertext);
    [[nodiscard]] std::vector<const Candidate*> readings() const;
    [[nodiscard]] Result<std::optional<ZeroingBytes>> try_all(const Scheme& scheme, ByteView ciphertext);

    const Crypto& crypto_;
    Budget budget_;
    std::vector<Candidate> candidates_;
    std::vector<Candidate> key_candidates_;
    const Candidate* matched_ = nullptr;
    std::optional<PasswordForm> form_;
    bool has_mac_ = false;
    bool old_nss_ = false;
    bool second_look_ = true;
};

} // namespace acredita::p12
