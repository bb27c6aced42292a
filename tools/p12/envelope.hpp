// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a backup shows without its password, so that a person can be told before a secret is asked for.
// Errors of sniff(): everything of p12_errc that can be known this early.
#pragma once

#include "tools/p12/bags.hpp"

namespace acredita::p12 {

struct Protection {
    std::string algorithm; // "PBES2-AES-256-CBC-SHA256"; the OID if it is unknown
    std::uint64_t iterations = 0;
    std::optional<Error> refusal; // why it will not be opened
};

struct Envelope {
    bool armoured = false;    // PEM or base64
    bool indefinite = false;  // BER that is not DER, as NSS writes it
    std::size_t trailing = 0; // bytes behind the end
    MacKind mac = MacKind::none;
    std::string mac_algorithm;
    std::uint64_t mac_iterations = 0;
    std::size_t mac_salt = 0;             // bytes
    std::vector<Protection> safes;        // the encrypted ones
    std::vector<Protection> keys;         // encrypted keys that are visible
    std::size_t plain_keys = 0;           // keys in clear: whoever holds the file holds them
    std::size_t visible_certificates = 0; // certificates in clear
    AttributeHints hints;                 // of the bags in clear
    // Set where opening is bound to fail whatever the password: too_costly, unsupported_algorithm.
    std::optional<Error> refusal;
};

[[nodiscard]] Result<Envelope> sniff(ByteView file);

// The same from what is parsed already.
[[nodiscard]] Result<Envelope> envelope_of(const Pfx& pfx, bool armoured);

// The iterations that opening all visible parts takes.
[[nodiscard]] std::uint64_t cost_of(const Pfx& pfx);

// unwrap, the refusals by shape, parse_pfx: the first half of both sniff() and open().
struct Parsed {
    Pfx pfx;
    bool armoured = false;
};
[[nodiscard]] Result<Parsed> parse_file(ByteView file);

} // namespace acredita::p12
