// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/algorithms.hpp"

#include <algorithm>

namespace acredita::p12 {

namespace {

constexpr Pbes1Row pbes1_rows[] = {
    {"1.2.840.113549.1.12.1.1", "PBES1-SHA1-RC4-128", KdfKind::pkcs12, "SHA1", "RC4", 16, 0},
    {"1.2.840.113549.1.12.1.2", "PBES1-SHA1-RC4-40", KdfKind::pkcs12, "SHA1", "RC4-40", 5, 0},
    {"1.2.840.113549.1.12.1.3", "PBES1-SHA1-3DES", KdfKind::pkcs12, "SHA1", "DES-EDE3-CBC", 24, 0},
    {"1.2.840.113549.1.12.1.4", "PBES1-SHA1-2DES", KdfKind::pkcs12, "SHA1", "DES-EDE-CBC", 16, 0},
    {"1.2.840.113549.1.12.1.5", "PBES1-SHA1-RC2-128", KdfKind::pkcs12, "SHA1", "RC2-CBC", 16, 128},
    {"1.2.840.113549.1.12.1.6", "PBES1-SHA1-RC2-40", KdfKind::pkcs12, "SHA1", "RC2-CBC", 5, 40},
    {"1.2.840.113549.1.5.3", "PBES1-MD5-DES", KdfKind::pbkdf1, "MD5", "DES-CBC", 8, 0},
    {"1.2.840.113549.1.5.6", "PBES1-MD5-RC2-64", KdfKind::pbkdf1, "MD5", "RC2-CBC", 8, 64},
    {"1.2.840.113549.1.5.10", "PBES1-SHA1-DES", KdfKind::pbkdf1, "SHA1", "DES-CBC", 8, 0},
    {"1.2.840.113549.1.5.11", "PBES1-SHA1-RC2-64", KdfKind::pbkdf1, "SHA1", "RC2-CBC", 8, 64},
};

constexpr CipherRow cipher_rows[] = {
    {"2.16.840.1.101.3.4.1.2", "AES-128-CBC"},
    {"2.16.840.1.101.3.4.1.22", "AES-192-CBC"},
    {"2.16.840.1.101.3.4.1.42", "AES-256-CBC"},
    {"1.2.840.113549.3.7", "DES-EDE3-CBC"},
    {oid::rc2_cbc, "RC2-CBC"},
    {"1.3.14.3.2.7", "DES-CBC"},
    {"1.2.392.200011.61.1.1.1.2", "CAMELLIA-128-CBC"},
    {"1.2.392.200011.61.1.1.1.3", "CAMELLIA-192-CBC"},
    {"1.2.392.200011.61.1.1.1.4", "CAMELLIA-256-CBC"},
    {"1.2.410.200046.1.1.2", "ARIA-128-CBC"},
    {"1.2.410.200046.1.1.7", "ARIA-192-CBC"},
    {"1.2.410.200046.1.1.12", "ARIA-256-CBC"},
    {"1.2.410.200004.1.4", "SEED-CBC"},
    {"1.2.156.10197.1.104.2", "SM4-CBC"},
    {"1.3.6.1.4.1.3029.1.2", "BF-CBC"},
    {"1.2.840.113533.7.66.10", "CAST5-CBC"},
    {"2.16.840.1.101.3.4.1.3", "AES-128-OFB"},
    {"2.16.840.1.101.3.4.1.4", "AES-128-CFB"},
    {"2.16.840.1.101.3.4.1.23", "AES-192-OFB"},
    {"2.16.840.1.101.3.4.1.24", "AES-192-CFB"},
    {"2.16.840.1.101.3.4.1.43", "AES-256-OFB"},
    {"2.16.840.1.101.3.4.1.44", "AES-256-CFB"},
};

struct DigestRow {
    std::string_view oid, name;
};

constexpr DigestRow hmac_rows[] = {
    {"1.2.840.113549.2.6", "MD5"},           {"1.2.840.113549.2.7", "SHA1"},
    {"1.2.840.113549.2.8", "SHA224"},        {"1.2.840.113549.2.9", "SHA256"},
    {"1.2.840.113549.2.10", "SHA384"},       {"1.2.840.113549.2.11", "SHA512"},
    {"1.2.840.113549.2.12", "SHA512-224"},   {"1.2.840.113549.2.13", "SHA512-256"},
    {"2.16.840.1.101.3.4.2.13", "SHA3-224"}, {"2.16.840.1.101.3.4.2.14", "SHA3-256"},
    {"2.16.840.1.101.3.4.2.15", "SHA3-384"}, {"2.16.840.1.101.3.4.2.16", "SHA3-512"},
};

constexpr DigestRow digest_rows[] = {
    {"1.2.840.113549.2.4", "MD4"},
    {"1.2.840.113549.2.5", "MD5"},
    {"1.3.14.3.2.26", "SHA1"},
    {"2.16.840.1.101.3.4.2.4", "SHA224"},
    {"2.16.840.1.101.3.4.2.1", "SHA256"},
    {"2.16.840.1.101.3.4.2.2", "SHA384"},
    {"2.16.840.1.101.3.4.2.3", "SHA512"},
    {"2.16.840.1.101.3.4.2.5", "SHA512-224"},
    {"2.16.840.1.101.3.4.2.6", "SHA512-256"},
    {"2.16.840.1.101.3.4.2.7", "SHA3-224"},
    {"2.16.840.1.101.3.4.2.8", "SHA3-256"},
    {"2.16.840.1.101.3.4.2.9", "SHA3-384"},
    {"2.16.840.1.101.3.4.2.10", "SHA3-512"},
    {"1.3.36.3.2.1", "RIPEMD160"},
    {"1.0.10118.3.0.55", "WHIRLPOOL"},
    {"1.2.156.10197.1.401", "SM3"},
    {"1.3.6.1.4.1.1722.12.2.1.16", "BLAKE2B-512"},
    {"1.3.6.1.4.1.1722.12.2.2.8", "BLAKE2S-256"},
};

template <class Row, std::size_t n>
const Row* find(const Row (&rows)[n], std::string_view oid) noexcept {
    const auto* row = std::ranges::find(rows, oid, &Row::oid);
    return row == std::end(rows) ? nullptr : row;
}

} // namespace

const Pbes1Row* find_pbes1(std::string_view oid) noexcept { return find(pbes1_rows, oid); }
const CipherRow* find_cipher(std::string_view oid) noexcept { return find(cipher_rows, oid); }

std::string_view hmac_digest(std::string_view oid) noexcept {
    const auto* row = find(hmac_rows, oid);
    return row == nullptr ? std::string_view() : row->name;
}

std::string_view digest_name(std::string_view oid) noexcept {
    const auto* row = find(digest_rows, oid);
    return row == nullptr ? std::string_view() : row->name;
}

bool needs_legacy(std::string_view name) noexcept {
    constexpr std::string_view legacy[] = {"RC2-CBC", "RC4",       "RC4-40", "DES-CBC",   "SEED-CBC",
                                           "BF-CBC",  "CAST5-CBC", "MD4",    "RIPEMD160", "WHIRLPOOL"};
    return std::ranges::find(legacy, name) != std::end(legacy);
}

} // namespace acredita::p12
