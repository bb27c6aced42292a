// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/apdu/exchange.hpp"
#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/apdu/transcript.hpp"
#include "tests/support/replay_channel.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using tests::ReplayChannel;

namespace {

struct Recorder {
    std::string text;
    Transcript transcript{[this](std::string_view line) { (text += line) += '\n'; }};
};

} // namespace

BOOST_AUTO_TEST_SUITE(transcript)

BOOST_AUTO_TEST_CASE(what_was_said_is_written_line_by_line) {
    const std::string script = "> 00 A4 04 00 05 A0 00 00 03 08 00\n< 61 02 4F 00 90 00\n";
    ReplayChannel card(script);
    Recorder recorder;
    RecordingChannel channel(card, recorder.transcript);
    const auto answer = exchange(channel, iso7816::select(from_hex("A000000308").value()), {});
    BOOST_REQUIRE(answer);
    BOOST_TEST(recorder.text == script);
    BOOST_TEST(card.finished());
}

BOOST_AUTO_TEST_CASE(a_pin_is_masked_and_its_length_is_not) {
    ReplayChannel card("> 00 20 00 80 08 ** ** ** ** ** ** ** **\n< 90 00\n");
    Recorder recorder;
    RecordingChannel channel(card, recorder.transcript);
    BOOST_REQUIRE(exchange(channel, iso7816::verify(0x80, from_hex("313233343536FFFF").value()), {}));
    BOOST_TEST(recorder.text == "> 00 20 00 80 08 ** ** ** ** ** ** ** **\n< 90 00\n");
}

BOOST_AUTO_TEST_CASE(each_part_of_a_chain_masks_all_its_data) {
    ReplayChannel card(
        "> 10 DB 3F FF 02 ** **\n< 90 00\n> 10 DB 3F FF 02 ** **\n# error reader.card_removed\n");
    Recorder recorder;
    RecordingChannel channel(card, recorder.transcript);
    Transport transport;
    transport.chunk = 2;
    const auto command = iso7816::put_data_object(0x3FFF, Bytes(256, 0x5A), Mask::data);
    BOOST_CHECK(!exchange(channel, command, transport));
    BOOST_TEST(recorder.text ==
               "> 10 DB 3F FF 02 ** **\n< 90 00\n> 10 DB 3F FF 02 ** **\n# error replay.torn\n");
    BOOST_TEST(card.finished());
}

BOOST_AUTO_TEST_CASE(a_secret_answer_shows_its_status_word_only) {
    ReplayChannel card("> 00 84 00 00 04\n< 11 22 33 44 90 00\n");
    Recorder recorder;
    RecordingChannel channel(card, recorder.transcript);
    BOOST_REQUIRE(exchange(channel, {.ins = 0x84, .le = 4, .mask = Mask::response}, {}));
    BOOST_TEST(recorder.text == "> 00 84 00 00 04\n< ** ** ** ** 90 00\n");
}

BOOST_AUTO_TEST_CASE(readers_resets_and_errors_are_remarks) {
    ReplayChannel card("> 00 84 00 00 08\n# error reader.card_removed\n");
    Recorder recorder;
    RecordingChannel channel(card, recorder.transcript);
    recorder.transcript.reader("Reader\n> 00", from_hex("3B8001").value());
    recorder.transcript.reset();
    BOOST_CHECK(!exchange(channel, {.ins = 0x84, .le = 8}, {}));
    BOOST_TEST(recorder.text ==
               "# reader Reader?> 00 ATR 3B 80 01\n# reset\n> 00 84 00 00 08\n# error replay.torn\n");
}

BOOST_AUTO_TEST_CASE(a_replay_refuses_a_command_that_differs_in_one_byte) {
    ReplayChannel card("> 00 84 00 00 08\n< 90 00\n");
    const auto command = from_hex("0084000009").value();
    const auto answer = card.transmit({command});
    BOOST_REQUIRE(!answer);
    BOOST_CHECK(is(answer.error(), tests::replay_errc::off_script));
    BOOST_TEST(!card.finished());
    BOOST_TEST(!card.complaint().empty());
}

BOOST_AUTO_TEST_CASE(a_replay_is_finished_only_at_its_end) {
    ReplayChannel card("> 00 84 00 00 08\n< 90 00\n> 00 84 00 00 08\n< 90 00\n");
    const auto command = from_hex("0084000008").value();
    BOOST_CHECK(card.transmit({command}));
    BOOST_TEST(!card.finished());
    BOOST_CHECK(card.transmit({command}));
    BOOST_TEST(card.finished());
    BOOST_CHECK(!card.transmit({command}));
    BOOST_TEST(!card.finished());
}

BOOST_AUTO_TEST_CASE(a_text_that_is_no_transcript_is_refused) {
    for (const auto* text : {"> 00", "< 90 00", "> 00\n> 00", "hello", "> 0", "> 00\n< ** 00", "> 00\n< 90"})
        BOOST_CHECK_THROW(ReplayChannel{text}, std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
