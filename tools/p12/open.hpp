// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Opening a backup: the whole road from bytes to credentials.
//
// open() succeeds only if at least one private key with its certificate was found; examine() also describes
// backups that hold less. Nothing is ever chosen for the person: all keys are listed. Keys and certificates
// are paired by public key alone, chains ordered by issuer and signature; names and ids inside of the file
// are not believed. Everything that was decrypted lives in Secret or ZeroingBytes. Work is limited by Budget,
// and may take seconds.
#pragma once

#include "tools/p12/budget.hpp"
#include "tools/p12/certificate.hpp"
#include "tools/p12/envelope.hpp"
#include "tools/p12/errc.hpp"
#include "tools/p12/key_health.hpp"
#include "tools/p12/passwords.hpp"

#include <stop_token>

namespace acredita::p12 {

// One private key with one certificate of its public key. A key with two certificates makes two credentials.
struct Credential {
    Secret pkcs8; // PrivateKeyInfo, DER
    KeyFacts key;
    Certificate leaf;
    std::vector<Bytes> chain;      // issuer upwards, without the leaf
    bool chain_complete = false;   // it ends in a self-signed certificate
    std::size_t chain_shipped = 0; // its last certificates that are not from the backup but from this program
    KeyHealth health;
};

struct LoneKey {
    Secret pkcs8;
    KeyFacts key;
};

enum class Warning {
    no_mac,                 // nothing proves that the file is unaltered
    password_not_as_typed,  // another reading of it opened the file: Opened::form
    trailing_bytes,         // something stands behind the backup's end
    plain_key,              // a key lies in the file unprotected
    key_in_attribute,       // the same, in a place where nobody looks: whoever holds the file holds the key
    locked_content,         // some keys or safes have another password
    unreadable_key,         // some keys are of an unknown kind or damaged
    unreadable_certificate, // some certificates are damaged
    skipped_content,        // revocation lists, secrets and the like
    memory_not_locked,      // the system did not let all secrets be kept from the swap space
};

struct Opened {
    Envelope envelope;
    std::optional<PasswordForm> form; // empty if no password was needed
    std::vector<Credential> credentials;
    std::vector<LoneKey> lone_keys;             // without a certificate of theirs
    std::vector<Certificate> lone_certificates; // neither a leaf nor part of a chain
    std::size_t keys = 0;                       // different ones, locked ones not counted
    std::size_t certificates = 0;               // different ones
    std::size_t repeated_certificates = 0;      // further copies of those
    std::size_t locked_keys = 0;
    std::size_t locked_safes = 0;
    std::optional<Error> first_lock; // why the first of those did not open
    std::vector<Warning> warnings;   // each once
};

struct OpenOptions {
    const Secret* key_passphrase = nullptr; // for keys and safes that have a password of their own
    const Crypto* crypto = nullptr;         // nullptr: Crypto::shared()
    std::stop_token stop;                   // asked between derivations
    ProgressListener progress;              // told before each derivation
    bool second_look = true;                // false: a MAC that does not match is a wrong password, unproven
};

[[nodiscard]] Result<Opened> examine(ByteView file, const Secret& passphrase,
                                     const OpenOptions& options = {});
[[nodiscard]] Result<Opened> open(ByteView file, const Secret& passphrase, const OpenOptions& options = {});

// Why examined contents cannot serve as a credential: key_password_differs, no_private_key, no_certificate,
// unsupported_key, key_certificate_mismatch, ...
[[nodiscard]] Result<void> require_credential(const Opened& opened);

// For the program that writes the card. The private numbers lie in OpenSSL's locked heap, which the first call makes.
[[nodiscard]] Result<KeyHandle> load_key(const Credential& credential);

} // namespace acredita::p12
