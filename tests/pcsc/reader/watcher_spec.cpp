// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/monitor.hpp"
#include "tests/pcsc/reader/fixture.hpp"

using namespace acredita;
using namespace acredita::reader;
using namespace std::chrono_literals;

namespace {

const char* spell(Change change) {
    switch (change) {
    case Change::service_lost:
        return "service lost";
    case Change::service_back:
        return "service back";
    case Change::reader_arrived:
        return "arrived";
    case Change::reader_left:
        return "left";
    case Change::card_inserted:
        return "inserted";
    case Change::card_removed:
        return "removed";
    case Change::card_swapped:
        return "swapped";
    }
    return "?";
}

std::string spell(const std::vector<Event>& events) {
    std::string text;
    for (const auto& event : events) {
        if (!text.empty()) text += ", ";
        text += spell(event.change);
        if (!event.state.name.text.empty()) text += ' ' + event.state.name.text;
    }
    return text;
}

// Collects what a Monitor tells until it has told as much as is waited for.
struct Heard {
    std::mutex mutex;
    std::condition_variable more;
    std::vector<Event> events;

    Monitor::Listener listener() {
        return [this](const Event& event) {
            const std::lock_guard lock(mutex);
            events.push_back(event);
            more.notify_all();
        };
    }
    std::string first(std::size_t count) {
        std::unique_lock lock(mutex);
        more.wait_for(lock, 60s, [&] { return events.size() >= count; });
        return spell(events);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(watching, tests::WithFakePcsc)

BOOST_AUTO_TEST_CASE(the_first_wait_tells_what_is_there) {
    pcsc.readers["A"] = {};
    pcsc.insert("B");
    Watcher watcher;
    BOOST_TEST(spell(watcher.wait(60s)) == "arrived A, arrived B, inserted B");
    BOOST_TEST(watcher.states().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_wait_with_nothing_to_tell_ends_with_its_time) {
    Watcher watcher;
    BOOST_TEST(watcher.wait(5ms).empty());
    BOOST_TEST(watcher.wait(0ms).empty());
}

BOOST_AUTO_TEST_CASE(what_the_caller_knows_already_is_not_told) {
    pcsc.insert("A");
    Watcher watcher(Context().snapshot().value());
    BOOST_TEST(watcher.wait(5ms).empty());
    pcsc.remove("A");
    BOOST_TEST(spell(watcher.wait(60s)) == "removed A");
}

BOOST_AUTO_TEST_CASE(a_card_swapped_while_nobody_looked_is_told_by_the_event_counter) {
    pcsc.insert("A");
    Watcher watcher;
    (void)watcher.wait(60s);
    pcsc.remove("A");
    pcsc.insert("A");
    BOOST_TEST(spell(watcher.wait(60s)) == "swapped A");
    BOOST_TEST(watcher.states().front().events == 3);
}

BOOST_AUTO_TEST_CASE(a_card_of_another_kind_is_another_card_even_with_the_same_counter) {
    const ReaderState one{.name = {"A"}, .present = true, .events = 1, .atr = {0x3B, 0x00}};
    auto other = one;
    other.atr = {0x3B, 0x01};
    BOOST_TEST(spell(differences({&one, 1}, {&other, 1})) == "swapped A");
    BOOST_TEST(differences({&one, 1}, {&one, 1}).empty());
}

BOOST_AUTO_TEST_CASE(use_by_other_programs_is_no_event) {
    const ReaderState one{.name = {"A"}, .present = true, .events = 1};
    auto used = one;
    used.in_use = true;
    BOOST_TEST(differences({&one, 1}, {&used, 1}).empty());
}

BOOST_AUTO_TEST_CASE(a_reader_that_leaves_takes_its_card_with_it) {
    pcsc.insert("A");
    Watcher watcher;
    (void)watcher.wait(60s);
    pcsc.change([](auto& fake) { fake.readers.clear(); });
    BOOST_TEST(spell(watcher.wait(60s)) == "removed A, left A");
}

BOOST_AUTO_TEST_CASE(an_unavailable_reader_counts_as_gone) {
    ReaderState one{.name = {"A"}, .present = true, .events = 1};
    auto gone = one;
    gone.unavailable = true;
    BOOST_TEST(spell(differences({&one, 1}, {&gone, 1})) == "removed A, left A");
    BOOST_TEST(spell(differences({&gone, 1}, {&one, 1})) == "arrived A, inserted A");
}

BOOST_AUTO_TEST_CASE(the_service_stops_and_comes_back) {
    pcsc.insert("A");
    Watcher watcher;
    (void)watcher.wait(60s);
    pcsc.stop_service();
    const auto lost = watcher.wait(60s);
    BOOST_TEST(spell(lost) == "removed A, left A, service lost");
    BOOST_TEST(lost.back().cause.has_value());
    BOOST_TEST(watcher.wait(5ms).empty());
    pcsc.start_service();
    pcsc.insert("A");
    BOOST_TEST(spell(watcher.wait(60s)) == "service back, arrived A, inserted A");
}

BOOST_AUTO_TEST_CASE(a_service_that_was_never_there_is_told_once) {
    pcsc.stop_service();
    Watcher watcher;
    BOOST_TEST(spell(watcher.wait(60s)) == "service lost");
    BOOST_TEST(watcher.wait(5ms).empty());
}

BOOST_AUTO_TEST_CASE(a_service_that_fails_again_and_again_does_not_alternate) {
    Watcher watcher;
    for (int i = 0; i < 2; ++i) pcsc.fail_next("SCardListReaders", SCARD_F_INTERNAL_ERROR);
    BOOST_TEST(spell(watcher.wait(60s)) == "service lost");
    BOOST_TEST(watcher.wait(1ms).empty());
    BOOST_TEST(spell(watcher.wait(60s)) == "service back");
}

BOOST_AUTO_TEST_CASE(seventeen_readers_are_one_more_than_libpcsclite_looks_at) {
    for (char c = 'A'; c < 'A' + 17; ++c) pcsc.readers[std::string(1, c)] = {};
    Watcher watcher;
    BOOST_TEST(watcher.wait(60s).size() == 16U);
    BOOST_TEST(watcher.wait(5ms).empty());
}

BOOST_AUTO_TEST_CASE(an_interrupt_before_the_wait_is_not_lost) {
    Watcher watcher;
    watcher.interrupt();
    BOOST_TEST(watcher.wait(60s).empty());
    BOOST_TEST(pcsc.calls("SCardGetStatusChange") == 0U);
}

BOOST_AUTO_TEST_CASE(a_monitor_tells_events_in_their_order) {
    Heard heard;
    {
        Monitor monitor(heard.listener());
        pcsc.insert("A");
        BOOST_TEST(heard.first(2) == "arrived A, inserted A");
        pcsc.remove("A");
        BOOST_TEST(heard.first(3) == "arrived A, inserted A, removed A");
        pcsc.stop_service();
        BOOST_TEST(heard.first(5) == "arrived A, inserted A, removed A, left A, service lost");
        pcsc.start_service();
        BOOST_TEST(heard.first(6) == "arrived A, inserted A, removed A, left A, service lost, service back");
    }
}

BOOST_AUTO_TEST_CASE(a_monitor_can_be_destroyed_at_any_moment) {
    for (int i = 0; i < 50; ++i) {
        Heard heard;
        Monitor monitor(heard.listener());
        if (i % 2 == 0) pcsc.insert("A");
    }
}

BOOST_AUTO_TEST_CASE(a_monitor_without_a_service_can_be_destroyed_as_well) {
    pcsc.stop_service();
    Heard heard;
    Monitor monitor(heard.listener());
    BOOST_TEST(heard.first(1) == "service lost");
}

BOOST_AUTO_TEST_SUITE_END()
