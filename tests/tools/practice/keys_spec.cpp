// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/practice/card_of.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>

using namespace acredita;
using namespace acredita::practice::piv;
using acredita::test::CardOf;

namespace {

CardOf unlocked(const std::string& spec = "piv") {
    CardOf card(spec);
    BOOST_REQUIRE(card.unlock());
    return card;
}

Bytes part(const Key& key, const char* name, std::size_t width) {
    BIGNUM* raw = nullptr;
    BOOST_REQUIRE(EVP_PKEY_get_bn_param(key.get(), name, &raw) == 1);
    Bytes out(width);
    BN_bn2binpad(raw, out.data(), static_cast<int>(width));
    BN_clear_free(raw);
    return out;
}

Bytes rsa_import(const Key& key) {
    Bytes out;
    const auto half = static_cast<std::size_t>(EVP_PKEY_get_size(key.get())) / 2;
    append_tlv(out, 0x01, part(key, OSSL_PKEY_PARAM_RSA_FACTOR1, half));
    append_tlv(out, 0x02, part(key, OSSL_PKEY_PARAM_RSA_FACTOR2, half));
    append_tlv(out, 0x03, part(key, OSSL_PKEY_PARAM_RSA_EXPONENT1, half));
    append_tlv(out, 0x04, part(key, OSSL_PKEY_PARAM_RSA_EXPONENT2, half));
    append_tlv(out, 0x05, part(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, half));
    return out;
}

Bytes sign_request(const Bytes& input) {
    return make_tlv(0x7C, concat({make_tlv(0x82, {}), make_tlv(0x81, input)}));
}

// The number below the modulus that the public key brings back.
bool rsa_verifies(const Key& key, const Bytes& input, ByteView signature) {
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new(key.get(), nullptr), &EVP_PKEY_CTX_free);
    Bytes out(input.size());
    auto size = out.size();
    EVP_PKEY_encrypt_init(context.get());
    EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING);
    return EVP_PKEY_encrypt(context.get(), out.data(), &size, signature.data(), signature.size()) == 1 &&
           out == input;
}

bool ecdsa_verifies(const Key& key, const Bytes& hash, ByteView signature) {
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new(key.get(), nullptr), &EVP_PKEY_CTX_free);
    EVP_PKEY_verify_init(context.get());
    return EVP_PKEY_verify(context.get(), signature.data(), signature.size(), hash.data(), hash.size()) == 1;
}

Bytes raw_input(std::size_t size) {
    Bytes input(size, 0x11);
    input[0] = 0;
    return input;
}

struct Rsa {
    const char* spec;
    std::uint8_t algorithm;
    std::size_t size;
};
std::ostream& operator<<(std::ostream& out, const Rsa& one) { return out << one.size * 8; }
const std::vector<Rsa> rsa_keys{{"piv", rsa1024, 128},
                                {"piv", rsa2048, 256},
                                {"piv:firmware=5.7,admin=3des", rsa3072, 384},
                                {"piv:firmware=5.7,admin=3des", rsa4096, 512}};

} // namespace

BOOST_AUTO_TEST_SUITE(practice_piv_keys)

BOOST_DATA_TEST_CASE(an_imported_rsa_key_signs, rsa_keys) {
    auto card = unlocked(sample.spec);
    const auto key = generate_key(sample.algorithm);
    BOOST_TEST(card.with_data(0xFE, sample.algorithm, 0x9A, rsa_import(key)) == "9000");
    (void)card.verify();
    const auto input = raw_input(sample.size);
    const auto answer = card.raw_with_data(0x87, sample.algorithm, 0x9A, sign_request(input));
    const auto signature = find_tlv(answer, {0x7C, 0x82});
    BOOST_REQUIRE(signature.has_value());
    BOOST_TEST(rsa_verifies(key, input, *signature));
}

BOOST_AUTO_TEST_CASE(an_imported_elliptic_key_signs_and_agrees) {
    for (const auto& [algorithm, size] : {std::pair{p256, 32U}, std::pair{p384, 48U}}) {
        auto card = unlocked();
        const auto key = generate_key(algorithm);
        const auto peer = generate_key(algorithm);
        BOOST_TEST(card.with_data(0xFE, algorithm, 0x9D,
                                  make_tlv(0x06, part(key, OSSL_PKEY_PARAM_PRIV_KEY, size))) == "9000");
        (void)card.verify();
        const Bytes hash(size, 0x22);
        const auto signed_hash = card.raw_with_data(0x87, algorithm, 0x9D, sign_request(hash));
        BOOST_TEST(ecdsa_verifies(key, hash, find_tlv(signed_hash, {0x7C, 0x82}).value()));
        const auto peer_public = public_template(peer, algorithm);
        const auto point = find_tlv(peer_public, 0x86).value();
        const auto agreed = card.raw_with_data(
            0x87, algorithm, 0x9D, make_tlv(0x7C, concat({make_tlv(0x82, {}), make_tlv(0x85, point)})));
        const auto own_public = public_template(key, algorithm);
        const auto own_point = find_tlv(own_public, 0x86).value();
        BOOST_TEST(equal(find_tlv(agreed, {0x7C, 0x82}).value(), ecdh(peer, algorithm, own_point).value()));
    }
}

BOOST_AUTO_TEST_CASE(a_generated_key_is_told_in_the_answer_and_in_the_metadata) {
    auto card = unlocked();
    const auto answer = card.raw(from_hex("0047009A 05 AC03800111 00").value());
    const auto told = find_tlv(answer, 0x7F49);
    BOOST_REQUIRE(told.has_value());
    const auto metadata = card.raw(from_hex("00F7009A00").value());
    BOOST_TEST(equal(find_tlv(metadata, 0x04).value(), *told));
    BOOST_TEST(to_hex(find_tlv(metadata, 0x01).value()) == "11");
    BOOST_TEST(to_hex(find_tlv(metadata, 0x02).value()) == "0201");
    BOOST_TEST(to_hex(find_tlv(metadata, 0x03).value()) == "01");
}

BOOST_AUTO_TEST_CASE(keys_come_only_with_the_administration_key) {
    CardOf card;
    BOOST_TEST(card.send("0047009A 05 AC03800111") == "6982");
    BOOST_TEST(card.send("00FE119A 03 060100") == "6982");
}

BOOST_AUTO_TEST_CASE(an_incomplete_or_contradictory_key_is_refused) {
    auto card = unlocked();
    const auto key = generate_key(rsa1024);
    auto parts = rsa_import(key);
    BOOST_TEST(card.with_data(0xFE, rsa1024, 0x9A, {parts.begin(), parts.end() - 66}) == "6A80");
    parts[150] ^= 0x01;
    BOOST_TEST(card.with_data(0xFE, rsa1024, 0x9A, parts) == "6A80");
    BOOST_TEST(card.with_data(0xFE, p256, 0x9A, make_tlv(0x06, Bytes(31, 1))) == "6A80");
    BOOST_TEST(card.with_data(0xFE, p256, 0x9A, make_tlv(0x06, Bytes(32, 0))) == "6A80");
}

BOOST_AUTO_TEST_CASE(unknown_algorithms_slots_and_policies_are_refused) {
    auto card = unlocked();
    BOOST_TEST(card.send("00FE169A 03 060100") == "6A86");
    BOOST_TEST(card.send("00FE1199 03 060100") == "6A86");
    BOOST_TEST(card.send("0047009A 05 AC038001E0") == "6A80");
    BOOST_TEST(card.send("0047009A 08 AC06800111AA0109") == "6A80");
    auto applet = unlocked("piv:firmware=pivapplet");
    BOOST_TEST(applet.send("0047009A 08 AC06800111AB0102") == "6A81");
    BOOST_TEST(applet.send("0047008D 05 AC03800111") == "6A86");
}

BOOST_AUTO_TEST_CASE(a_key_of_policy_once_signs_again_and_again) {
    auto card = unlocked();
    (void)card.send("0047009A 05 AC03800111");
    const auto request = sign_request(Bytes(32, 1));
    BOOST_TEST(card.with_data(0x87, p256, 0x9A, request) == "6982");
    (void)card.verify();
    (void)card.send("00CB3FFF 03 5C017E");
    BOOST_TEST(test::status_of(card.with_data(0x87, p256, 0x9A, request)) == "9000");
    BOOST_TEST(test::status_of(card.with_data(0x87, p256, 0x9A, request)) == "9000");
}

BOOST_AUTO_TEST_CASE(a_key_of_policy_always_wants_the_pin_in_the_command_before) {
    auto card = unlocked();
    (void)card.send("0047009C 05 AC03800111");
    const auto request = sign_request(Bytes(32, 1));
    (void)card.verify();
    BOOST_TEST(test::status_of(card.with_data(0x87, p256, 0x9C, request)) == "9000");
    BOOST_TEST(card.with_data(0x87, p256, 0x9C, request) == "6982");
    (void)card.verify();
    (void)card.send("00CB3FFF 03 5C017E");
    BOOST_TEST(card.with_data(0x87, p256, 0x9C, request) == "6982");
}

BOOST_AUTO_TEST_CASE(a_chained_signature_after_the_pin_is_one_command) {
    auto card = unlocked();
    const auto key = generate_key(rsa2048);
    (void)card.with_data(0xFE, rsa2048, 0x9C, rsa_import(key));
    (void)card.verify();
    const auto request = sign_request(raw_input(256));
    BOOST_TEST(card.send(concat({from_hex("1087079CFF").value(), ByteView(request).first(255)})) == "9000");
    const auto rest = ByteView(request).subspan(255);
    const auto last = card.send(concat(
        {from_hex("0087079C").value(), Bytes{static_cast<std::uint8_t>(rest.size())}, rest, Bytes{0}}));
    BOOST_TEST(test::status_of(last) == "6108");
}

BOOST_AUTO_TEST_CASE(a_key_of_policy_never_wants_no_pin) {
    auto card = unlocked();
    (void)card.send("0047009E 05 AC03800111");
    BOOST_TEST(test::status_of(card.with_data(0x87, p256, 0x9E, sign_request(Bytes(32, 1)))) == "9000");
}

BOOST_AUTO_TEST_CASE(a_faulty_card_signs_without_its_pin) {
    auto card = unlocked("piv:faulty=sign-without-pin");
    (void)card.send("0047009A 05 AC03800111");
    card.reset();
    BOOST_TEST(test::status_of(card.with_data(0x87, p256, 0x9A, sign_request(Bytes(32, 1)))) == "9000");
}

BOOST_AUTO_TEST_CASE(an_empty_slot_has_no_key) {
    CardOf card;
    BOOST_TEST(card.with_data(0x87, p256, 0x9A, sign_request(Bytes(32, 1))) == "6A88");
    BOOST_TEST(card.send("00F7009A") == "6A88");
}

BOOST_AUTO_TEST_CASE(input_of_another_size_than_the_key_is_refused) {
    auto card = unlocked();
    (void)card.with_data(0xFE, rsa1024, 0x9E, rsa_import(generate_key(rsa1024)));
    BOOST_TEST(card.with_data(0x87, rsa1024, 0x9E, sign_request(Bytes(127))) == "6A80");
    BOOST_TEST(card.with_data(0x87, rsa2048, 0x9E, sign_request(Bytes(128))) == "6A86");
}

BOOST_AUTO_TEST_CASE(a_key_moves_and_goes) {
    auto card = unlocked("piv:firmware=5.7,admin=3des");
    (void)card.send("0047009E 05 AC03800111");
    BOOST_TEST(card.send("00F6829E") == "9000");
    BOOST_TEST(card.send("00F7009E") == "6A88");
    BOOST_TEST(test::status_of(card.send("00F70082")) == "9000");
    BOOST_TEST(card.send("00F6FF82") == "9000");
    BOOST_TEST(card.send("00F70082") == "6A88");
    BOOST_TEST(unlocked().send("00F6FF9E") == "6D00");
}

BOOST_AUTO_TEST_CASE(pivapplet_cannot_report_an_imported_key) {
    auto card = unlocked("piv:firmware=pivapplet");
    (void)card.with_data(0xFE, p256, 0x9A, make_tlv(0x06, Bytes(32, 1)));
    BOOST_TEST(card.send("00F7009A") == "6F00");
}

BOOST_AUTO_TEST_SUITE_END()
