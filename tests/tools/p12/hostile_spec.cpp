// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Damaged copies: each ends in a named error, never in a crash, never in the wrong blame.
#include "tests/tools/p12/support.hpp"

#include <algorithm>
#include <iostream>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

struct Copies {
    Folder folder;
    Pair pair = make_ec_pair(folder, "ana");
    Bytes file = export_with_openssl(folder, pair, "1234", {"-iter", "2"});
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(damaged_copies, Copies)

BOOST_AUTO_TEST_CASE(every_shorter_copy_is_called_truncated_with_what_is_missing) {
    BOOST_TEST(outcome(open(ByteView(file).first(0), secret("1234"))) == "empty_file");
    for (std::size_t size = 1; size < file.size(); ++size) {
        const auto result = open(ByteView(file).first(size), secret("1234"));
        BOOST_REQUIRE_MESSAGE(outcome(result) == "truncated", size << ": " << outcome(result));
        // Before the outer length is complete nobody can know more than that something is missing.
        if (size >= 4)
            BOOST_REQUIRE(result.error().detail == "missing=" + std::to_string(file.size() - size));
    }
}

BOOST_AUTO_TEST_CASE(every_shorter_copy_of_an_indefinite_encoding_is_called_truncated) {
    // The same backup with the outer length left open, as NSS writes it.
    const auto header = tlv_header(0x30, file.size() - 4).size();
    BOOST_REQUIRE(header == 4U);
    const auto open_ended =
        concat({from_hex("3080").value(), ByteView(file).subspan(header), from_hex("0000").value()});
    BOOST_REQUIRE(outcome(open(open_ended, secret("1234"))) == "ok");
    for (std::size_t size = 1; size < open_ended.size(); ++size)
        BOOST_REQUIRE(outcome(open(ByteView(open_ended).first(size), secret("1234"))) == "truncated");
}

BOOST_AUTO_TEST_CASE(a_flipped_bit_never_crashes_and_never_yields_another_key) {
    const auto right = open(file, secret("1234"));
    BOOST_REQUIRE(right);
    std::map<std::string, int> outcomes;
    for (std::size_t bit = 0; bit < file.size() * 8; bit += 3) {
        auto copy = file;
        copy[bit / 8] = static_cast<std::uint8_t>(copy[bit / 8] ^ (1U << (bit % 8)));
        const auto result = open(copy, secret("1234"));
        ++outcomes[outcome(result)];
        if (!result) continue;
        BOOST_REQUIRE(result->credentials.size() == 1U);
        BOOST_REQUIRE(result->credentials[0].pkcs8.equals(right->credentials[0].pkcs8.view()));
    }
    for (const auto& [name, count] : outcomes)
        std::cout << "  flipped bit -> " << name << ": " << count << "\n";
    // What the password still opens cannot be a wrong password.
    BOOST_TEST(outcomes["wrong_password"] == 0);
    BOOST_TEST(outcomes["damaged"] > 0);
}

BOOST_AUTO_TEST_CASE(a_flipped_bit_in_the_mac_is_damage_and_no_wrong_password) {
    auto copy = file;
    const auto seen = sniff(file);
    BOOST_REQUIRE(seen);
    // The MAC value stands before salt (04 08 ...) and iterations (02 01 02), at the very end.
    copy[copy.size() - 3 - 10 - 1] ^= 1U;
    BOOST_TEST(outcome(open(copy, secret("1234"))) == "altered");
    BOOST_TEST(outcome(open(copy, secret("4321"))) == "wrong_password");
}

BOOST_AUTO_TEST_CASE(a_mac_iteration_count_of_two_thousand_millions_is_refused) {
    auto with_count = export_with_openssl(folder, pair, "1234", {"-iter", "1000000"});
    // 02 03 0F 42 40 at the very end becomes 02 03 7F FF FF, which is over the limit.
    const auto end = with_count.size();
    BOOST_REQUIRE(to_hex(ByteView(with_count).last(5)) == "02030F4240");
    with_count[end - 3] = 0x7F;
    BOOST_TEST(outcome(open(with_count, secret("1234"))) == "too_costly");
}

BOOST_AUTO_TEST_CASE(a_file_that_asks_for_too_much_is_refused_before_anything_is_derived) {
    // Every count in the file, one after the other: those of the safe, the key and the MAC.
    const auto dear = export_with_openssl(folder, pair, "1234", {"-iter", "1000000"});
    const auto count = from_hex("02030F4240").value();
    std::size_t bombs = 0;
    for (auto at = std::search(dear.begin(), dear.end(), count.begin(), count.end()); at != dear.end();
         at = std::search(at + 1, dear.end(), count.begin(), count.end())) {
        auto bomb = dear;
        bomb[static_cast<std::size_t>(at - dear.begin()) + 2] = 0x7F;
        unsigned derivations = 0;
        OpenOptions options;
        options.progress = [&](const Progress& progress) { derivations = progress.derivations; };
        BOOST_TEST(outcome(open(bomb, secret("1234"), options)) == "too_costly");
        BOOST_TEST(derivations == 0U);
        ++bombs;
    }
    BOOST_TEST(bombs == 3U);
}

BOOST_AUTO_TEST_CASE(ten_mebibytes_behind_a_backup_do_not_keep_it_from_opening) {
    auto large = file;
    large.resize(10U * 1024U * 1024U, 0x30);
    BOOST_TEST(outcome(open(large, secret("1234"))) == "ok");
}

BOOST_AUTO_TEST_CASE(a_string_of_ten_mebibytes_is_damage) {
    const auto oid = from_hex("06092A864886F70D010701").value();
    const auto string = make_tlv(0x04, Bytes(10U * 1024U * 1024U - 100U));
    const auto large = make_tlv(
        0x30, concat({from_hex("020103").value(), make_tlv(0x30, concat({oid, make_tlv(0xA0, string)}))}));
    BOOST_TEST(outcome(open(large, secret("1234"))) == "damaged");
}

BOOST_AUTO_TEST_CASE(a_backup_of_ten_mebibytes_of_nothing_is_named) {
    BOOST_TEST(outcome(open(Bytes(10U * 1024U * 1024U), secret("1234"))) == "only_zeros");
}

BOOST_AUTO_TEST_CASE(ten_thousand_strings_inside_of_each_other_are_damage) {
    Bytes inner;
    for (int i = 0; i < 10'000; ++i) append(inner, from_hex("2480").value());
    for (int i = 0; i < 10'000; ++i) append(inner, from_hex("0000").value());
    const auto oid = from_hex("06092A864886F70D010701").value();
    const auto bomb = make_tlv(
        0x30, concat({from_hex("020103").value(), make_tlv(0x30, concat({oid, make_tlv(0xA0, inner)}))}));
    BOOST_TEST(outcome(open(bomb, secret("1234"))) == "damaged");
}

BOOST_AUTO_TEST_SUITE_END()
