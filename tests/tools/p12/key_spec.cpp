// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The chosen credential: its numbers, its identity, its checks.
#include "tests/tools/p12/support.hpp"
#include "tools/p12/checks.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/bn.h>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

using Number = Handle<BIGNUM, BN_clear_free>;
using Scratch = Handle<BN_CTX, BN_CTX_free>;

Number number(ByteView bytes) {
    return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

struct Chosen {
    Folder folder;

    Credential credential(const Pair& pair) {
        auto opened = open(export_with_openssl(folder, pair, "1234"), secret("1234"));
        BOOST_REQUIRE(opened);
        return std::move(opened->credentials.at(0));
    }
    Credential ec() { return credential(make_ec_pair(folder, "ec")); }
    Credential rsa(const char* bits = "rsa:2048") {
        return credential(make_pair(folder, "rsa", {"-newkey", bits}));
    }
};

constexpr auto day = std::chrono::hours(24);

} // namespace

BOOST_FIXTURE_TEST_SUITE(chosen_credential, Chosen)

BOOST_AUTO_TEST_CASE(rsa_numbers_fit_together) {
    const auto key = load_key(rsa()).value();
    const auto numbers = rsa_numbers(key.get());
    BOOST_REQUIRE(numbers);
    const Scratch scratch(BN_CTX_new());
    const Number product(BN_new());
    const auto p = number(numbers->p.view());
    const auto q = number(numbers->q.view());
    BN_mul(product.get(), p.get(), q.get(), scratch.get());
    BOOST_TEST(BN_cmp(product.get(), number(numbers->n).get()) == 0);
    BN_mod_mul(product.get(), number(numbers->qinv.view()).get(), q.get(), p.get(), scratch.get());
    BOOST_TEST(BN_is_one(product.get()) == 1);
    BOOST_TEST(to_hex(numbers->e) == "010001");
    BOOST_TEST(numbers->d.size() > 200U);
    BOOST_TEST(numbers->dp.size() > 100U);
    BOOST_TEST(numbers->dq.size() > 100U);
}

BOOST_AUTO_TEST_CASE(ec_numbers_have_the_length_of_the_curve) {
    const auto key = load_key(ec()).value();
    const auto numbers = ec_numbers(key.get());
    BOOST_REQUIRE(numbers);
    BOOST_TEST(to_hex(numbers->parameters) == "06082A8648CE3D030107");
    BOOST_TEST(numbers->point.size() == 65U);
    BOOST_TEST(numbers->scalar.size() == 32U);
}

BOOST_AUTO_TEST_CASE(numbers_of_the_other_kind_are_refused) {
    const auto key = load_key(ec()).value();
    BOOST_TEST(outcome(rsa_numbers(key.get())) == "unsupported_key");
}

BOOST_AUTO_TEST_CASE(kind_and_size_of_the_key_are_told) {
    const auto chosen = ec();
    BOOST_TEST((chosen.key.type == KeyType::ec));
    BOOST_TEST(chosen.key.bits == 256U);
    BOOST_TEST(chosen.key.algorithm == "prime256v1");
}

BOOST_AUTO_TEST_CASE(the_identity_is_shown_masked) {
    const auto chosen = ec();
    BOOST_TEST(chosen.leaf.nif_masked == "***0000**");
    BOOST_TEST(chosen.leaf.shown_name == "EJEMPLO PRUEBA ANA - ***0000**");
    BOOST_TEST(chosen.leaf.issuer_cn == chosen.leaf.subject_cn);
    BOOST_TEST(!chosen.leaf.serial_hex.empty());
}

BOOST_AUTO_TEST_CASE(a_certificate_is_valid_between_its_dates_only) {
    const auto leaf = ec().leaf;
    BOOST_TEST((validity_at(leaf, leaf.not_before - day) == Validity::not_yet));
    BOOST_TEST((validity_at(leaf, leaf.not_before + day) == Validity::valid));
    BOOST_TEST((validity_at(leaf, leaf.not_after + day) == Validity::expired));
    BOOST_TEST((leaf.not_after - leaf.not_before == 30 * day));
}

BOOST_AUTO_TEST_CASE(a_key_that_may_only_encipher_may_not_sign) {
    KeyUsage usage;
    BOOST_TEST(may_sign(usage));
    usage.stated = usage.key_encipherment = true;
    BOOST_TEST(!may_sign(usage));
    usage.non_repudiation = true;
    BOOST_TEST(may_sign(usage));
}

BOOST_AUTO_TEST_CASE(rsa_of_1024_bits_is_weak_and_of_2048_is_not) {
    BOOST_TEST(is_weak(rsa("rsa:1024").key));
    BOOST_TEST(!is_weak(rsa().key));
}

BOOST_AUTO_TEST_CASE(what_the_key_signs_verifies_under_the_certificate) {
    BOOST_TEST(outcome(self_test(ec())) == "ok");
    BOOST_TEST(outcome(self_test(rsa())) == "ok");
    BOOST_TEST(outcome(self_test(credential(make_pair(folder, "ed", {"-newkey", "ed25519"})))) == "ok");
    BOOST_TEST(outcome(self_test(credential(make_pair(
                   folder, "pss", {"-newkey", "rsa-pss", "-pkeyopt", "rsa_keygen_bits:2048"})))) == "ok");
}

BOOST_AUTO_TEST_CASE(a_key_that_belongs_to_another_certificate_fails_its_test) {
    const auto mine = ec();
    const auto other = credential(make_ec_pair(folder, "other"));
    const auto* crypto = Crypto::shared().value();
    const auto key = load_key(mine).value();
    const auto certificate = [&](const Credential& of) {
        return load_certificate(*crypto, of.leaf.der).value();
    };
    BOOST_TEST(outcome(self_test(*crypto, key.get(), certificate(mine).get())) == "ok");
    BOOST_TEST(outcome(self_test(*crypto, key.get(), certificate(other).get())) == "self_test_failed");
}

BOOST_AUTO_TEST_SUITE_END()
