// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Directory files of PKCS#15 cards as bytes: what is said well is understood, what lies hides nothing else.
#include "firmware-profiles/dialect/pkcs15_read.hpp"
#include "firmware-profiles/dialect/pkcs15_write.hpp"
#include "openssl_keys.hpp"
#include "pcsc/base/tlv.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::tests;
namespace p15 = acredita::dialect::pkcs15;

namespace {

p15::Key sample_key(std::uint8_t n) {
    return {.common = {.label = "Key " + std::to_string(n), .is_private = true, .auth_id = {0x01}},
            .type = card::KeyType::rsa,
            .id = {0x45, n},
            .usage = p15::sign | p15::non_repudiation,
            .access = p15::sensitive | p15::local,
            .reference = n,
            .bits = 2048,
            .path = {.files = {0x3F, 0x00, 0x50, 0x15}}};
}

Bytes sample_entry(std::uint8_t n) { return p15::write_private_key(sample_key(n)); }

// An entry of a CDF spelled out after ISO 7816-15, with a relative path.
const auto certificate_bytes = from_hex("30 25"
                                        "30 0A 0C 04 43 65 72 74 03 02 06 40"
                                        "30 07 04 05 A1 A2 A3 A4 A5"
                                        "A1 0E 30 0C 30 0A 04 02 34 01 02 01 00 80 01 7F")
                                   .value();

std::size_t found(ByteView file) { return p15::read_private_keys(file).entries.size(); }

} // namespace

BOOST_AUTO_TEST_SUITE(pkcs15_directories)

BOOST_AUTO_TEST_CASE(a_certificate_entry_of_the_standard_is_understood) {
    const auto listing = p15::read_certificates(certificate_bytes);
    BOOST_TEST_REQUIRE(listing.entries.size() == 1U);
    const auto& one = listing.entries.front();
    BOOST_TEST(one.common.label == "Cert");
    BOOST_TEST(one.common.modifiable);
    BOOST_TEST(!one.common.is_private);
    BOOST_TEST(to_hex(one.id) == "A1A2A3A4A5");
    BOOST_TEST(to_hex(one.path.files) == "3401");
    BOOST_TEST(one.path.offset.value() == 0U);
    BOOST_TEST(one.path.length.value() == 127U);
    BOOST_TEST(listing.end == certificate_bytes.size());
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_again) {
    auto rsa = sample_key(3);
    auto ec = sample_key(4);
    ec.type = card::KeyType::ec;
    ec.bits = 256;
    const auto listing =
        p15::read_private_keys(concat({p15::write_private_key(rsa), p15::write_private_key(ec)}));
    BOOST_TEST_REQUIRE(listing.entries.size() == 2U);
    rsa.common.span = {0, p15::write_private_key(rsa).size()};
    ec.common.span = {rsa.common.span.size, p15::write_private_key(ec).size()};
    BOOST_TEST((listing.entries[0] == rsa));
    BOOST_TEST((listing.entries[1] == ec));

    p15::Pin pin{.common = {.label = "PIN", .modifiable = true},
                 .id = {0x01},
                 .flags = p15::case_sensitive | p15::initialized | p15::needs_padding,
                 .type = p15::PinType::utf8,
                 .min = 4,
                 .stored = 16,
                 .max = 16,
                 .reference = 1,
                 .filler = 0x00,
                 .path = {.files = {0x3F, 0x00}}};
    const auto pins = p15::read_pins(p15::write_entry(pin));
    BOOST_TEST_REQUIRE(pins.entries.size() == 1U);
    pin.common.span = {0, p15::write_entry(pin).size()};
    BOOST_TEST((pins.entries.front() == pin));

    const p15::TokenInfo info{.version = 0,
                              .serial = {0x12, 0x34},
                              .manufacturer = "Some",
                              .label = "Card",
                              .login_required = true,
                              .last_update = "20260101000000Z"};
    BOOST_TEST((p15::read_token_info(p15::write_token_info(info)) == info));

    const p15::Directory directory{.lists = p15::Lists::certificates, .path = {.files = {0x44, 0x04}}};
    BOOST_TEST(to_hex(p15::write_entry(directory)) == "A406300404024404");
    BOOST_TEST((p15::read_odf(p15::write_entry(directory)).entries.front() == directory));
}

BOOST_AUTO_TEST_CASE(padding_may_stand_between_entries_and_behind_them) {
    const auto file = concat({sample_entry(1), Bytes(7, 0x00), sample_entry(2), Bytes(9, 0xFF),
                              sample_entry(3), Bytes(200, 0x00)});
    const auto listing = p15::read_private_keys(file);
    BOOST_TEST(listing.entries.size() == 3U);
    BOOST_TEST(listing.skipped == 0U);
    BOOST_TEST(listing.end == file.size() - 200);
}

BOOST_AUTO_TEST_CASE(an_empty_file_lists_nothing) {
    BOOST_TEST(found({}) == 0U);
    BOOST_TEST(found(Bytes(512, 0x00)) == 0U);
    BOOST_TEST(found(Bytes(512, 0xFF)) == 0U);
    BOOST_TEST(p15::read_odf(Bytes(16, 0)).entries.empty());
    BOOST_TEST(!p15::read_token_info({}).has_value());
}

BOOST_AUTO_TEST_CASE(empty_choices_are_passed_over) {
    // A directory with nothing in it, one with an empty path, and one that is good.
    const auto odf = from_hex("A000 A2023000 A40430020400 A006 3004 0402 4402").value();
    const auto listing = p15::read_odf(odf);
    BOOST_TEST_REQUIRE(listing.entries.size() == 1U);
    BOOST_TEST((listing.entries.front().lists == p15::Lists::private_keys));
    BOOST_TEST(listing.skipped != 0U);
}

BOOST_AUTO_TEST_CASE(one_bad_entry_never_hides_the_others) {
    const auto good = sample_entry(1);
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const auto wrong : Bytes{0x00, 0x7F, 0x80, 0x84, 0xFF}) {
            auto bad = good;
            bad[at] = wrong;
            const auto listing =
                p15::read_private_keys(concat({sample_entry(7), bad, sample_entry(2), sample_entry(3)}));
            unsigned seen = 0;
            for (const auto& key : listing.entries)
                if (key.reference == 7U || key.reference == 2U || key.reference == 3U) ++seen;
            // A length that swallows its neighbour exactly may take that one along, never the one before it.
            BOOST_TEST_CONTEXT("byte " << at << " is " << int(wrong)) { BOOST_TEST(seen >= 2U); }
        }
    }
}

BOOST_AUTO_TEST_CASE(an_entry_longer_than_its_file_hides_nothing_behind_it) {
    const auto liar = from_hex("30 82 7F FF 30 03 0C 01 41").value();
    BOOST_TEST(found(concat({sample_entry(1), liar, sample_entry(2), sample_entry(3)})) == 3U);
}

BOOST_AUTO_TEST_CASE(thousands_of_entries_end_at_a_bound) {
    Bytes file;
    while (file.size() < 60000) append(file, sample_entry(1));
    BOOST_TEST(found(file) == p15::max_entries);
    Bytes odf;
    for (unsigned n = 0; n < 5000; ++n)
        append(odf, p15::write_entry(p15::Directory{.lists = p15::Lists::certificates,
                                                    .path = {.files = {static_cast<std::uint8_t>(n >> 8U),
                                                                       static_cast<std::uint8_t>(n)}}}));
    BOOST_TEST(p15::read_odf(odf).entries.size() == p15::max_directories);
    BOOST_TEST(found(Bytes(60000, 0x30)) == 0U);
}

BOOST_AUTO_TEST_CASE(a_directory_named_twice_is_read_once) {
    const auto one =
        p15::write_entry(p15::Directory{.lists = p15::Lists::data, .path = {.files = {0x50, 0x31}}});
    BOOST_TEST(p15::read_odf(concat({one, one, one})).entries.size() == 1U);
}

BOOST_AUTO_TEST_CASE(paths_are_absolute_or_count_from_the_directory) {
    const Bytes home{0x3F, 0x00, 0x50, 0x15};
    const auto resolved = [&](std::string_view hex) {
        return to_hex(p15::resolve({.files = from_hex(hex).value()}, home));
    };
    BOOST_TEST(resolved("3F0050153401") == "3F0050153401");
    BOOST_TEST(resolved("3401") == "3F0050153401");
    BOOST_TEST(resolved("50153401") == "3F0050153401");
    BOOST_TEST(resolved("60013401") == "3F00501560013401");
    BOOST_TEST(resolved("3F00") == "3F00");
    BOOST_TEST(resolved("") == "");
    BOOST_TEST(resolved("340100") == "");
    BOOST_TEST(resolved("0102030405060708090A0B0C0D0E0F10") == ""); // eight below the DF
}

BOOST_AUTO_TEST_CASE(a_file_is_read_until_padding_follows_its_entries) {
    const auto one = sample_entry(1);
    const auto two = concat({one, sample_entry(2)});
    BOOST_TEST(p15::progress(concat({two, Bytes(3, 0)})).complete);
    BOOST_TEST(!p15::progress(two).complete);
    BOOST_TEST(p15::progress(ByteView(two).first(one.size() + 4)).wanted == two.size());
    BOOST_TEST(p15::progress(Bytes(4, 0)).complete);
    BOOST_TEST(!p15::progress({}).complete);
    BOOST_TEST(p15::progress(from_hex("30840FFFFFFF").value()).complete); // longer than any file
}

BOOST_AUTO_TEST_CASE(an_entry_is_taken_out_of_its_file) {
    const auto file = concat({sample_entry(1), sample_entry(2), sample_entry(3), Bytes(20, 0)});
    const auto before = p15::read_private_keys(file);
    const auto after_file = p15::without(file, before.entries[1].common.span);
    BOOST_TEST(after_file.size() == file.size());
    const auto after = p15::read_private_keys(after_file);
    BOOST_TEST_REQUIRE(after.entries.size() == 2U);
    BOOST_TEST(after.entries[0].reference.value() == 1U);
    BOOST_TEST(after.entries[1].reference.value() == 3U);
    BOOST_TEST(p15::without(file, {file.size() + 5, 9}).size() == file.size());
}

BOOST_AUTO_TEST_CASE(public_keys_are_read_in_every_form_cards_keep_them) {
    for (const auto& algorithm :
         {card::Algorithm{card::KeyType::rsa, 2048}, card::Algorithm{card::KeyType::ec, 256}}) {
        const auto info = public_info(new_key(algorithm));
        const auto key = p15::read_public_key_value(info);
        BOOST_TEST_REQUIRE(key.has_value());
        BOOST_TEST(card::write_public_key(*key) == info);
        const auto bare = algorithm.type == card::KeyType::ec
                              ? make_tlv(0x04, key->point)
                              : make_tlv(0x30, concat({make_tlv(0x02, concat({Bytes{0}, key->modulus})),
                                                       make_tlv(0x02, key->exponent)}));
        BOOST_TEST((p15::read_public_key_value(bare).value() == *key));
    }
    BOOST_TEST(!p15::read_public_key_value({}).has_value());
    BOOST_TEST(!p15::read_public_key_value(Bytes(65, 0)).has_value());
}

BOOST_AUTO_TEST_CASE(a_certificate_is_told_from_a_public_key_and_from_padding) {
    const auto key = new_key({card::KeyType::ec, 256});
    const auto der = certificate_of(key, "X");
    const auto padded = concat({der, Bytes(40, 0)});
    BOOST_TEST_REQUIRE(p15::certificate_in(padded).has_value());
    BOOST_TEST(p15::certificate_in(padded)->size() == der.size());
    BOOST_TEST(!p15::certificate_in(public_info(key)).has_value());
    BOOST_TEST(!p15::certificate_in(Bytes(40, 0)).has_value());
    BOOST_TEST(!p15::certificate_in(ByteView(der).first(der.size() - 1)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
