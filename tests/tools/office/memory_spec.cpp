// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Cases, letters issued and appointments, on both engines.
#include "tests/tools/office/engines.hpp"
#include "tools/office/appointments.hpp"
#include "tools/office/cases.hpp"
#include "tools/office/folio.hpp"
#include "tools/office/journal.hpp"
#include "tools/office/letters.hpp"

#include <set>

using namespace acredita;
using namespace acredita::test;
using office::Appointment;
using office::Appointments;
using office::Cases;
using office::Letter;
using office::Letters;
using office::office_errc;

namespace {

constexpr auto november = "2026-11-21T09:30:00.000Z";
constexpr auto december = "2026-12-21T09:30:00.000Z";

Cases::Opening renewal(const std::string& card = "10000001") {
    return {.kind = "renewal",
            .state = "letter_1",
            .holder = "12345678Z",
            .card = card,
            .when = november,
            .facts = {{"e_mail", "ana@example.org"}}};
}

Letter letter(const std::string& folio, std::int64_t part = 1) {
    return {.folio = folio,
            .part = part,
            .case_number = 1,
            .template_name = "carta-renovacion@3",
            .issued = november,
            .length = 34567,
            .sha256 = std::string(64, 'A')};
}

Appointment appointment(const std::string& code, const std::string& starts = "09:30") {
    return {.source = "csv:" + code,
            .code = code,
            .day = "2026-11-21",
            .starts = starts,
            .minutes = 15,
            .name = "Núñez Peña, Ana",
            .service = "Tarjeta"};
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_case)

BOOST_DATA_TEST_CASE(is_found_again_by_the_card_alone_also_in_another_month, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    Cases cases(database);
    const auto opened = value(cases.open(renewal()));
    BOOST_TEST(opened.number == 1);
    value(database.write(
        [&] { return office::Pseudonyms(database).of(office::Subject::card, "10000001", "2026-12"); }));
    const auto found = value(cases.of_card("10000001"));
    BOOST_REQUIRE(found.size() == 1U);
    BOOST_TEST((found[0].state == "letter_1" && found[0].facts.at("e_mail") == "ana@example.org"));
    BOOST_TEST(value(cases.of_holder("12.345.678-Z")).size() == 1U);
    BOOST_TEST(value(cases.of_card("10000002")).empty());
}

BOOST_DATA_TEST_CASE(is_the_only_open_one_of_its_card, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    Cases cases(database);
    const auto first = value(cases.open(renewal()));
    fails_with(cases.open(renewal()), office_errc::case_open);
    value(cases.open(renewal("20000002"))); // the same person's other card
    BOOST_TEST(value(cases.of_holder("12345678Z")).size() == 2U);
    value(cases.finish(first, "abandoned", december));
    BOOST_TEST(value(cases.open(renewal())).number == 3);
}

BOOST_DATA_TEST_CASE(goes_on_only_from_where_it_was_seen, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto here = new_office(connection);
    auto there = new_office(connection);
    Cases ours(here), theirs(there);
    const auto seen = value(ours.open(renewal()));
    const auto further = value(theirs.advance(seen, "waiting", {{"folio", "R-2026-000001-X"}}, november));
    fails_with(ours.advance(seen, "letter_2", {}, november), office_errc::case_changed);
    fails_with(ours.finish(seen, "done", november), office_errc::case_changed);
    BOOST_TEST(value(ours.get(1)).state == "waiting");
    BOOST_TEST(value(ours.advance(further, "letter_2", {}, november)).revision == 3);
    fails_with(ours.get(2), office_errc::case_unknown);
}

BOOST_DATA_TEST_CASE(that_is_finished_keeps_nothing_of_the_person, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    Cases cases(database);
    auto opening = renewal();
    opening.facts["e_mail"] = "only.here@example.org"; // the server's other databases know the usual one
    const auto done = value(cases.finish(value(cases.open(opening)), "done", december));
    BOOST_TEST((done.finished && done.facts.empty()));
    BOOST_TEST(value(cases.of_card("10000001")).empty());
    fails_with(cases.advance(done, "letter_1", {}, december), office_errc::case_changed);
    succeed(database.purge("cases"));
    BOOST_TEST((files_of(connection).find("only.here@example.org") == std::string::npos));
}

BOOST_DATA_TEST_CASE(that_is_open_keeps_the_key_of_its_month, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    Cases cases(database);
    office::Pseudonyms names(database);
    const auto open = value(cases.open(renewal()));
    fails_with(names.destroy("2026-11", "2026-12", december), office_errc::month_in_use);
    value(cases.finish(open, "done", december));
    succeed(names.destroy("2026-11", "2026-12", december));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(letters_issued)

BOOST_DATA_TEST_CASE(have_folios_that_follow_each_other_and_begin_anew_each_year, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    const auto first = value(office::next_folio(database, 2026));
    BOOST_TEST(first.starts_with("R-2026-000001-"));
    BOOST_TEST(value(office::next_folio(database, 2026)).starts_with("R-2026-000002-"));
    BOOST_TEST(value(office::next_folio(database, 2027)).starts_with("R-2027-000001-"));
    fails_with(database.write([&]() -> Result<void> {
        ACREDITA_CHECK(office::next_folio(database, 2026));
        return fail(office_errc::case_unknown);
    }),
               office_errc::case_unknown);
    BOOST_TEST(value(office::next_folio(database, 2026)).starts_with("R-2026-000003-"));
    BOOST_TEST(value(office::read_folio(" r-2026-000001-" + first.substr(14) + " ")) == first);
}

BOOST_AUTO_TEST_CASE(have_folios_that_show_a_slip_of_the_pen) {
    auto database = new_office(new_connection(office::Engine::sqlite));
    const auto folio = value(office::next_folio(database, 2026));
    for (const std::size_t at : {2U, 3U, 4U, 5U, 7U, 8U, 9U, 10U, 11U, 12U})
        for (char digit = '0'; digit <= '9'; ++digit) {
            auto other = folio;
            other[at] = digit;
            BOOST_TEST(office::read_folio(other).has_value() == (other == folio), other);
        }
    for (const auto& wrong :
         {std::string(), std::string("R"), folio + "A", folio.substr(1), std::string(1000, 'R')})
        fails_with(office::read_folio(wrong), office_errc::folio_malformed);
}

BOOST_DATA_TEST_CASE(are_known_by_folio_by_case_and_by_their_bytes, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    Letters letters(database);
    succeed(letters.issue(letter("R-2026-000001-X", 1)));
    succeed(letters.issue(letter("R-2026-000001-X", 2)));
    fails_with(letters.issue(letter("R-2026-000001-X", 2)), office_errc::already_there);
    BOOST_TEST(value(letters.find("R-2026-000001-X")).size() == 2U);
    BOOST_TEST(value(letters.of_case(1)).size() == 2U);
    fails_with(letters.find("R-2026-000002-X"), office_errc::folio_unknown);
    BOOST_TEST(value(letters.with_content(34567, std::string(64, 'A'))).has_value());
    BOOST_TEST(!value(letters.with_content(34568, std::string(64, 'A'))).has_value());
    BOOST_TEST(!value(letters.with_content(34567, std::string(64, 'B'))).has_value());
}

BOOST_DATA_TEST_CASE(are_signed_once, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    Letters letters(database);
    succeed(letters.issue(letter("R-2026-000001-X")));
    succeed(letters.mark_signed("R-2026-000001-X", 1, december, std::string(64, 'B')));
    fails_with(letters.mark_signed("R-2026-000001-X", 1, december, std::string(64, 'C')),
               office_errc::already_there);
    fails_with(letters.mark_signed("R-2026-000001-X", 2, december, "x"), office_errc::folio_unknown);
    BOOST_TEST(value(letters.find("R-2026-000001-X"))[0].signed_sha256 == std::string(64, 'B'));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(appointments)

BOOST_DATA_TEST_CASE(are_imported_again_without_losing_who_has_arrived, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    Appointments list(database);
    auto first = value(list.import({appointment("A"), appointment("B", "09:00"), appointment("C")}));
    BOOST_TEST((first.added == 3 && first.changed == 0 && first.unchanged == 0));
    succeed(list.mark("csv:A", "arrived"));
    auto moved = appointment("A", "11:00"), cancelled = appointment("C");
    cancelled.state = "cancelled";
    const auto second = value(list.import({moved, appointment("B", "09:00"), cancelled}));
    BOOST_TEST((second.added == 0 && second.changed == 2 && second.unchanged == 1));
    const auto day = value(list.of_day("2026-11-21"));
    BOOST_REQUIRE(day.size() == 3U);
    BOOST_TEST((day[0].code == "B" && day[1].state == "cancelled" && day[2].code == "A"));
    BOOST_TEST((day[2].state == "arrived" && day[2].starts == "11:00"));
    BOOST_TEST(value(list.by_code("2026-11-21", "A")).name == "Núñez Peña, Ana");
    fails_with(list.by_code("2026-11-21", "C"), office_errc::appointment_unknown);
    fails_with(list.by_code("2026-11-22", "A"), office_errc::appointment_unknown);
    fails_with(list.mark("csv:Z", "done"), office_errc::appointment_unknown);
}

BOOST_DATA_TEST_CASE(are_not_needed_by_whoever_has_a_reason, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    Appointments list(database);
    const auto one = value(list.walk_in("2026-11-21", "12:00", "viene de lejos"));
    const auto other = value(list.walk_in("2026-11-21", "12:05", "sin cita"));
    BOOST_TEST((one.state == "arrived" && one.reason == "viene de lejos" && one.source != other.source));
    BOOST_TEST(value(list.of_day("2026-11-21")).size() == 2U);
}

BOOST_DATA_TEST_CASE(are_forgotten_with_their_names, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    Appointments list(database);
    auto one = appointment("A");
    one.name = "Solamente Aquí, Eva"; // the server's other databases know the usual one
    value(list.import({one}));
    BOOST_TEST(value(list.forget_before("2026-11-21")) == 0);
    BOOST_TEST(value(list.forget_before("2026-11-22")) == 1);
    BOOST_TEST(value(list.of_day("2026-11-21")).empty());
    BOOST_TEST((files_of(connection).find("Solamente Aquí, Eva") == std::string::npos));
}

BOOST_AUTO_TEST_SUITE_END()
