// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Writing to a token: certificate, private key, key pairs made on it. Everything goes through C_CreateObject
// and C_GenerateKeyPair of our own session: libp11 0.4.12 stores RSA only, without CKA_EXTRACTABLE, and adds
// attributes to certificates that no card keeps. Needs a read-write session with the login the token asks
// for.
#pragma once

#include "pkcs11/client/handle.hpp"
#include "pkcs11/client/objects.hpp"

namespace acredita::client {

struct StoreOptions {
    Bytes id;          // CKA_ID, the same for certificate and key
    std::string label; // UTF-8
    // Our module only (CKA_ACREDITA_PLACE): this place of the card, whatever lies there now. Other modules
    // refuse it.
    std::optional<std::uint8_t> place{};
};

[[nodiscard]] Result<Object> store_certificate(Session&, ByteView der, const StoreOptions&);

// SENSITIVE, not EXTRACTABLE, PRIVATE, TOKEN, as far as the module takes a template that says so: it is tried
// in the forms and the order of Module::manners(), with a public key object before it where the module wants
// one. Parts of the key pass through locked memory only. `subject`: DER Name of the certificate, may be
// empty. store_refused with the module's last word if no form was taken, or nobody may store under this
// login.
[[nodiscard]] Result<Object> store_private_key(Session&, const EVP_PKEY* key, ByteView subject,
                                               const StoreOptions&);

struct KeyKind {
    CK_KEY_TYPE type = CKK_RSA; // CKK_RSA or CKK_EC
    unsigned bits = 0;          // of the modulus; EC: of the field (256: P-256, 384: P-384, 521: P-521)
    friend bool operator==(const KeyKind&, const KeyKind&) = default;
};
// key_type_unknown for anything but RSA and the three NIST curves.
[[nodiscard]] Result<KeyKind> kind_of(const EVP_PKEY* key);

// Some modules give what is stored an identifier of their own. Browsers pair certificate and key by it, so
// the certificate's is made the key's where they differ. What both have then.
[[nodiscard]] Result<Bytes> align_identifiers(Session&, Object certificate, Object key);

// Asks for a key without any number in it to be stored, which no token can do, before any login: a module
// that stores nothing on this card says so (function_not_supported, token_write_protected), others complain
// of the template or the missing login. False: it can store nothing here.
[[nodiscard]] Result<bool> may_store(Session&);

struct KeyPair {
    Object public_key = 0;
    Object private_key = 0;
};
[[nodiscard]] Result<KeyPair> generate_key_pair(Session&, KeyKind, const StoreOptions&);

// A public key object as OpenSSL's key.
[[nodiscard]] Result<EvpKey> public_key(Session&, Object);

} // namespace acredita::client
