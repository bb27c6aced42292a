// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/tlv.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;

namespace {

Result<Tlv> first(std::string_view hex) {
    static Bytes kept; // the views in the result point here
    kept = from_hex(hex).value();
    return TlvReader(kept).next();
}

bool refused(std::string_view hex, bytes_errc code) {
    const auto element = first(hex);
    return !element && is(element.error(), code);
}

} // namespace

BOOST_AUTO_TEST_SUITE(tlv)

BOOST_AUTO_TEST_CASE(tags_of_one_two_and_three_bytes_are_read) {
    BOOST_TEST(first("530101").value().tag == 0x53U);
    BOOST_TEST(first("7F490101").value().tag == 0x7F49U);
    BOOST_TEST(first("5FC1050101").value().tag == 0x5FC105U);
    BOOST_TEST(first("5FC1050101").value().whole.size() == 5U);
}

BOOST_AUTO_TEST_CASE(every_form_of_length_is_read) {
    for (const auto* length : {"02", "8102", "820002", "83000002", "8400000002"})
        BOOST_TEST(to_hex(first("53" + std::string(length) + "AABBCC").value().value) == "AABB");
}

BOOST_AUTO_TEST_CASE(indefinite_and_longer_lengths_are_refused) {
    BOOST_TEST(refused("5380AA0000", bytes_errc::malformed_tlv));
    BOOST_TEST(refused("53850000000001AA", bytes_errc::malformed_tlv));
    BOOST_TEST(refused("53FF", bytes_errc::malformed_tlv));
}

BOOST_AUTO_TEST_CASE(a_tag_of_four_bytes_is_refused) {
    BOOST_TEST(refused("5F81820100", bytes_errc::malformed_tlv));
}

BOOST_AUTO_TEST_CASE(every_truncation_of_a_good_element_is_noticed) {
    const auto whole = from_hex("5FC10582000411223344").value();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto element = TlvReader(ByteView(whole).first(size)).next();
        BOOST_REQUIRE(!element);
        BOOST_TEST(is(element.error(), bytes_errc::too_short));
    }
    BOOST_TEST(TlvReader(whole).next().has_value());
}

BOOST_AUTO_TEST_CASE(a_length_near_the_end_of_the_number_range_does_not_wrap) {
    BOOST_TEST(refused("5384FFFFFFFFAA", bytes_errc::too_short));
    BOOST_TEST(refused("538480000000AA", bytes_errc::too_short));
}

BOOST_AUTO_TEST_CASE(elements_follow_each_other_and_end) {
    const auto data = from_hex("530101540202035500").value();
    TlvReader reader(data);
    std::string tags;
    while (!reader.at_end()) tags += to_hex(reader.next().value().whole.first(1));
    BOOST_TEST(tags == "535455");
    BOOST_TEST(reader.rest().empty());
}

BOOST_AUTO_TEST_CASE(a_path_leads_downwards) {
    const auto data = from_hex("5301007C0782018186020A0B").value();
    BOOST_TEST(to_hex(find_tlv(data, {0x7C, 0x86}).value()) == "0A0B");
    BOOST_TEST(!find_tlv(data, {0x7C, 0x99}).has_value());
    BOOST_TEST(!find_tlv(data, {0x99, 0x86}).has_value());
    BOOST_TEST(!find_tlv(from_hex("5305").value(), 0x53).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_written_has_the_shortest_length_and_is_read_back) {
    for (const std::size_t size : {0U, 1U, 127U, 128U, 255U, 256U, 65535U, 65536U}) {
        const Bytes value(size, 0x5A);
        for (const Tag tag : {0x53U, 0x7F49U, 0x5FC105U}) {
            const auto bytes = make_tlv(tag, value);
            const auto element = TlvReader(bytes).next();
            BOOST_REQUIRE(element);
            BOOST_TEST(element->tag == tag);
            BOOST_TEST(element->value.size() == size);
            BOOST_TEST(tlv_header(tag, size).size() + size == bytes.size());
        }
    }
    BOOST_TEST(to_hex(tlv_header(0x53, 127)) == "537F");
    BOOST_TEST(to_hex(tlv_header(0x53, 128)) == "538180");
    BOOST_TEST(to_hex(tlv_header(0x53, 256)) == "53820100");
    BOOST_TEST(to_hex(tlv_header(0x53, 65536)) == "5383010000");
}

BOOST_AUTO_TEST_SUITE_END()
