// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the fake can only claim: the same with a real pcscd and practice cards behind it.
#include "pcsc/apdu/exchange.hpp"
#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/reader/monitor.hpp"
#include "pcsc/reader/pinpad.hpp"
#include "pcsc/reader/transaction.hpp"
#include "tools/practice/session.hpp"

#include <cstdio>
#include <thread>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::reader;
using namespace std::chrono_literals;

namespace {

// One for the program: libpcsclite reads the name of its socket once.
std::unique_ptr<practice::Session> session;

constexpr std::size_t t1 = 0, t0 = 1, keypad = 2;

struct Practice {
    Practice() {
        practice::Options options;
        for (const auto* card : {"piv", "piv:t0,name=T0", "piv:pinpad,name=Keypad"})
            options.cards.push_back(practice::parse_card(card).value());
        auto started = practice::Session::start(options);
        if (!started) {
            std::printf("skipped: no practice session here (%s)\n", describe(started.error()).c_str());
            std::exit(77);
        }
        session = std::move(*started);
        session->enter();
    }
    ~Practice() { session.reset(); }
    Practice(const Practice&) = delete;
    Practice& operator=(const Practice&) = delete;
};

template <class T>
T must(Result<T> result) {
    if (!result) BOOST_FAIL(describe(result.error()));
    return std::move(*result);
}
void must(const Result<void>& result) {
    if (!result) BOOST_FAIL(describe(result.error()));
}

ReaderName name(std::size_t number) {
    const char* const part[] = {"Acredita Practice", "T0", "Keypad"};
    const auto all = must(Context().readers());
    const auto found = std::ranges::find_if(
        all, [&](const ReaderName& reader) { return reader.text.find(part[number]) != std::string::npos; });
    BOOST_REQUIRE(found != all.end());
    return *found;
}

// As soon as pcscd has noticed the card.
std::unique_ptr<Connection> connect(std::size_t number) {
    for (int i = 0; i < 500; ++i) {
        if (auto connection = Connection::open(name(number))) return std::move(*connection);
        std::this_thread::sleep_for(10ms);
    }
    return must(Connection::open(name(number)));
}

const Bytes aid{0xA0, 0x00, 0x00, 0x03, 0x08};

template <class T>
bool failed_with(const Result<T>& result, reader_errc code) {
    if (!result) BOOST_TEST_MESSAGE(describe(result.error()));
    return !result && is(result.error(), code);
}

// Waits until the watcher has told this about this reader, and forgets what else it told.
bool tells(Watcher& watcher, Change change, const std::string& reader = {}) {
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (std::chrono::steady_clock::now() < deadline)
        for (const auto& event : watcher.wait(1s))
            if (event.change == change && event.state.name.text.find(reader) != std::string::npos)
                return true;
    return false;
}

} // namespace

BOOST_TEST_GLOBAL_FIXTURE(Practice);

BOOST_AUTO_TEST_SUITE(with_a_real_service)

BOOST_AUTO_TEST_CASE(short_and_extended_commands_reach_the_card) {
    const auto connection = connect(t1);
    BOOST_CHECK(connection->protocol() == Protocol::t1);
    auto transaction = must(Transaction::begin(*connection));
    Transport extended;
    extended.extended = true;
    BOOST_TEST(must(exchange(transaction, iso7816::select(aid), {})).sw.ok());
    // A certificate nobody has a right to store: refused whole or at the last part of the chain, for the same
    // reason.
    const auto too_long_for_short = iso7816::put_data_object(0x3FFF, Bytes(1700, 0x5A));
    const auto whole = must(exchange(transaction, too_long_for_short, extended));
    const auto chained = must(exchange(transaction, too_long_for_short, {}));
    BOOST_TEST(whole.sw.value == 0x6982);
    BOOST_TEST(chained.sw.value == 0x6982);
}

BOOST_AUTO_TEST_CASE(t0_cards_are_spoken_to_as_t0) {
    const auto connection = connect(t0);
    BOOST_CHECK(connection->protocol() == Protocol::t0);
    auto transaction = must(Transaction::begin(*connection));
    const auto selected = must(exchange(transaction, iso7816::select(aid), {}));
    BOOST_TEST(selected.sw.ok());
    BOOST_TEST(!selected.data.empty());
}

BOOST_AUTO_TEST_CASE(a_reset_by_another_connection_is_noticed) {
    const auto mine = connect(t1);
    const auto theirs = connect(t1);
    must(theirs->reset());
    BOOST_TEST(failed_with(Transaction::begin(*mine), reader_errc::card_reset));
    BOOST_TEST(Transaction::begin(*theirs).has_value());
    BOOST_TEST(Transaction::begin(*connect(t1)).has_value());
}

BOOST_AUTO_TEST_CASE(a_reset_clears_what_was_selected_and_verified) {
    const auto connection = connect(t1);
    {
        auto transaction = must(Transaction::begin(*connection));
        BOOST_TEST(must(exchange(transaction, iso7816::select(aid), {})).sw.ok());
        BOOST_TEST(
            must(exchange(transaction, iso7816::verify(0x80, from_hex("313233343536FFFF").value()), {}))
                .sw.ok());
    }
    {
        auto transaction = must(Transaction::begin(*connection));
        BOOST_TEST(must(exchange(transaction, iso7816::verify_status(0x80), {})).sw.ok());
    }
    const auto before = connection->generation();
    must(connection->reset());
    BOOST_TEST(connection->generation() != before);
    auto transaction = must(Transaction::begin(*connection));
    BOOST_TEST(must(exchange(transaction, iso7816::select(aid), {})).sw.ok());
    BOOST_TEST(must(exchange(transaction, iso7816::verify_status(0x80), {})).sw.has_tries());
}

BOOST_AUTO_TEST_CASE(the_end_of_a_connection_leaves_the_card_as_it_is_unless_a_reset_is_asked_for) {
    const auto observer = connect(t1);
    { const auto passing = connect(t1); }
    BOOST_TEST(Transaction::begin(*observer).has_value());
    must(connect(t1)->close(Disposition::reset));
    BOOST_TEST(failed_with(Transaction::begin(*observer), reader_errc::card_reset));
}

BOOST_AUTO_TEST_CASE(nobody_waits_without_limit_for_another_programs_transaction) {
    const auto holder = connect(t1);
    const auto waiting = connect(t1);
    {
        const auto held = must(Transaction::begin(*holder));
        BOOST_TEST(failed_with(Transaction::begin(*waiting, 50ms), reader_errc::sharing_violation));
        BOOST_TEST(failed_with(Connection::open(name(t1), 50ms), reader_errc::sharing_violation));
        BOOST_TEST(!waiting->lost());
    }
    BOOST_TEST(Transaction::begin(*waiting).has_value());
}

BOOST_AUTO_TEST_CASE(a_card_taken_out_and_put_in_is_another_life) {
    auto connection = connect(t1);
    Watcher watcher(must(Context().snapshot()));
    must(session->remove(t1));
    BOOST_TEST(tells(watcher, Change::card_removed, name(t1).text));
    BOOST_TEST(failed_with(Transaction::begin(*connection), reader_errc::card_removed));
    BOOST_TEST(failed_with(Connection::open(name(t1)), reader_errc::no_card));
    std::this_thread::sleep_for(1100ms); // the practice reader takes a card again after a second
    must(session->insert(t1));
    BOOST_TEST(tells(watcher, Change::card_inserted, name(t1).text));
    BOOST_TEST(failed_with(Transaction::begin(*connection), reader_errc::card_removed));
    const auto events = connection->events();
    connection = connect(t1);
    BOOST_TEST(connection->events() == events + 2);
    BOOST_TEST(Transaction::begin(*connection).has_value());
}

BOOST_AUTO_TEST_CASE(a_card_exchanged_while_nobody_looked_is_told_by_the_event_counter) {
    Watcher watcher(must(Context().snapshot()));
    Watcher other(must(Context().snapshot()));
    must(session->remove(t1));
    BOOST_TEST(tells(other, Change::card_removed));
    std::this_thread::sleep_for(1100ms);
    must(session->insert(t1));
    BOOST_TEST(tells(other, Change::card_inserted));
    const auto events = watcher.wait(10s);
    BOOST_REQUIRE(events.size() == 1U);
    BOOST_CHECK(events.front().change == Change::card_swapped);
}

BOOST_AUTO_TEST_CASE(a_reader_unplugged_is_gone_and_comes_back) {
    const auto connection = connect(t0);
    Watcher watcher(must(Context().snapshot()));
    must(session->unplug(t0));
    BOOST_TEST(tells(watcher, Change::reader_left, "T0"));
    BOOST_TEST(!Transaction::begin(*connection).has_value());
    must(session->plug(t0));
    BOOST_TEST(tells(watcher, Change::card_inserted, "T0"));
    BOOST_TEST(Transaction::begin(*connect(t0)).has_value());
}

BOOST_AUTO_TEST_CASE(the_service_is_killed_and_started_again) {
    const auto connection = connect(t1);
    Context context;
    BOOST_TEST(must(context.readers()).size() == 3U);
    Watcher watcher(must(context.snapshot()));
    must(session->kill_pcscd());
    BOOST_TEST(tells(watcher, Change::service_lost));
    const auto begun = Transaction::begin(*connection);
    BOOST_REQUIRE(!begun);
    BOOST_TEST(is_stale(begun.error()));
    BOOST_TEST(failed_with(context.readers(), reader_errc::service_not_running));
    must(session->start_pcscd());
    BOOST_TEST(tells(watcher, Change::card_inserted, "Keypad"));
    BOOST_TEST(must(context.readers()).size() == 3U);
    BOOST_TEST(Transaction::begin(*connect(t1)).has_value());
}

BOOST_AUTO_TEST_CASE(two_threads_work_with_two_cards_at_the_same_time) {
    const auto work = [](std::size_t number, int& done) {
        const auto connection = connect(number);
        for (int i = 0; i < 100; ++i) {
            auto transaction = Transaction::begin(*connection);
            if (!transaction) return;
            const auto selected = exchange(*transaction, iso7816::select(aid), {});
            if (selected && selected->sw.ok()) ++done;
        }
    };
    int first = 0, second = 0;
    { const std::jthread a(work, t1, std::ref(first)), b(work, t0, std::ref(second)); }
    BOOST_TEST(first == 100);
    BOOST_TEST(second == 100);
}

BOOST_AUTO_TEST_CASE(a_monitor_tells_a_card_taken_out_and_put_in_in_this_order) {
    std::mutex mutex;
    std::condition_variable more;
    std::vector<Change> changes;
    const auto heard = [&](std::size_t count) {
        std::unique_lock lock(mutex);
        return more.wait_for(lock, 30s, [&] { return changes.size() >= count; });
    };
    Monitor monitor([&](const Event& event) {
        const std::lock_guard lock(mutex);
        changes.push_back(event.change);
        more.notify_all();
    });
    BOOST_REQUIRE(heard(6)); // three readers with a card each
    must(session->remove(t1));
    BOOST_REQUIRE(heard(7));
    std::this_thread::sleep_for(1100ms);
    must(session->insert(t1));
    BOOST_REQUIRE(heard(8));
    const std::lock_guard lock(mutex);
    BOOST_CHECK(changes[6] == Change::card_removed);
    BOOST_CHECK(changes[7] == Change::card_inserted);
}

BOOST_AUTO_TEST_CASE(a_pin_is_typed_on_the_readers_own_keys) {
    const auto connection = connect(keypad);
    auto transaction = must(Transaction::begin(*connection));
    BOOST_TEST(must(exchange(transaction, iso7816::select(aid), {})).sw.ok());
    const auto pinpad = must(Pinpad::of(transaction));
    must(session->person(keypad, practice::Pinpad::Person::types, zeroing(as_bytes("123456"))));
    BOOST_TEST(must(pinpad.verify(transaction, {.minimum = 6})).ok());
    must(session->person(keypad, practice::Pinpad::Person::types, zeroing(as_bytes("654321"))));
    BOOST_TEST(must(pinpad.verify(transaction, {.minimum = 6})).has_tries());
    must(session->person(keypad, practice::Pinpad::Person::cancels));
    BOOST_TEST(failed_with(pinpad.verify(transaction, {.minimum = 6}), reader_errc::pin_pad_cancelled));
    must(session->person(keypad, practice::Pinpad::Person::hesitates));
    BOOST_TEST(failed_with(pinpad.verify(transaction, {.minimum = 6}), reader_errc::pin_pad_timeout));
    for (const auto* digits : {"123456", "111111", "222222"})
        must(session->person(keypad, practice::Pinpad::Person::types, zeroing(as_bytes(digits))));
    BOOST_TEST(failed_with(pinpad.modify(transaction, {.minimum = 6}), reader_errc::pin_pad_mismatch));
    BOOST_TEST(!connection->lost());
}

BOOST_AUTO_TEST_SUITE_END()
