// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card/virtual_card.hpp"
#include "tools/practice/card_spec.hpp"
#include "tools/practice/virtual_reader.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/socket.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::practice;

namespace {

const Bytes select_piv = from_hex("00A4040005A000000308").value();
const Bytes wrong_pin = from_hex("0020008008393939393939FFFF").value();
const Bytes query = from_hex("00200080").value();

struct Bench {
    std::unique_ptr<StateFile> state = StateFile::open({}).value();
    Transcript transcript{std::filesystem::path{}};
    std::unique_ptr<VirtualCard> make(const std::string& spec = "piv") {
        return std::make_unique<VirtualCard>(
            parse_card(spec).value().chip.make(1),
            VirtualCard::Surroundings{0, "card0", state.get(), &transcript, std::chrono::milliseconds(0)});
    }
};

std::string text(const std::optional<Bytes>& answer) { return answer ? to_hex(*answer) : "gone"; }

} // namespace

BOOST_AUTO_TEST_SUITE(practice_virtual_card)

BOOST_AUTO_TEST_CASE(a_card_without_power_does_not_answer) {
    Bench bench;
    BOOST_TEST(text(bench.make()->exchange(select_piv)) == "gone");
}

BOOST_AUTO_TEST_CASE(exchanges_are_counted_from_the_last_reset_of_the_counter) {
    Bench bench;
    const auto card = bench.make();
    (void)card->power_up();
    (void)card->exchange(select_piv);
    (void)card->exchange(query);
    BOOST_TEST(card->exchanges() == 2U);
    card->reset_exchanges();
    BOOST_TEST(card->exchanges() == 0U);
}

BOOST_AUTO_TEST_CASE(a_card_torn_before_its_work_has_not_done_it) {
    Bench bench;
    const auto card = bench.make();
    (void)card->power_up();
    card->tear_at(Tear{.exchange = 2});
    (void)card->exchange(select_piv);
    BOOST_TEST(text(card->exchange(wrong_pin)) == "gone");
    (void)card->power_up();
    (void)card->exchange(select_piv);
    BOOST_TEST(text(card->exchange(query)) == "63C3");
}

BOOST_AUTO_TEST_CASE(a_card_torn_after_its_work_has_done_it) {
    Bench bench;
    const auto card = bench.make();
    (void)card->power_up();
    card->tear_at(Tear{.exchange = 2, .work_done = true});
    (void)card->exchange(select_piv);
    BOOST_TEST(text(card->exchange(wrong_pin)) == "gone");
    (void)card->power_up();
    (void)card->exchange(select_piv);
    BOOST_TEST(text(card->exchange(query)) == "63C2");
}

BOOST_AUTO_TEST_CASE(a_quick_swap_leaves_a_card_that_has_forgotten_everything) {
    Bench bench;
    const auto card = bench.make();
    (void)card->power_up();
    (void)card->exchange(select_piv);
    card->tear_at(Tear{.exchange = 2, .quick_swap = true});
    BOOST_TEST(text(card->exchange(query)) == "gone");
    BOOST_TEST(text(card->exchange(query)) == "6D00");
}

BOOST_AUTO_TEST_CASE(the_memory_is_written_before_the_answer_leaves) {
    Bench bench;
    const auto card = bench.make();
    (void)card->power_up();
    (void)card->exchange(select_piv);
    (void)card->exchange(wrong_pin);
    BOOST_TEST(bench.state->read("card0").at("pin").at("left") == 2);
}

BOOST_AUTO_TEST_CASE(a_reader_tells_its_watchers_of_each_change) {
    Bench bench;
    VirtualReader reader(bench.make(), false);
    int pair[2];
    BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) == 0);
    reader.watch(pair[0]);
    char heard = 0;
    reader.remove();
    BOOST_TEST(::recv(pair[1], &heard, 1, MSG_DONTWAIT) == 1);
    BOOST_TEST(!reader.present());
    reader.insert();
    BOOST_TEST(::recv(pair[1], &heard, 1, MSG_DONTWAIT) == 1);
    BOOST_TEST(reader.present());
    reader.unwatch(pair[0]);
    ::close(pair[0]);
    ::close(pair[1]);
}

BOOST_AUTO_TEST_CASE(a_torn_card_stays_away_a_second_and_comes_back) {
    Bench bench;
    VirtualReader reader(bench.make(), false);
    (void)reader.answer(wire::Ask::power_up, {});
    reader.card()->tear_at(Tear{.exchange = 1});
    const auto torn = std::chrono::steady_clock::now();
    BOOST_TEST((reader.answer(wire::Ask::transmit, select_piv).say == wire::Say::failed));
    BOOST_TEST(!reader.present());
    reader.insert();
    BOOST_TEST(reader.present());
    BOOST_TEST((std::chrono::steady_clock::now() - torn >= std::chrono::seconds(1)));
}

BOOST_AUTO_TEST_SUITE_END()
