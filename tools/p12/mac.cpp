// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/mac.hpp"

#include "tools/p12/algorithms.hpp"

#include <algorithm>

#include <openssl/crypto.h>

namespace acredita::p12 {

namespace {

constexpr std::size_t shortest_pbmac1_key = 20;

// The functions RFC 9579 is written for; whatever else an OID may name is not tried.
bool fits_pbmac1(std::string_view digest) {
    constexpr std::string_view known[] = {"SHA1", "SHA224", "SHA256", "SHA384", "SHA512"};
    return std::ranges::find(known, digest) != std::end(known);
}

Result<Mac> parse_pbmac1(const AlgorithmId& algorithm, ByteView value) {
    Der outer(algorithm.parameters);
    ACREDITA_TRY(content, outer.take(tag::sequence, "PBMAC1 parameters"));
    Der parameters(content);
    ACREDITA_TRY(derivation, take_algorithm(parameters, "PBMAC1 key derivation"));
    ACREDITA_TRY(scheme, take_algorithm(parameters, "PBMAC1 MAC"));
    if (derivation.oid != oid::pbkdf2) return fail(p12_errc::unsupported_algorithm, derivation.oid);
    const auto digest = hmac_digest(scheme.oid);
    if (!fits_pbmac1(digest)) return fail(p12_errc::unsupported_algorithm, scheme.oid);
    ACREDITA_TRY(kdf, parse_pbkdf2(derivation));
    if (!fits_pbmac1(kdf.digest)) return fail(p12_errc::unsupported_algorithm, kdf.digest);
    if (kdf.key_length < shortest_pbmac1_key) return fail(p12_errc::damaged, "PBMAC1 key length");
    return Mac{MacKind::pbmac1, "PBMAC1-" + std::string(digest), std::move(kdf), std::string(digest),
               copy(value)};
}

std::size_t digest_size(const Crypto& crypto, const std::string& name) {
    const Handle<EVP_MD, EVP_MD_free> digest(EVP_MD_fetch(crypto.context(), name.c_str(), nullptr));
    return digest ? static_cast<std::size_t>(EVP_MD_get_size(digest.get())) : 0;
}

} // namespace

Result<Mac> parse_mac(ByteView mac_data) {
    Der parts(mac_data);
    ACREDITA_TRY(info, parts.take(tag::sequence, "MAC"));
    Der digest_info(info);
    ACREDITA_TRY(algorithm, take_algorithm(digest_info, "MAC algorithm"));
    ACREDITA_TRY(value, digest_info.take(tag::octets, "MAC value"));
    if (algorithm.oid == oid::pbmac1) return parse_pbmac1(algorithm, value);

    const auto digest = digest_name(algorithm.oid);
    if (digest.empty()) return fail(p12_errc::unsupported_algorithm, algorithm.oid);
    ACREDITA_TRY(salt, parts.take(tag::octets, "MAC salt"));
    Mac mac{MacKind::pkcs12, std::string(digest), {}, std::string(digest), copy(value)};
    mac.kdf.digest = digest;
    mac.kdf.salt = copy(salt);
    if (!parts.at_end()) {
        ACREDITA_TRY(iterations, take_number(parts, "MAC iterations"));
        if (iterations == 0) return fail(p12_errc::damaged, "MAC iterations");
        mac.kdf.iterations = iterations;
    }
    return mac;
}

Result<bool> mac_matches(const Crypto& crypto, const Mac& mac, ByteView authenticated, PasswordView password,
                         Budget& budget) {
    const QuietErrors quiet;
    const auto size = digest_size(crypto, mac.hmac_digest);
    if (size == 0) return not_available(crypto, mac.hmac_digest);
    if (mac.value.size() != size) return fail(p12_errc::damaged, "MAC value");
    ACREDITA_CHECK(budget.spend(mac.kdf.cost()));
    const auto key_size = mac.kind == MacKind::pbmac1 ? mac.kdf.key_length : size;
    ACREDITA_TRY(key, derive(crypto, mac.kdf, password, Purpose::mac, key_size));

    std::uint8_t computed[EVP_MAX_MD_SIZE] = {};
    std::size_t written = 0;
    if (EVP_Q_mac(crypto.context(), "HMAC", nullptr, mac.hmac_digest.c_str(), nullptr, key.data(), key.size(),
                  authenticated.data(), authenticated.size(), computed, sizeof computed, &written) == nullptr)
        return fail(p12_errc::crypto_failure, "HMAC");
    return written == size && CRYPTO_memcmp(computed, mac.value.data(), size) == 0;
}

} // namespace acredita::p12
