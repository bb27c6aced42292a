// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/cipher.hpp"
#include "firmware-profiles/dialect/public_key.hpp"
#include "firmware-profiles/dialect/status.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::card;
using namespace acredita::dialect;

namespace {
Bytes hex(std::string_view text) { return from_hex(text).value(); }
std::string spelled(const ZeroingBytes& bytes) { return to_hex({bytes.data(), bytes.size()}); }
} // namespace

BOOST_AUTO_TEST_SUITE(dialect_values)

// NIST SP 800-67 (three keys, first block of its example) and FIPS 197 appendix C.
BOOST_AUTO_TEST_CASE(ciphers_agree_with_the_published_vectors) {
    struct Vector {
        std::uint8_t algorithm;
        std::string_view key, clear, secret;
    };
    constexpr Vector vectors[] = {
        {0x03, "0123456789ABCDEF23456789ABCDEF01456789ABCDEF0123", "5468652071756663", "A826FD8CE53B855F"},
        {0x08, "000102030405060708090A0B0C0D0E0F", "00112233445566778899AABBCCDDEEFF",
         "69C4E0D86A7B0430D8CDB78070B4C55A"},
        {0x0A, "000102030405060708090A0B0C0D0E0F1011121314151617", "00112233445566778899AABBCCDDEEFF",
         "DDA97CA4864CDFE06EAF70A0EC0D7191"},
        {0x0C, "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F",
         "00112233445566778899AABBCCDDEEFF", "8EA2B7CA516745BFEAFC49904B496089"},
    };
    for (const auto& one : vectors) {
        BOOST_TEST(spelled(cipher_block(one.algorithm, hex(one.key), hex(one.clear), Direction::encrypt)) ==
                   one.secret);
        BOOST_TEST(spelled(cipher_block(one.algorithm, hex(one.key), hex(one.secret), Direction::decrypt)) ==
                   one.clear);
    }
}

BOOST_AUTO_TEST_CASE(a_key_or_block_of_another_size_is_no_cipher) {
    BOOST_TEST(cipher_block(0x03, Bytes(16), Bytes(8), Direction::encrypt).empty());
    BOOST_TEST(cipher_block(0x08, Bytes(16), Bytes(8), Direction::encrypt).empty());
    BOOST_TEST(cipher_block(0x08, Bytes(16), Bytes(32), Direction::encrypt).empty());
    BOOST_TEST(cipher_block(0x07, Bytes(16), {}, Direction::encrypt).empty());
}

BOOST_AUTO_TEST_CASE(each_status_word_has_its_meaning) {
    struct Meaning {
        Step step;
        std::uint16_t sw;
        card_errc code;
        std::string_view detail;
    };
    using enum card_errc;
    constexpr Meaning meanings[] = {
        {Step::verify, 0x63C2, pin_incorrect, "2"},
        {Step::verify, 0x63C0, pin_blocked, "63C0"},
        {Step::verify, 0x6300, pin_incorrect, ""},
        {Step::verify, 0x6983, pin_blocked, "6983"},
        {Step::verify, 0x6984, pin_blocked, "6984"},
        {Step::verify, 0x6A80, pin_malformed, "6A80"},
        {Step::verify, 0x6700, pin_malformed, "6700"},
        {Step::change_pin, 0x63C1, pin_incorrect, "1"},
        {Step::change_pin, 0x6983, pin_blocked, "6983"},
        {Step::change_pin, 0x6985, pin_malformed, "6985"},
        {Step::change_pin, 0x6A80, pin_malformed, "6A80"},
        {Step::unblock, 0x63C2, puk_incorrect, "2"},
        {Step::unblock, 0x63C0, puk_blocked, "63C0"},
        {Step::unblock, 0x6983, puk_blocked, "6983"},
        {Step::unblock, 0x6A80, pin_malformed, "6A80"},
        {Step::admin, 0x6982, admin_key_wrong, "6982"},
        {Step::admin, 0x63C5, admin_key_wrong, "63C5"},
        {Step::admin, 0x6A86, admin_key_wrong, "6A86"},
        {Step::read, 0x6A82, object_not_found, "6A82"},
        {Step::read, 0x6982, pin_needed, "6982"},
        {Step::write, 0x6982, admin_needed, "6982"},
        {Step::write, 0x6700, object_too_large, "6700"},
        {Step::write, 0x6A84, no_room, "6A84"},
        {Step::write, 0x6A80, data_refused, "6A80"},
        {Step::write, 0x6A81, not_supported, "6A81"},
        {Step::write, 0x6581, write_failed, "6581"},
        {Step::use_key, 0x6982, pin_needed, "6982"},
        {Step::use_key, 0x6983, pin_blocked, "6983"},
        {Step::use_key, 0x6A88, key_not_found, "6A88"},
        {Step::use_key, 0x6A86, algorithm_not_supported, "6A86"},
        {Step::use_key, 0x6A80, data_refused, "6A80"},
        {Step::import, 0x6982, admin_needed, "6982"},
        {Step::import, 0x6A86, algorithm_not_supported, "6A86"},
        {Step::import, 0x6D00, not_supported, "6D00"},
        {Step::import, 0x6A80, data_refused, "6A80"},
        {Step::generate, 0x6A80, algorithm_not_supported, "6A80"},
        {Step::generate, 0x6982, admin_needed, "6982"},
        {Step::delete_key, 0x6A88, key_not_found, "6A88"},
        {Step::delete_key, 0x6982, admin_needed, "6982"},
        {Step::query, 0x6E00, not_supported, "6E00"},
        {Step::query, 0x6F00, refused, "6F00"},
        {Step::use_key, 0x6985, refused, "6985"},
    };
    for (const auto& one : meanings) {
        const auto error = judge(one.step, StatusWord{one.sw});
        BOOST_TEST_CONTEXT(one.sw) {
            BOOST_TEST(is(error, one.code), error_name(error.code));
            BOOST_TEST(error.detail == one.detail);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_signature_is_widened_to_the_field) {
    const auto raw = raw_ecdsa(hex("3008020200FF02020102"), 4);
    BOOST_TEST_REQUIRE(raw.has_value());
    BOOST_TEST(spelled(*raw) == "000000FF00000102");
}

BOOST_AUTO_TEST_CASE(a_signature_that_is_none_is_refused) {
    for (const auto* text :
         {"", "30", "3000", "3003020101", "310602010102 0101", "3006030101020101", "3006020101020200",
          "300902010102010102 0101", "3006020100020101", "30060201010201 01 00", "300A0205010203040502 0101"})
        BOOST_TEST(!raw_ecdsa(hex(text), 4).has_value(), text);
}

BOOST_AUTO_TEST_CASE(an_absurd_public_key_is_refused) {
    BOOST_TEST(!rsa_key(Bytes(32, 0xFF), hex("010001")).has_value());
    BOOST_TEST(!rsa_key(Bytes(4096, 0xFF), hex("010001")).has_value());
    BOOST_TEST(!rsa_key(Bytes(256, 0xFF), hex("010000")).has_value());
    BOOST_TEST(!rsa_key(Bytes(256, 0xFF), {}).has_value());
    BOOST_TEST(!ec_key(Bytes(65, 0x02)).has_value());
    BOOST_TEST(!ec_key(Bytes(64, 0x04)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
