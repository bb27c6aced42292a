// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The visible structure of a backup (RFC 7292 4, RFC 5652 6 and 8): what can be read without a password,
// checked against the limits before anything is computed. Views point into the buffers the Pfx itself owns.
// Errors: truncated, damaged, unsupported_algorithm, public_key_protected.
#pragma once

#include "pcsc/base/secret.hpp"
#include "tools/p12/scheme.hpp"

namespace acredita::p12 {

enum class MacKind { none, pkcs12, pbmac1 };

struct Mac {
    MacKind kind = MacKind::none;
    std::string name; // "SHA256", "PBMAC1-SHA256"
    Kdf kdf;
    std::string hmac_digest;
    Bytes value;
};

// One ContentInfo of the AuthenticatedSafe.
struct Safe {
    std::optional<AlgorithmId> algorithm; // absent: not encrypted
    ZeroingBytes content;                 // ciphertext, or the rewritten SafeContents
};

struct Pfx {
    ZeroingBytes der;       // the file, rewritten
    ZeroingBytes contents;  // AuthenticatedSafe, rewritten: what the algorithms below look into
    ByteView authenticated; // the octets the MAC is over
    Mac mac;
    std::vector<Safe> safes;
    std::size_t trailing = 0;
    bool rewritten = false;
};

[[nodiscard]] Result<Pfx> parse_pfx(ByteView file);

// EncryptedPrivateKeyInfo or the inside of EncryptedData: an algorithm and a ciphertext.
struct Sealed {
    AlgorithmId algorithm;
    ByteView ciphertext;
};

} // namespace acredita::p12
