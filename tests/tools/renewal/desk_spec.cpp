// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Renewals as cases of the office, on both engines.
#include "tests/tools/office/engines.hpp"
#include "tools/office/digest.hpp"
#include "tools/renewal/desk.hpp"

using namespace acredita;
using namespace acredita::test;
using namespace acredita::renewal;

namespace {

const Parties lucia{"00000000T", "10000001"};

Record full_record() {
    Record record;
    record.path = Path::request;
    record.policy = Policy::supervisor;
    record.old_certificate = Bytes(1800, 0x30);
    record.old_on_card = false;
    record.contact = {"lucía@universidad.example", "+34 600 000 000", "910 000 000"};
    record.user = "lucia";
    record.language = "es";
    record.new_certificate = Bytes(2000, 0x31);
    record.new_key = Bytes(294, 0x32);
    record.new_identifier = Bytes(20, 0x33);
    record.request = Bytes(700, 0x34);
    record.place = 0x9C;
    record.folio = "R-2026-000001-X";
    record.nonce = Bytes(16, 0x35);
    record.first_issued = "2026-11-21T09:30:00Z";
    record.second_issued = "2026-11-22T09:30:00Z";
    record.first_signed = Bytes(32, 0x36);
    record.portals = {"Sede electrónica", "Oficina virtual"};
    return record;
}
Record plain_record(Path path = Path::issued) {
    Record record;
    record.path = path;
    record.old_certificate = Bytes(1800, 0x30);
    return record;
}

struct Kiosk {
    explicit Kiosk(const office::Connection& connection)
        : database(new_office(connection)),
          journal(database, {.kiosk = "k", .build = "acredita", .session = "S", .operator_name = "ana"}),
          desk(database, journal) {}
    std::vector<std::string> actions() {
        std::vector<std::string> all;
        succeed(journal.each(1, [&](std::string_view line) {
            const auto at = line.find("\"action\":\"") + 10;
            all.emplace_back(line.substr(at, line.find('"', at) - at));
            return true;
        }));
        return all;
    }
    office::Database database;
    office::Journal journal;
    Desk desk;
};

Renewal walk(Desk& desk, Renewal renewal, State until) {
    while (renewal.state != until)
        renewal = value(desk.step(renewal, *due(renewal.record.path, renewal.state), renewal.record, lucia));
    return renewal;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_renewal_at_the_desk)

BOOST_DATA_TEST_CASE(is_found_again_by_the_card_with_everything_that_is_known_of_it, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    const auto told = full_record();
    {
        Kiosk kiosk(connection);
        value(kiosk.desk.open(lucia, told));
    }
    Kiosk other(connection);
    const auto found = value(other.desk.of_card("10000001"));
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((found->state == State::reviewed));
    BOOST_TEST((facts_of(found->record) == facts_of(told)));
    BOOST_TEST(found->record.portals.size() == 2U);
    BOOST_TEST(value(other.desk.of_holder("00000000T")).size() == 1U);
    BOOST_TEST(!value(other.desk.of_card("10000002")).has_value());
}

BOOST_DATA_TEST_CASE(takes_each_step_in_turn_and_leaves_a_record_of_each, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    for (const auto path : all_paths) {
        Kiosk kiosk(connection);
        const auto before = kiosk.actions().size();
        auto renewal = walk(kiosk.desk, value(kiosk.desk.open(lucia, plain_record(path))), State::finished);
        std::vector<std::string> expected{"renew.start"};
        for (const auto& stage : stages(path))
            if (stage.event) expected.push_back("renew." + std::string(name(*stage.event)));
        auto actions = kiosk.actions();
        actions.erase(actions.begin(), actions.begin() + static_cast<std::ptrdiff_t>(before));
        BOOST_TEST(actions == expected, boost::test_tools::per_element());
        BOOST_TEST(!value(kiosk.desk.of_card("10000001")).has_value());
        fails_with(kiosk.desk.numbered(renewal.kept.number), renewal_errc::no_case);
    }
}

BOOST_DATA_TEST_CASE(refuses_a_step_out_of_turn_and_nothing_is_written, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    Kiosk kiosk(connection);
    const auto begun = value(kiosk.desk.open(lucia, plain_record()));
    for (const auto event : all_events) {
        if (next(Path::issued, State::reviewed, event)) continue;
        fails_with(kiosk.desk.step(begun, event, begun.record, lucia), renewal_errc::out_of_order);
    }
    BOOST_TEST(kiosk.actions().size() == 1U);
    BOOST_TEST(value(kiosk.desk.of_card("10000001"))->kept.revision == 1);
}

BOOST_DATA_TEST_CASE(is_taken_further_by_one_kiosk_only, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    Kiosk here(connection), there(connection);
    const auto seen = value(here.desk.open(lucia, plain_record()));
    value(there.desk.step(seen, Event::load_key, seen.record, lucia));
    fails_with(here.desk.step(seen, Event::load_key, seen.record, lucia), office::office_errc::case_changed);
    BOOST_TEST(here.actions().size() == 2U);
}

BOOST_DATA_TEST_CASE(takes_no_step_if_what_belongs_to_it_fails, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    Kiosk kiosk(connection);
    const auto begun = value(kiosk.desk.open(lucia, plain_record()));
    fails_with(kiosk.desk.step(begun, Event::load_key, begun.record, lucia, {},
                               []() -> Result<void> { return fail(office::office_errc::already_there); }),
               office::office_errc::already_there);
    BOOST_TEST((value(kiosk.desk.of_card("10000001"))->state == State::reviewed));
    BOOST_TEST(kiosk.actions().size() == 1U);
}

BOOST_DATA_TEST_CASE(is_the_only_one_of_its_card_and_of_its_person, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    Kiosk kiosk(connection);
    const auto first = value(kiosk.desk.open(lucia, plain_record()));
    fails_with(kiosk.desk.open(lucia, plain_record()), office::office_errc::case_open);
    const Parties other_card{"00000000T", "20000002"};
    fails_with(kiosk.desk.open(other_card, plain_record()), renewal_errc::other_case);
    value(
        kiosk.desk.step(value(kiosk.desk.numbered(first.kept.number)), Event::abandon, first.record, lucia));
    value(kiosk.desk.open(other_card, plain_record())); // abandoned, and begun anew
}

BOOST_DATA_TEST_CASE(that_has_ended_keeps_nothing_of_the_person, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    Kiosk kiosk(connection);
    auto record = plain_record();
    record.contact.email = "nobody.else@universidad.example";
    const auto begun = value(kiosk.desk.open(lucia, record));
    const auto ended =
        value(kiosk.desk.step(begun, Event::lose_old_key, record, lucia, {{"reason", "stick lost"}}));
    BOOST_TEST((ended.kept.finished && ended.kept.facts.empty()));
    succeed(kiosk.database.purge("cases"));
    BOOST_TEST((files_of(connection).find("nobody.else@") == std::string::npos));
}

BOOST_DATA_TEST_CASE(is_remembered_by_the_certificate_it_led_to, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    Kiosk kiosk(connection);
    auto record = plain_record();
    record.new_certificate = Bytes(1900, 0x31);
    const auto fingerprint = [](const Bytes& der) { return office::Sha256{}.of(as_text(der)); };
    BOOST_TEST(!value(kiosk.desk.came_of_renewal("00000000T", fingerprint(record.new_certificate))));
    walk(kiosk.desk, value(kiosk.desk.open(lucia, record)), State::finished);
    BOOST_TEST(value(kiosk.desk.came_of_renewal("00000000T", fingerprint(record.new_certificate))));
    BOOST_TEST(!value(kiosk.desk.came_of_renewal("00000000T", fingerprint(record.old_certificate))));
}

BOOST_DATA_TEST_CASE(whose_facts_are_damaged_is_not_gone_on_with, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    Kiosk kiosk(connection);
    value(kiosk.desk.open(lucia, plain_record()));
    tamper(connection, "UPDATE cases SET state = 'halfway'");
    fails_with(kiosk.desk.of_card("10000001"), renewal_errc::record_damaged);
}

BOOST_AUTO_TEST_SUITE_END()
