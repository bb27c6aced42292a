// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/apdu/exchange.hpp"
#include "pcsc/apdu/iso7816.hpp"
#include "tests/support/replay_channel.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using tests::ReplayChannel;

namespace {

// 'count' times the byte, as transcripts spell it.
std::string times(std::size_t count, std::string_view byte) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) (text += ' ') += byte;
    return text;
}

CommandApdu put(std::size_t size) {
    return {.ins = 0xDB, .p1 = 0x3F, .p2 = 0xFF, .data = ZeroingBytes(size, 0x5A)};
}

CommandApdu read(std::size_t le) { return {.ins = 0xCB, .p1 = 0x3F, .p2 = 0xFF, .le = le}; }

Transport extended() {
    Transport transport;
    transport.extended = true;
    return transport;
}

struct Outcome {
    Result<ResponseApdu> response;
    std::string complaint;
    bool finished;
};

Outcome run(std::string_view script, const CommandApdu& command, const Transport& transport = {},
            Protocol protocol = Protocol::t1) {
    ReplayChannel card(script, protocol);
    auto response = exchange(card, command, transport);
    return {std::move(response), card.complaint(), card.finished()};
}

void says(const Outcome& outcome, std::string_view data, std::uint16_t status) {
    BOOST_TEST(outcome.complaint == "");
    BOOST_TEST(outcome.finished);
    BOOST_REQUIRE(outcome.response.has_value());
    BOOST_TEST(to_hex({outcome.response->data.data(), outcome.response->data.size()}) == data);
    BOOST_TEST(outcome.response->sw.value == status);
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchanging)

BOOST_AUTO_TEST_CASE(a_reader_for_short_commands_gets_none_that_is_long) {
    struct ShortReader final : Channel {
        ReplayChannel inner{"> 10 DB 3F FF FF" + times(255, "5A") +
                            "\n< 90 00\n> 00 DB 3F FF 01 5A\n< 90 00"};
        Result<ZeroingBytes> transmit(const Frame& frame) override { return inner.transmit(frame); }
        [[nodiscard]] Protocol protocol() const noexcept override { return Protocol::t1; }
        [[nodiscard]] bool short_only() override { return true; }
    } reader;
    const auto response = exchange(reader, put(256), extended());
    BOOST_TEST(reader.inner.complaint() == "");
    BOOST_REQUIRE(response.has_value());
    BOOST_TEST(response->sw.ok());
}

BOOST_AUTO_TEST_CASE(case_1_is_four_bytes_on_t1_and_five_on_t0) {
    says(run("> 00 DB 3F FF\n< 90 00", put(0)), "", 0x9000);
    says(run("> 00 DB 3F FF 00\n< 90 00", put(0), {}, Protocol::t0), "", 0x9000);
}

BOOST_AUTO_TEST_CASE(case_2_carries_le_and_256_is_spelled_zero) {
    says(run("> 00 CB 3F FF 02\n< AA BB 90 00", read(2)), "AABB", 0x9000);
    says(run("> 00 CB 3F FF 00\n< AA 90 00", read(256)), "AA", 0x9000);
    says(run("> 00 CB 3F FF 02\n< AA BB 90 00", read(2), {}, Protocol::t0), "AABB", 0x9000);
}

BOOST_AUTO_TEST_CASE(case_3_carries_the_data_behind_their_length) {
    says(run("> 00 DB 3F FF 02 5A 5A\n< 90 00", put(2)), "", 0x9000);
    says(run("> 00 DB 3F FF FF" + times(255, "5A") + "\n< 90 00", put(255)), "", 0x9000);
}

BOOST_AUTO_TEST_CASE(case_4_has_le_on_t1_and_a_get_response_on_t0) {
    auto command = put(1);
    command.le = 256;
    says(run("> 00 DB 3F FF 01 5A 00\n< AA 90 00", command), "AA", 0x9000);
    says(run("> 00 DB 3F FF 01 5A\n< 61 01\n> 00 C0 00 00 01\n< AA 90 00", command, {}, Protocol::t0), "AA",
         0x9000);
}

BOOST_AUTO_TEST_CASE(a_short_command_stays_short_where_extended_length_is_allowed) {
    says(run("> 00 DB 3F FF 02 5A 5A\n< 90 00", put(2), extended()), "", 0x9000);
}

BOOST_AUTO_TEST_CASE(extended_case_3_has_three_length_bytes) {
    says(run("> 00 DB 3F FF 00 01 00" + times(256, "5A") + "\n< 90 00", put(256), extended()), "", 0x9000);
}

BOOST_AUTO_TEST_CASE(extended_case_2_and_4_spell_le_in_two_bytes_behind_one_zero_at_most) {
    says(run("> 00 CB 3F FF 00 01 2C\n< AA 90 00", read(300), extended()), "AA", 0x9000);
    says(run("> 00 CB 3F FF 00 00 00\n< AA 90 00", read(CommandApdu::max_le), extended()), "AA", 0x9000);
    auto command = put(256);
    command.le = CommandApdu::max_le;
    says(run("> 00 DB 3F FF 00 01 00" + times(256, "5A") + " 00 00\n< AA 90 00", command, extended()), "AA",
         0x9000);
}

BOOST_AUTO_TEST_CASE(a_long_command_is_chained_in_parts_of_255_bytes) {
    says(run("> 10 DB 3F FF FF" + times(255, "5A") + "\n< 90 00\n> 00 DB 3F FF 01 5A\n< 90 00", put(256)), "",
         0x9000);
}

BOOST_AUTO_TEST_CASE(a_command_of_exactly_two_parts_ends_with_a_full_one) {
    says(run("> 10 DB 3F FF FF" + times(255, "5A") + "\n< 90 00\n> 00 DB 3F FF FF" + times(255, "5A") +
                 "\n< 90 00",
             put(510)),
         "", 0x9000);
}

BOOST_AUTO_TEST_CASE(t0_never_carries_extended_length) {
    says(run("> 10 DB 3F FF FF" + times(255, "5A") + "\n< 90 00\n> 00 DB 3F FF 01 5A\n< 90 00", put(256),
             extended(), Protocol::t0),
         "", 0x9000);
}

BOOST_AUTO_TEST_CASE(only_the_last_part_of_a_chain_asks_for_an_answer) {
    auto command = put(256);
    command.le = 256;
    says(
        run("> 10 DB 3F FF FF" + times(255, "5A") + "\n< 90 00\n> 00 DB 3F FF 01 5A 00\n< AA 90 00", command),
        "AA", 0x9000);
}

BOOST_AUTO_TEST_CASE(a_command_longer_than_the_card_takes_at_once_is_chained) {
    auto transport = extended();
    transport.max_command_data = 300;
    transport.chunk = 200;
    says(run("> 10 DB 3F FF C8" + times(200, "5A") + "\n< 90 00\n> 00 DB 3F FF 65" + times(101, "5A") +
                 "\n< 90 00",
             put(301), transport),
         "", 0x9000);
}

BOOST_AUTO_TEST_CASE(a_chain_stops_at_the_first_part_that_is_refused) {
    const auto outcome = run("> 10 DB 3F FF FF" + times(255, "5A") + "\n< 69 82", put(600));
    says(outcome, "", 0x6982);
    BOOST_TEST(outcome.response->chain_broken);
}

BOOST_AUTO_TEST_CASE(a_refusal_of_the_last_part_does_not_leave_half_a_chain) {
    const auto outcome =
        run("> 10 DB 3F FF FF" + times(255, "5A") + "\n< 90 00\n> 00 DB 3F FF 01 5A\n< 6A 84", put(256));
    says(outcome, "", 0x6A84);
    BOOST_TEST(!outcome.response->chain_broken);
}

BOOST_AUTO_TEST_CASE(a_card_without_chaining_gets_no_part_of_a_long_command) {
    Transport transport;
    transport.chaining = false;
    const auto outcome = run("", put(256), transport);
    BOOST_REQUIRE(!outcome.response);
    BOOST_CHECK(is(outcome.response.error(), apdu_errc::command_too_long));
    BOOST_TEST(outcome.finished);
}

BOOST_AUTO_TEST_CASE(wrong_length_to_extended_is_tried_again_in_a_chain_where_the_profile_says_so) {
    auto transport = extended();
    const auto first = "> 00 DB 3F FF 00 01 00" + times(256, "5A") + "\n< 67 00\n";
    says(run(first, put(256), transport), "", 0x6700);
    transport.chain_after_wrong_length = true;
    says(run(first + "> 10 DB 3F FF FF" + times(255, "5A") + "\n< 90 00\n> 00 DB 3F FF 01 5A\n< 90 00",
             put(256), transport),
         "", 0x9000);
}

BOOST_AUTO_TEST_CASE(wrong_le_is_followed_once) {
    says(run("> 00 CB 3F FF 00\n< 6C 02\n> 00 CB 3F FF 02\n< AA BB 90 00", read(256)), "AABB", 0x9000);
    says(run("> 00 CB 3F FF 00\n< 6C 02\n> 00 CB 3F FF 02\n< 6C 02", read(256)), "", 0x6C02);
}

BOOST_AUTO_TEST_CASE(more_data_are_fetched_to_the_end_and_in_order) {
    says(run("> 00 CB 3F FF 00\n< AA 61 00\n> 00 C0 00 00 00\n< BB 61 01\n> 00 C0 00 00 01\n< CC 90 00",
             read(256)),
         "AABBCC", 0x9000);
}

BOOST_AUTO_TEST_CASE(get_response_uses_the_class_of_the_profile) {
    Transport transport;
    transport.get_response_cla = 0x80;
    says(run("> 00 CB 3F FF 00\n< 61 01\n> 80 C0 00 00 01\n< AA 90 00", read(256), transport), "AA", 0x9000);
}

BOOST_AUTO_TEST_CASE(a_get_response_with_another_length_is_corrected) {
    says(run("> 00 CB 3F FF 00\n< 61 10\n> 00 C0 00 00 10\n< 6C 01\n> 00 C0 00 00 01\n< AA 90 00", read(256),
             {}, Protocol::t0),
         "AA", 0x9000);
}

BOOST_AUTO_TEST_CASE(an_error_after_part_of_the_answer_keeps_the_part_and_the_status) {
    says(run("> 00 CB 3F FF 00\n< AA 61 01\n> 00 C0 00 00 01\n< 69 85", read(256)), "AA", 0x6985);
}

BOOST_AUTO_TEST_CASE(a_card_that_announces_data_and_gives_none_is_left) {
    const auto outcome = run("> 00 CB 3F FF 00\n< 61 01\n> 00 C0 00 00 01\n< 61 01", read(256));
    BOOST_REQUIRE(!outcome.response);
    BOOST_CHECK(is(outcome.response.error(), apdu_errc::endless_response));
}

BOOST_AUTO_TEST_CASE(a_card_that_gives_a_byte_at_a_time_for_ever_is_left) {
    std::string script = "> 00 CB 3F FF 00\n< AA 61 01\n";
    for (int i = 0; i < 1024; ++i) script += "> 00 C0 00 00 01\n< AA 61 01\n";
    const auto outcome = run(script, read(256));
    BOOST_REQUIRE(!outcome.response);
    BOOST_CHECK(is(outcome.response.error(), apdu_errc::endless_response));
    BOOST_TEST(outcome.finished);
}

BOOST_AUTO_TEST_CASE(an_answer_longer_than_agreed_is_not_kept) {
    Transport transport;
    transport.max_response = 2;
    const auto outcome = run("> 00 CB 3F FF 00\n< AA BB CC 90 00", read(256), transport);
    BOOST_REQUIRE(!outcome.response);
    BOOST_CHECK(is(outcome.response.error(), apdu_errc::response_too_long));
}

BOOST_AUTO_TEST_CASE(a_part_of_a_chain_that_is_refused_at_length_is_not_kept_either) {
    Transport transport;
    transport.max_response = 256;
    const auto outcome =
        run("> 10 DB 3F FF FF" + times(255, "5A") + "\n<" + times(257, "2A") + " 6A 80", put(300), transport);
    BOOST_REQUIRE(!outcome.response.has_value());
    BOOST_CHECK(is(outcome.response.error(), apdu_errc::response_too_long));
}
BOOST_AUTO_TEST_CASE(an_error_of_the_channel_is_passed_on_as_it_is) {
    const auto outcome = run("> 00 CB 3F FF 00\n# error reader.card_removed", read(256));
    BOOST_REQUIRE(!outcome.response);
    BOOST_CHECK(is(outcome.response.error(), tests::replay_errc::torn));
}

BOOST_AUTO_TEST_SUITE_END()
