// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/piv_objects.hpp"
#include "openssl_keys.hpp"
#include "pcsc/base/tlv.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::card;
using namespace acredita::tests;

namespace {
const Bytes& sample(KeyType type) {
    static const auto rsa = certificate_of(new_key({KeyType::rsa, 2048}), "ESPAÑOL ESPAÑOL JUAN - 00000000T");
    static const auto ec = certificate_of(new_key({KeyType::ec, 384}), "EC");
    return type == KeyType::rsa ? rsa : ec;
}
// Whatever is read of it must not read outside; what is found must lie inside.
void read_all(ByteView der) {
    const auto parts = read_certificate(der);
    if (!parts) return;
    for (const auto view : {parts->serial, parts->issuer, parts->subject, parts->spki}) {
        BOOST_TEST_REQUIRE(view.data() >= der.data());
        BOOST_TEST_REQUIRE(view.data() + view.size() <= der.data() + der.size());
    }
    (void)read_public_key(parts->spki);
}
} // namespace

BOOST_AUTO_TEST_SUITE(certificates)

BOOST_AUTO_TEST_CASE(the_parts_of_a_certificate_are_found) {
    const auto parts = read_certificate(sample(KeyType::rsa));
    BOOST_TEST_REQUIRE(parts.has_value());
    BOOST_TEST(to_hex(parts->serial) == "02021234");
    BOOST_TEST(parts->common_name == "ESPAÑOL ESPAÑOL JUAN - 00000000T");
    BOOST_TEST(parts->not_before == "20260101000000Z");
    BOOST_TEST(parts->not_after == "20520304050607Z");
    BOOST_TEST(!parts->authority);
    BOOST_TEST_REQUIRE(parts->key_usage.has_value());
    BOOST_TEST(*parts->key_usage == 0b101U);
    BOOST_TEST(equal(parts->issuer, parts->subject));
}

BOOST_AUTO_TEST_CASE(a_public_key_is_written_as_it_was_read) {
    for (const auto& algorithm :
         {Algorithm{KeyType::rsa, 2048}, Algorithm{KeyType::ec, 256}, Algorithm{KeyType::ec, 384}}) {
        const auto info = public_info(new_key(algorithm));
        const auto key = read_public_key(info);
        BOOST_TEST_REQUIRE(key.has_value());
        BOOST_TEST(key->bits == algorithm.bits);
        BOOST_TEST(write_public_key(*key) == info);
    }
}

BOOST_AUTO_TEST_CASE(a_certificate_cut_anywhere_is_refused) {
    for (const auto type : {KeyType::rsa, KeyType::ec})
        for (std::size_t size = 0; size < sample(type).size(); ++size) {
            const Bytes cut(sample(type).begin(), sample(type).begin() + static_cast<std::ptrdiff_t>(size));
            BOOST_TEST(!read_certificate(cut).has_value());
        }
}

BOOST_AUTO_TEST_CASE(a_certificate_with_bytes_behind_it_is_refused) {
    auto longer = sample(KeyType::ec);
    longer.push_back(0);
    BOOST_TEST(!read_certificate(longer).has_value());
}

BOOST_AUTO_TEST_CASE(no_flipped_bit_makes_the_reader_leave_the_certificate) {
    for (const auto type : {KeyType::rsa, KeyType::ec})
        for (std::size_t bit = 0; bit < sample(type).size() * 8; ++bit) {
            auto damaged = sample(type);
            damaged[bit / 8] = static_cast<std::uint8_t>(damaged[bit / 8] ^ (1U << (bit % 8)));
            read_all(damaged);
        }
}

BOOST_AUTO_TEST_CASE(a_wrapped_certificate_comes_out_again) {
    const auto& der = sample(KeyType::rsa);
    const auto back = dialect::unwrap_certificate(dialect::wrap_certificate(der));
    BOOST_TEST_REQUIRE(back.has_value());
    BOOST_TEST((*back == der));
}

BOOST_AUTO_TEST_CASE(a_compressed_certificate_is_unpacked_whichever_bit_says_so) {
    const auto& der = sample(KeyType::rsa);
    for (const auto flag : Bytes{0x01, 0x80}) {
        Bytes content;
        append_tlv(content, 0x70, gzip(der));
        append(content, Bytes{0x71, 0x01, flag, 0xFE, 0x00});
        const auto back = dialect::unwrap_certificate(content);
        BOOST_TEST_REQUIRE(back.has_value());
        BOOST_TEST((*back == der));
    }
}

BOOST_AUTO_TEST_CASE(a_compressed_object_that_swells_beyond_64_kib_is_refused) {
    for (const std::size_t size : {65537U, 50'000'000U}) {
        Bytes content;
        append_tlv(content, 0x70, gzip(Bytes(size, 0)));
        append(content, Bytes{0x71, 0x01, 0x01});
        const auto back = dialect::unwrap_certificate(content);
        BOOST_TEST_REQUIRE(!back.has_value());
        BOOST_TEST(is(back.error(), card_errc::answer_malformed));
    }
}

BOOST_AUTO_TEST_CASE(a_damaged_or_cut_compressed_object_is_refused) {
    auto packed = gzip(sample(KeyType::rsa));
    packed.resize(packed.size() / 2);
    for (const auto& stream : {packed, Bytes(100, 0x55), Bytes{0x1F, 0x8B}}) {
        Bytes content;
        append_tlv(content, 0x70, stream);
        append(content, Bytes{0x71, 0x01, 0x01});
        BOOST_TEST(!dialect::unwrap_certificate(content).has_value());
    }
}

BOOST_AUTO_TEST_CASE(an_object_without_a_certificate_is_malformed_and_an_empty_one_is_none) {
    BOOST_TEST(!dialect::unwrap_certificate(Bytes{0x71, 0x01, 0x00}).has_value());
    BOOST_TEST(!dialect::unwrap_certificate(Bytes{0x70, 0x82, 0xFF, 0xFF, 0x00}).has_value());
    const auto empty = dialect::unwrap_certificate(Bytes{0x70, 0x00, 0x71, 0x01, 0x00});
    BOOST_TEST_REQUIRE(empty.has_value());
    BOOST_TEST(!empty->has_value());
}

BOOST_AUTO_TEST_SUITE_END()
