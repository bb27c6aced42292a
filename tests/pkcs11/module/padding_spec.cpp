// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Paddings against OpenSSL, which made the blocks or judges them, and the shapes that must be refused.
#include "pkcs11/module/padding.hpp"
#include "pkcs11/module/rsa_public.hpp"
#include "tests/pkcs11/module/key_pair.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/bn.h>

using namespace acredita;
using namespace acredita::module;
using namespace acredita::test;

namespace {

const auto message = as_bytes("the letter of the office");

Bytes hex(std::string_view text) { return *from_hex(text); }

using Number = std::unique_ptr<BIGNUM, Deleter<&BN_free>>;

} // namespace

BOOST_AUTO_TEST_SUITE(Paddings)

BOOST_AUTO_TEST_CASE(Digests_are_those_of_FIPS_180_4) {
    BOOST_TEST(to_hex(digest(Hash::sha1, as_bytes("abc"))) == "A9993E364706816ABA3E25717850C26C9CD0D89D");
    BOOST_TEST(to_hex(digest(Hash::sha224, as_bytes("abc"))) ==
               "23097D223405D8228642A477BDA255B32AADBCE4BDA0B3F7E36C9DA7");
    BOOST_TEST(to_hex(digest(Hash::sha256, as_bytes("abc"))) ==
               "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");
    BOOST_TEST(to_hex(digest(Hash::sha384, as_bytes("abc"))).substr(0, 24) == "CB00753F45A35E8BB5A03D69");
    BOOST_TEST(to_hex(digest(Hash::sha512, as_bytes("abc"))).substr(0, 24) == "DDAF35A193617ABACC417349");
}

BOOST_AUTO_TEST_CASE(A_pkcs1_signature_over_our_block_verifies_with_every_digest) {
    const std::pair<Hash, const char*> all[] = {{Hash::sha1, "SHA1"},
                                                {Hash::sha224, "SHA224"},
                                                {Hash::sha256, "SHA256"},
                                                {Hash::sha384, "SHA384"},
                                                {Hash::sha512, "SHA512"}};
    for (const auto& [hash, name] : all) {
        const auto block = pad_pkcs1(concat({digest_info_prefix(hash), digest(hash, message)}), 256);
        BOOST_REQUIRE(block.has_value());
        BOOST_TEST(rsa_pair().verifies(message, rsa_pair().raw_rsa(*block), name), name);
    }
}

BOOST_AUTO_TEST_CASE(A_pss_signature_over_our_block_verifies_with_every_digest) {
    const std::pair<Hash, const char*> all[] = {
        {Hash::sha1, "SHA1"}, {Hash::sha256, "SHA256"}, {Hash::sha512, "SHA512"}};
    for (const auto& [hash, name] : all) {
        const PssParameters parameters{hash, hash, hash_size(hash)};
        const auto block = pad_pss(digest(hash, message), parameters, 2048, Bytes(hash_size(hash), 0x5A));
        BOOST_REQUIRE(block.has_value());
        BOOST_TEST(rsa_pair().verifies(message, rsa_pair().raw_rsa(*block), name, true), name);
        BOOST_TEST(check_pss(*block, digest(hash, message), parameters, 2048));
    }
}

BOOST_AUTO_TEST_CASE(A_pss_block_of_another_message_does_not_check) {
    const PssParameters parameters{};
    const auto block = pad_pss(digest(Hash::sha256, message), parameters, 2048, Bytes(32, 1));
    BOOST_TEST(!check_pss(*block, digest(Hash::sha256, as_bytes("another")), parameters, 2048));
}

BOOST_AUTO_TEST_CASE(A_modulus_of_eight_k_plus_one_bits_gets_a_leading_zero) {
    const auto block = pad_pss(Bytes(32, 7), PssParameters{}, 2049, Bytes(32, 1));
    BOOST_REQUIRE(block.has_value());
    BOOST_TEST(block->size() == 257U);
    BOOST_TEST(block->front() == 0);
}

BOOST_AUTO_TEST_CASE(What_does_not_fit_is_refused) {
    BOOST_TEST(!pad_pkcs1(Bytes(246), 256).has_value());
    BOOST_TEST(pad_pkcs1(Bytes(245), 256).has_value());
    BOOST_TEST(!pad_pss(Bytes(64), {Hash::sha512, Hash::sha512, 64}, 1024, Bytes(64)).has_value());
}

BOOST_AUTO_TEST_CASE(Text_that_OpenSSL_encrypted_comes_out_of_both_paddings) {
    const auto secret = as_bytes("forty two");
    const auto plain = unpad_pkcs1(rsa_pair().raw_rsa(rsa_pair().encrypt(secret, false)));
    BOOST_REQUIRE(plain.has_value());
    BOOST_TEST(as_text(ByteView(*plain)) == "forty two");
    const auto oaep = unpad_oaep(rsa_pair().raw_rsa(rsa_pair().encrypt(secret, true)), OaepParameters{});
    BOOST_REQUIRE(oaep.has_value());
    BOOST_TEST(as_text(ByteView(*oaep)) == "forty two");
}

BOOST_AUTO_TEST_CASE(An_oaep_block_with_another_label_is_refused) {
    const auto block = rsa_pair().raw_rsa(rsa_pair().encrypt(as_bytes("x"), true));
    BOOST_TEST(!unpad_oaep(block, {Hash::sha1, Hash::sha1, {1}}).has_value());
}

BOOST_AUTO_TEST_CASE(Pkcs1_blocks_with_short_padding_no_separator_or_another_type_are_refused) {
    Bytes block(256, 0xAA);
    block[0] = 0;
    block[1] = 2;
    BOOST_TEST(!unpad_pkcs1(block).has_value()); // no separator
    block[9] = 0;
    BOOST_TEST(!unpad_pkcs1(block).has_value()); // seven bytes of padding
    block[9] = 0xAA;
    block[10] = 0;
    BOOST_TEST(unpad_pkcs1(block).has_value());
    block[1] = 1;
    BOOST_TEST(!unpad_pkcs1(block).has_value());
}

BOOST_AUTO_TEST_CASE(The_public_operation_undoes_the_private_one) {
    const auto block = *pad_pkcs1(message, 256);
    BOOST_TEST(rsa_public(rsa_pair().public_key, rsa_pair().raw_rsa(block)) == block,
               boost::test_tools::per_element());
    BOOST_TEST(rsa_public(rsa_pair().public_key, Bytes(256, 0xFF)).empty());
}

BOOST_AUTO_TEST_CASE(The_public_operation_is_what_OpenSSL_computes_whatever_the_sizes) {
    const std::unique_ptr<BN_CTX, Deleter<&BN_CTX_free>> context(BN_CTX_new());
    for (const int bits : {64, 65, 127, 128, 1024, 1031, 2047, 2048, 2049, 3072, 4096, 8192})
        for (const auto* exponent : {"03", "010001", "00010001", "FFFFFFFFFFFFFFFF"}) {
            const Number n(BN_new()), base(BN_new()), power(BN_new());
            const auto bytes = hex(exponent);
            const Number e(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
            BOOST_REQUIRE(BN_rand(n.get(), bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD) == 1 &&
                          BN_rand_range(base.get(), n.get()) == 1 &&
                          BN_mod_exp(power.get(), base.get(), e.get(), n.get(), context.get()) == 1);
            const int size = (bits + 7) / 8;
            const auto padded = [&](const Number& value) {
                Bytes out(static_cast<std::size_t>(size));
                BN_bn2binpad(value.get(), out.data(), size);
                return out;
            };
            card::PublicKey key;
            key.modulus = padded(n);
            key.exponent = bytes;
            BOOST_TEST((rsa_public(key, padded(base)) == padded(power)), bits << " bits, " << exponent);
        }
}
BOOST_AUTO_TEST_CASE(A_public_key_of_nonsense_gives_nothing_and_ends) {
    card::PublicKey key;
    for (const auto* modulus : {"0000000000000001", "0000000000000003", "FFFFFFFFFFFFFFFE", "01", ""})
        for (const auto* exponent : {"00", "", "01", "010000000000000000"}) {
            key.modulus = hex(modulus);
            key.exponent = hex(exponent);
            BOOST_TEST(rsa_public(key, Bytes(key.modulus.size(), 0)).size() <= 8U);
        }
}

BOOST_AUTO_TEST_CASE(A_product_is_told_from_what_is_none) {
    BOOST_TEST(is_product(hex("23"), hex("05"), hex("07")));
    BOOST_TEST(!is_product(hex("24"), hex("05"), hex("07")));
    BOOST_TEST(bit_length(hex("0100")) == 9U);
}

BOOST_AUTO_TEST_SUITE_END()
