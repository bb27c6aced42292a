// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/mac.hpp"

#include "tools/p12/algorithms.hpp"

#include <algorithm>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>

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

// An HMAC with one key, compared with the value in the file as often as one likes.
class Hmac {
public:
    static Result<Hmac> create(const Crypto& crypto, const Mac& mac, ByteView key) {
        const Handle<EVP_MAC, EVP_MAC_free> algorithm(EVP_MAC_fetch(crypto.context(), "HMAC", nullptr));
        Hmac made{Context(EVP_MAC_CTX_new(algorithm.get())), mac.value};
        auto digest = mac.hmac_digest;
        const OSSL_PARAM parameters[] = {
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), digest.size()),
            OSSL_PARAM_construct_end()};
        if (!made.context_ || EVP_MAC_init(made.context_.get(), key.data(), key.size(), parameters) != 1)
            return fail(p12_errc::crypto_failure, "HMAC");
        return made;
    }
    Result<bool> made(ByteView octets) {
        std::uint8_t computed[EVP_MAX_MD_SIZE] = {};
        std::size_t size = 0;
        if (EVP_MAC_init(context_.get(), nullptr, 0, nullptr) != 1 ||
            EVP_MAC_update(context_.get(), octets.data(), octets.size()) != 1 ||
            EVP_MAC_final(context_.get(), computed, &size, sizeof computed) != 1)
            return fail(p12_errc::crypto_failure, "HMAC");
        return size == value_.size() && CRYPTO_memcmp(computed, value_.data(), size) == 0;
    }

private:
    using Context = Handle<EVP_MAC_CTX, EVP_MAC_CTX_free>;
    Hmac(Context context, ByteView value) : context_(std::move(context)), value_(value) {}
    Context context_;
    ByteView value_;
};

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

Result<ZeroingBytes> mac_key(const Crypto& crypto, const Mac& mac, PasswordView password, Budget& budget) {
    const QuietErrors quiet;
    const auto size = digest_size(crypto, mac.hmac_digest);
    if (size == 0) return not_available(crypto, mac.hmac_digest);
    if (mac.value.size() != size) return fail(p12_errc::damaged, "MAC value");
    ACREDITA_CHECK(budget.spend(mac.kdf.cost()));
    return derive(crypto, mac.kdf, password, Purpose::mac,
                  mac.kind == MacKind::pbmac1 ? mac.kdf.key_length : size);
}

Result<bool> mac_matches(const Crypto& crypto, const Mac& mac, ByteView key, ByteView authenticated) {
    const QuietErrors quiet;
    ACREDITA_TRY(hmac, Hmac::create(crypto, mac, key));
    return hmac.made(authenticated);
}

Result<bool> one_bit_from_matching(const Crypto& crypto, const Mac& mac, ByteView key, ByteView authenticated,
                                   std::size_t at, std::size_t size) {
    const QuietErrors quiet;
    ACREDITA_TRY(hmac, Hmac::create(crypto, mac, key));
    ZeroingBytes octets(authenticated.begin(), authenticated.end());
    const auto end = std::min(octets.size(), at + size);
    for (std::size_t bit = at * 8; bit < end * 8; ++bit) {
        const auto mask = static_cast<std::uint8_t>(1U << (bit % 8));
        octets[bit / 8] ^= mask;
        ACREDITA_TRY(made, hmac.made(octets));
        if (made) return true;
        octets[bit / 8] ^= mask;
    }
    return false;
}

} // namespace acredita::p12
