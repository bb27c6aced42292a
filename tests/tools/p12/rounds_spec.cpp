// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Our loops of PBKDF2 and of the KDF of PKCS#12 beside OpenSSL's.
#include "tests/tools/p12/support.hpp"
#include "tools/p12/rounds.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <openssl/core_names.h>
#include <openssl/kdf.h>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

Bytes by_openssl(const char* name, const Rounds& rounds, int id) {
    const Handle<EVP_KDF, EVP_KDF_free> kdf(EVP_KDF_fetch(nullptr, name, nullptr));
    const Handle<EVP_KDF_CTX, EVP_KDF_CTX_free> context(EVP_KDF_CTX_new(kdf.get()));
    auto digest = std::string(rounds.digest);
    auto iterations = rounds.iterations;
    Bytes password = copy(rounds.password), salt = copy(rounds.salt);
    password.push_back(0); // never a null pointer
    salt.push_back(0);
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), digest.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, password.data(), rounds.password.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.data(), rounds.salt.size()),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_ITER, &iterations),
        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_PKCS12_ID, &id),
        OSSL_PARAM_construct_end(),
    };
    Bytes key(rounds.length);
    BOOST_REQUIRE(EVP_KDF_derive(context.get(), key.data(), key.size(), parameters) == 1);
    return key;
}

Bytes octets(std::size_t size, unsigned seed) {
    Bytes bytes;
    for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(seed * 151 + i * 89));
    return bytes;
}

const char* const digests[] = {"SHA1", "SHA256", "SHA384", "SHA512"};

template <class Check>
void for_many(const char* digest, Check check) {
    unsigned seed = 0;
    for (const std::size_t password : {0U, 1U, 10U, 63U, 64U, 65U, 128U, 129U, 300U})
        for (const std::size_t salt : {0U, 1U, 8U, 20U, 64U, 200U})
            for (const std::size_t length : {1U, 16U, 20U, 24U, 33U, 64U, 130U})
                for (const std::uint64_t iterations : {1U, 2U, 17U}) {
                    const auto word = octets(password, ++seed), grain = octets(salt, ++seed);
                    check(Rounds{digest, word, grain, iterations, length});
                }
}

} // namespace

BOOST_AUTO_TEST_SUITE(derivations)

BOOST_DATA_TEST_CASE(by_pbkdf2_are_what_openssl_derives, boost::unit_test::data::make(digests), digest) {
    for_many(digest, [](const Rounds& rounds) {
        const auto ours = pbkdf2(rounds);
        BOOST_REQUIRE(ours);
        BOOST_REQUIRE(equal(*ours, by_openssl("PBKDF2", rounds, 0)));
    });
}

BOOST_DATA_TEST_CASE(by_the_kdf_of_pkcs12_are_what_openssl_derives, boost::unit_test::data::make(digests),
                     digest) {
    for (const int id : {1, 2, 3})
        for_many(digest, [&](const Rounds& rounds) {
            if (rounds.password.empty() && rounds.salt.empty()) return; // OpenSSL fails on nothing at all
            const auto ours = pkcs12_kdf(rounds, static_cast<std::uint8_t>(id));
            BOOST_REQUIRE(ours);
            BOOST_REQUIRE(equal(*ours, by_openssl("PKCS12KDF", rounds, id)));
        });
}

// RFC 7914 11, the second vector of PBKDF2-HMAC-SHA-256.
BOOST_AUTO_TEST_CASE(of_a_published_vector_come_out) {
    const auto key = pbkdf2({"SHA256", as_bytes("Password"), as_bytes("NaCl"), 80000, 64});
    BOOST_REQUIRE(key);
    BOOST_TEST(to_hex(*key) == "4DDCD8F60B98BE21830CEE5EF22701F9641A4418D04C0414AEFF08876B34AB56"
                               "A1D425A1225833549ADB841B51C9B3176A272BDEBBA1D078478F62B397F33C8D");
}

BOOST_AUTO_TEST_CASE(with_other_digests_are_left_to_openssl) {
    BOOST_TEST(!pbkdf2({"SHA3-256", {}, {}, 1, 1}).has_value());
    BOOST_TEST(!pkcs12_kdf({"MD5", {}, {}, 1, 1}, 1).has_value());
}

BOOST_AUTO_TEST_CASE(by_hash_alone_are_what_everybody_gets) {
    BOOST_TEST(to_hex(sha256(as_bytes("abc"))) ==
               "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");
}

BOOST_AUTO_TEST_SUITE_END()
