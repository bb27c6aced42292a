// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/scheme.hpp"

#include "tools/p12/algorithms.hpp"
#include "tools/p12/budget.hpp"
#include "tools/p12/errc.hpp"

#include <limits>

namespace acredita::p12 {

namespace {

constexpr std::uint64_t longest_key = 64;

Result<Der> inside(ByteView element, const char* what) {
    Der outer(element);
    ACREDITA_TRY(content, outer.take(tag::sequence, what));
    return Der(content);
}

Result<Scheme> parse_pbes1(const Pbes1Row& row, const AlgorithmId& algorithm) {
    ACREDITA_TRY(parameters, inside(algorithm.parameters, "PBES1 parameters"));
    ACREDITA_TRY(salt, parameters.take(tag::octets, "PBES1 salt"));
    ACREDITA_TRY(iterations, take_number(parameters, "PBES1 iterations"));
    Scheme scheme;
    scheme.name = row.name;
    scheme.kdf = {row.kdf, std::string(row.digest), copy(salt), iterations, row.key_length, 0, 0, 0};
    scheme.cipher = row.cipher;
    scheme.key_length = row.key_length;
    scheme.rc2_bits = row.rc2_bits;
    scheme.iv_from_kdf = true;
    return scheme;
}

Result<Kdf> parse_scrypt(const AlgorithmId& algorithm) {
    ACREDITA_TRY(parameters, inside(algorithm.parameters, "scrypt parameters"));
    ACREDITA_TRY(salt, parameters.take(tag::octets, "scrypt salt"));
    Kdf kdf;
    kdf.kind = KdfKind::scrypt;
    kdf.salt = copy(salt);
    ACREDITA_TRY(n, take_number(parameters, "scrypt N"));
    ACREDITA_TRY(r, take_number(parameters, "scrypt r"));
    ACREDITA_TRY(p, take_number(parameters, "scrypt p"));
    kdf.n = n;
    kdf.r = r;
    kdf.p = p;
    if (n < 2 || (n & (n - 1)) != 0 || r == 0 || p == 0) return fail(p12_errc::damaged, "scrypt parameters");
    return kdf;
}

Result<Kdf> parse_kdf(const AlgorithmId& algorithm) {
    if (algorithm.oid == oid::pbkdf2) return parse_pbkdf2(algorithm);
    if (algorithm.oid == oid::scrypt) return parse_scrypt(algorithm);
    return fail(p12_errc::unsupported_algorithm, algorithm.oid);
}

// RC2-CBC-Parameter (RFC 8018 B.2.3): the version is a code for the effective key bits.
Result<void> parse_rc2(ByteView element, Scheme& scheme) {
    ACREDITA_TRY(parameters, inside(element, "RC2 parameters"));
    scheme.rc2_bits = 32;
    if (parameters.peek() == tag::integer) {
        ACREDITA_TRY(version, take_number(parameters, "RC2 version"));
        if (version == 160)
            scheme.rc2_bits = 40;
        else if (version == 120)
            scheme.rc2_bits = 64;
        else if (version == 58)
            scheme.rc2_bits = 128;
        else
            return fail(p12_errc::unsupported_algorithm, "RC2 version " + std::to_string(version));
    }
    ACREDITA_TRY(iv, parameters.take(tag::octets, "RC2 IV"));
    scheme.iv = copy(iv);
    scheme.key_length = scheme.kdf.key_length != 0 ? scheme.kdf.key_length : scheme.rc2_bits / 8;
    return {};
}

Result<Scheme> parse_pbes2(const AlgorithmId& algorithm) {
    ACREDITA_TRY(parameters, inside(algorithm.parameters, "PBES2 parameters"));
    ACREDITA_TRY(derivation, take_algorithm(parameters, "PBES2 key derivation"));
    ACREDITA_TRY(encryption, take_algorithm(parameters, "PBES2 cipher"));
    ACREDITA_TRY(kdf, parse_kdf(derivation));
    const auto* cipher = find_cipher(encryption.oid);
    if (cipher == nullptr) return fail(p12_errc::unsupported_algorithm, encryption.oid);
    Scheme scheme;
    scheme.name = "PBES2-" + std::string(cipher->name) + (kdf.digest.empty() ? "-scrypt" : "-" + kdf.digest);
    scheme.kdf = std::move(kdf);
    scheme.cipher = cipher->name;
    if (encryption.oid == oid::rc2_cbc) {
        ACREDITA_CHECK(parse_rc2(encryption.parameters, scheme));
        return scheme;
    }
    // NSS up to 3.21 names AES-128 with a key length of 32 bytes, and means AES-256.
    const auto given = scheme.kdf.key_length;
    if (scheme.cipher.starts_with("AES-") && scheme.cipher.ends_with("-CBC") &&
        (given == 16 || given == 24 || given == 32))
        scheme.cipher = "AES-" + std::to_string(given * 8) + "-CBC";
    const bool any_length = scheme.cipher == "BF-CBC" || scheme.cipher == "CAST5-CBC";
    if (any_length) scheme.key_length = given;
    Der iv_element(encryption.parameters);
    // CAST5CBCParameters (RFC 2984 2.4) has the length of the key behind the IV; OpenSSL writes the IV alone.
    if (iv_element.peek() == tag::sequence) {
        ACREDITA_TRY(within, inside(encryption.parameters, "cipher parameters"));
        iv_element = within;
    }
    ACREDITA_TRY(iv, iv_element.take(tag::octets, "cipher IV"));
    scheme.iv = copy(iv);
    return scheme;
}

} // namespace

std::uint64_t Kdf::cost() const noexcept {
    constexpr auto never = std::numeric_limits<std::uint64_t>::max();
    if (kind != KdfKind::scrypt) return iterations;
    if (n > most_scrypt_memory || r > most_scrypt_memory || p > 64) return never;
    if (128 * n * r > most_scrypt_memory || 128 * r * p > most_scrypt_memory) return never;
    return n * r * p;
}

Result<Kdf> parse_pbkdf2(const AlgorithmId& algorithm) {
    ACREDITA_TRY(parameters, inside(algorithm.parameters, "PBKDF2 parameters"));
    ACREDITA_TRY(salt, parameters.take(tag::octets, "PBKDF2 salt"));
    Kdf kdf;
    kdf.kind = KdfKind::pbkdf2;
    kdf.salt = copy(salt);
    ACREDITA_TRY(iterations, take_number(parameters, "PBKDF2 iterations"));
    if (iterations == 0) return fail(p12_errc::damaged, "PBKDF2 iterations");
    kdf.iterations = iterations;
    if (parameters.peek() == tag::integer) {
        ACREDITA_TRY(length, take_number(parameters, "PBKDF2 key length"));
        if (length == 0 || length > longest_key) return fail(p12_errc::damaged, "PBKDF2 key length");
        kdf.key_length = static_cast<std::size_t>(length);
    }
    kdf.digest = "SHA1";
    if (!parameters.at_end()) {
        ACREDITA_TRY(prf, take_algorithm(parameters, "PBKDF2 PRF"));
        const auto digest = hmac_digest(prf.oid);
        if (digest.empty()) return fail(p12_errc::unsupported_algorithm, prf.oid);
        kdf.digest = digest;
    }
    return kdf;
}

Result<Scheme> parse_scheme(const AlgorithmId& algorithm) {
    if (const auto* row = find_pbes1(algorithm.oid)) {
        ACREDITA_TRY(scheme, parse_pbes1(*row, algorithm));
        if (scheme.kdf.iterations == 0) return fail(p12_errc::damaged, "PBES1 iterations");
        return std::move(scheme);
    }
    if (algorithm.oid == oid::pbes2) return parse_pbes2(algorithm);
    return fail(p12_errc::unsupported_algorithm, algorithm.oid);
}

} // namespace acredita::p12
