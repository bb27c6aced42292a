// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/pcsc/reader/fixture.hpp"

#include <thread>

using namespace acredita;
using namespace acredita::reader;
using namespace std::chrono_literals;
using tests::failed_with;

namespace {

const Bytes challenge{0x00, 0x84, 0x00, 0x00, 0x08};

} // namespace

BOOST_FIXTURE_TEST_SUITE(connections, tests::WithFakePcsc)

BOOST_AUTO_TEST_CASE(a_connection_knows_its_card) {
    pcsc.readers[name.text].protocol = SCARD_PROTOCOL_T0;
    const auto connection = connected();
    BOOST_TEST(to_hex(connection->atr()) == "3B80800101");
    BOOST_CHECK(connection->protocol() == Protocol::t0);
    BOOST_TEST(connection->events() == 1);
    BOOST_TEST(connection->reader().text == name.text);
}

BOOST_AUTO_TEST_CASE(two_connections_never_have_the_same_generation) {
    const auto first = connected();
    const auto second = connected();
    BOOST_TEST(first->generation() != second->generation());
}

BOOST_AUTO_TEST_CASE(nothing_is_connected_to_where_nothing_can_be) {
    BOOST_TEST(failed_with(Connection::open(name), reader_errc::reader_gone));
    pcsc.readers[name.text] = {};
    BOOST_TEST(failed_with(Connection::open(name), reader_errc::no_card));
    pcsc.insert(name.text);
    pcsc.readers[name.text].mute = true;
    BOOST_TEST(failed_with(Connection::open(name), reader_errc::card_mute));
    BOOST_TEST(pcsc.calls("SCardConnect") == 0U);
}

BOOST_AUTO_TEST_CASE(a_card_with_no_protocol_we_speak_is_let_go) {
    pcsc.insert(name.text);
    pcsc.readers[name.text].protocol = SCARD_PROTOCOL_RAW;
    BOOST_TEST(failed_with(Connection::open(name), reader_errc::protocol_mismatch));
}

BOOST_AUTO_TEST_CASE(a_reader_kept_by_another_program_is_given_up_in_time) {
    pcsc.insert(name.text);
    pcsc.readers[name.text].exclusive = true;
    BOOST_TEST(failed_with(Connection::open(name, 30ms), reader_errc::sharing_violation));
    BOOST_TEST(pcsc.calls("SCardConnect") == 0U);
}

BOOST_AUTO_TEST_CASE(a_connect_that_waits_for_a_transaction_is_left_behind_and_tidies_up) {
    pcsc.insert(name.text);
    pcsc.readers[name.text].in_use = pcsc.readers[name.text].held_elsewhere = true;
    BOOST_TEST(failed_with(Connection::open(name, 30ms), reader_errc::sharing_violation));
    pcsc.change([&](auto& fake) { fake.readers[name.text].held_elsewhere = false; });
    while (pcsc.calls("SCardReleaseContext") == 0) std::this_thread::sleep_for(1ms);
    BOOST_TEST(pcsc.calls("SCardDisconnect") == 1U);
}

BOOST_AUTO_TEST_CASE(a_connect_that_has_to_wait_only_a_little_succeeds) {
    pcsc.insert(name.text);
    pcsc.readers[name.text].in_use = pcsc.readers[name.text].held_elsewhere = true;
    std::jthread other([&] {
        while (pcsc.calls("SCardConnect") == 0) std::this_thread::sleep_for(1ms);
        pcsc.change([&](auto& fake) { fake.readers[name.text].held_elsewhere = false; });
    });
    BOOST_TEST(Connection::open(name, 60s).has_value());
}

BOOST_AUTO_TEST_CASE(a_transaction_that_another_program_has_is_not_waited_for_without_limit) {
    const auto connection = connected();
    pcsc.readers[name.text].held_elsewhere = true;
    BOOST_TEST(failed_with(Transaction::begin(*connection, 30ms), reader_errc::sharing_violation));
    BOOST_TEST(pcsc.calls("SCardBeginTransaction") == 0U);
    pcsc.readers[name.text].held_elsewhere = false;
    BOOST_TEST(!connection->lost());
    BOOST_TEST(Transaction::begin(*connection).has_value());
}

BOOST_AUTO_TEST_CASE(a_transaction_inside_a_transaction_is_refused) {
    const auto connection = connected();
    const auto outer = Transaction::begin(*connection);
    BOOST_REQUIRE(outer);
    BOOST_TEST(failed_with(Transaction::begin(*connection), reader_errc::bad_request));
    BOOST_TEST(failed_with(connection->reset(), reader_errc::bad_request));
    BOOST_TEST(!connection->lost());
}

BOOST_AUTO_TEST_CASE(a_moved_transaction_ends_once) {
    const auto connection = connected();
    {
        auto first = Transaction::begin(*connection);
        BOOST_REQUIRE(first);
        Transaction second(std::move(*first));
        BOOST_TEST(second.transmit({challenge}).has_value());
    }
    BOOST_TEST(pcsc.calls("SCardEndTransaction") == 2U); // the question before the begin, and the end
}

BOOST_AUTO_TEST_CASE(a_reset_by_another_connection_is_noticed_and_never_repaired) {
    const auto mine = connected();
    const auto theirs = connected();
    BOOST_REQUIRE(theirs->reset());
    BOOST_TEST(failed_with(Transaction::begin(*mine), reader_errc::card_reset));
    BOOST_TEST(mine->lost());
    BOOST_TEST(failed_with(Transaction::begin(*mine), reader_errc::card_reset));
    BOOST_TEST(Transaction::begin(*connected()).has_value());
}

BOOST_AUTO_TEST_CASE(a_reset_of_ones_own_makes_a_new_generation) {
    const auto connection = connected();
    const auto before = connection->generation();
    BOOST_REQUIRE(connection->reset());
    BOOST_TEST(connection->generation() != before);
    BOOST_TEST(Transaction::begin(*connection).has_value());
}

BOOST_AUTO_TEST_CASE(a_card_taken_out_is_noticed_at_the_next_transaction) {
    const auto connection = connected();
    pcsc.remove(name.text);
    pcsc.insert(name.text);
    BOOST_TEST(failed_with(Transaction::begin(*connection), reader_errc::card_removed));
}

BOOST_AUTO_TEST_CASE(after_one_failed_exchange_nothing_more_is_sent) {
    const auto connection = connected();
    pcsc.fail_next("SCardTransmit", SCARD_E_NOT_TRANSACTED);
    auto transaction = Transaction::begin(*connection);
    BOOST_REQUIRE(transaction);
    BOOST_TEST(failed_with(transaction->transmit({challenge}), reader_errc::comm_error));
    BOOST_TEST(failed_with(transaction->transmit({challenge}), reader_errc::comm_error));
    BOOST_TEST(pcsc.calls("SCardTransmit") == 1U);
}

BOOST_AUTO_TEST_CASE(the_longest_extended_answer_arrives_whole_and_leaves_nothing_for_the_next) {
    const auto connection = connected();
    pcsc.card = [](ByteView command) {
        Bytes answer(command.size() > 5 ? 65536 : 0, 0x5A);
        append(answer, Bytes{0x90, 0x00});
        return answer;
    };
    auto transaction = Transaction::begin(*connection);
    BOOST_REQUIRE(transaction);
    const Bytes longest(65544, 0x11);
    const auto answer = transaction->transmit({longest});
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->size() == 65538U);
    BOOST_TEST(transaction->transmit({challenge})->size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_card_that_answers_slowly_for_ever_is_given_up_and_its_longest_answer_is_not_counted) {
    const auto connection = connected();
    const Bytes command{0x00, 0xC0, 0x00, 0x00, 0x00};
    unsigned answered = 0;
    pcsc.card = [&](ByteView) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        ++answered;
        return Bytes{0x61, 0x00};
    };
    {
        auto transaction =
            Transaction::begin(*connection, reader::default_patience, std::chrono::milliseconds(0));
        BOOST_REQUIRE(transaction.has_value());
        BOOST_TEST(transaction->transmit({command}).has_value()); // one may take as long as it needs
        BOOST_TEST(transaction->transmit({command}).has_value());
        BOOST_TEST(failed_with(transaction->transmit({command}), reader_errc::timeout));
        BOOST_TEST(answered == 2U);
    }
    BOOST_TEST(connection->lost());
}

BOOST_AUTO_TEST_CASE(an_answer_without_a_status_word_is_an_error) {
    const auto connection = connected();
    pcsc.card = [](ByteView) { return Bytes{0x90}; };
    auto transaction = Transaction::begin(*connection);
    BOOST_REQUIRE(transaction);
    BOOST_TEST(failed_with(transaction->transmit({challenge}), reader_errc::comm_error));
}

BOOST_AUTO_TEST_CASE(a_connection_can_end_with_a_reset_and_is_then_of_no_use) {
    const auto connection = connected();
    BOOST_TEST(connection->close(Disposition::reset).has_value());
    BOOST_TEST(failed_with(Transaction::begin(*connection), reader_errc::invalid_handle));
    BOOST_TEST(pcsc.calls("SCardDisconnect") == 1U);
}

BOOST_AUTO_TEST_CASE(a_context_makes_itself_anew_after_the_service_was_restarted) {
    Context context;
    pcsc.insert(name.text);
    BOOST_TEST(context.readers().value().size() == 1U);
    pcsc.stop_service();
    BOOST_TEST(failed_with(context.readers(), reader_errc::service_not_running));
    pcsc.start_service();
    BOOST_TEST(context.readers().value().empty());
    pcsc.insert(name.text);
    BOOST_TEST(context.snapshot().value().front().present);
    BOOST_TEST(context.state(name).value().events == 1);
}

BOOST_AUTO_TEST_CASE(a_reader_that_leaves_between_list_and_look_does_not_spoil_the_snapshot) {
    Context context;
    pcsc.insert(name.text);
    pcsc.fail_next("SCardGetStatusChange", SCARD_E_UNKNOWN_READER);
    BOOST_TEST(context.snapshot().value().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
