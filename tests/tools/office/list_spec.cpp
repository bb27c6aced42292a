// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Lists of appointments as other programs write them, and as nobody should.
#include "tools/office/appointment_list.hpp"

#include <cstdlib>
#include <random>

#include <boost/test/unit_test.hpp>
#include <time.h>

using namespace acredita;
using office::office_errc;

namespace {

office::AppointmentList read(std::string_view text) {
    auto list = office::read_appointments(text, "Europe/Madrid");
    if (!list) BOOST_FAIL(describe(list.error()));
    return *std::move(list);
}
void refused(std::string_view text, office_errc why) {
    const auto list = office::read_appointments(text, "Europe/Madrid");
    BOOST_REQUIRE(!list.has_value());
    BOOST_TEST(is(list.error(), why), describe(list.error()));
}
std::string event(const std::string& properties) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n" + properties +
           "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_list_of_appointments)

BOOST_AUTO_TEST_CASE(is_read_from_a_spreadsheet_in_spanish) {
    const auto list = read("\xEF\xBB\xBF"
                           "Fecha;Hora;Código;Nombre;Trámite;Sala\r\n"
                           "21/11/2026;9:30;A-1;Núñez Peña, Ana;Tarjeta;1\r\n"
                           "21/11/2026;10:00:00;A-2;\"Apellido; \"\"El Otro\"\"\nJuan\";;\r\n\r\n");
    BOOST_REQUIRE(list.appointments.size() == 2U);
    const auto& first = list.appointments[0];
    BOOST_TEST((first.day == "2026-11-21" && first.starts == "09:30" && first.code == "A-1" &&
                first.name == "Núñez Peña, Ana" && first.service == "Tarjeta" && first.minutes == 15));
    BOOST_TEST(list.appointments[1].name == "Apellido; \"El Otro\" Juan");
    BOOST_TEST(list.skipped.empty());
}

BOOST_AUTO_TEST_CASE(is_read_in_windows_letters_and_in_english) {
    const auto list = read("date,time,name,minutes\n2026-11-21,09:30,N\xFA\xF1"
                           "ez \x80,30\n");
    BOOST_REQUIRE(list.appointments.size() == 1U);
    BOOST_TEST(list.appointments[0].name == "Núñez €");
    BOOST_TEST(list.appointments[0].minutes == 30);
}

BOOST_AUTO_TEST_CASE(leaves_out_rows_that_make_no_sense_and_names_them) {
    const auto list = read("fecha,hora,codigo,minutos\n"
                           "31/02/2026,9:30,a,\n"
                           "21/11/2026,25:00,b,\n"
                           "21/11/2026,9:30,,\n"
                           "21/11/2026,9:30,c,-5\n"
                           "21/11/2026,9:30,d,\n"
                           "mañana,pronto\n");
    BOOST_TEST(list.appointments.size() == 1U);
    BOOST_REQUIRE(list.skipped.size() == 5U);
    BOOST_TEST((list.skipped[0].line == 2 && list.skipped[0].why == "date"));
    BOOST_TEST((list.skipped[1].line == 3 && list.skipped[1].why == "time"));
    BOOST_TEST((list.skipped[2].why == "neither code nor name" && list.skipped[3].why == "minutes"));
}

BOOST_AUTO_TEST_CASE(without_a_day_or_a_time_is_none) {
    for (const auto* text : {"", "\n", "nombre,codigo\na,b\n", "fecha\n21/11/2026\n", "%PDF-1.7\n"})
        refused(text, office_errc::import_unreadable);
    refused(std::string_view("fecha,hora\n\0", 12), office_errc::import_unreadable);
}

BOOST_AUTO_TEST_CASE(is_read_from_a_calendar) {
    const auto list =
        read(event("UID:1@sede\r\nDTSTART;TZID=Europe/Madrid:20261121T093000\r\n"
                   "DTEND;TZID=Europe/Madrid:20261121T095000\r\nSUMMARY:N\xC3\xBA\xC3\xB1\r\n ez\\, Ana\r\n"
                   "CATEGORIES:Tarjeta\r\nBEGIN:VALARM\r\nSUMMARY:not this\r\nEND:VALARM\r\n"));
    BOOST_REQUIRE(list.appointments.size() == 1U);
    const auto& one = list.appointments[0];
    BOOST_TEST((one.source == "ics:1@sede" && one.day == "2026-11-21" && one.starts == "09:30" &&
                one.minutes == 20 && one.name == "Núñez, Ana" && one.service == "Tarjeta"));
}

BOOST_AUTO_TEST_CASE(in_universal_time_is_put_on_the_clock_of_the_office) {
    const char* before = std::getenv("TZ");
    const std::string kept = before == nullptr ? "" : before;
    ::setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1); // as Madrid, whether or not zones are installed
    ::tzset();
    const auto winter = read(event("UID:1\r\nDTSTART:20261121T233000Z\r\nSUMMARY:a\r\nDURATION:PT1H5M\r\n"));
    const auto summer = read(event("UID:1\r\nDTSTART:20260721T073000Z\r\nSUMMARY:a\r\n"));
    if (before == nullptr)
        ::unsetenv("TZ");
    else
        ::setenv("TZ", kept.c_str(), 1);
    ::tzset();
    BOOST_REQUIRE((winter.appointments.size() == 1U && summer.appointments.size() == 1U));
    BOOST_TEST((winter.appointments[0].day == "2026-11-22" && winter.appointments[0].starts == "00:30"));
    BOOST_TEST(winter.appointments[0].minutes == 65);
    BOOST_TEST(summer.appointments[0].starts == "09:30");
}

BOOST_AUTO_TEST_CASE(leaves_out_events_that_are_no_appointment) {
    for (const auto& [properties, why] : std::vector<std::pair<std::string, std::string>>{
             {"UID:1\r\nDTSTART;VALUE=DATE:20261121\r\n", "a whole day"},
             {"UID:1\r\nDTSTART;TZID=America/Mexico_City:20261121T093000\r\n", "another time zone"},
             {"UID:1\r\nDTSTART:20261121T093000\r\nRRULE:FREQ=DAILY\r\n", "recurs"},
             {"DTSTART:20261121T093000\r\n", "no UID"},
             {"UID:1\r\n", "no start"},
             {"UID:1\r\nDTSTART:20261341T993000\r\n", "date"}}) {
        const auto list = read(event(properties));
        BOOST_TEST(list.appointments.empty());
        BOOST_REQUIRE(list.skipped.size() == 1U);
        BOOST_TEST((list.skipped[0].why == why && list.skipped[0].line == 3), list.skipped[0].why);
    }
    BOOST_TEST(
        read(event("UID:1\r\nDTSTART:20261121T093000\r\nSTATUS:CANCELLED\r\n")).appointments[0].state ==
        "cancelled");
}

BOOST_AUTO_TEST_CASE(that_is_too_large_too_deep_or_cut_off_is_refused) {
    refused(std::string(office::longest_list + 1, 'x'), office_errc::import_too_large);
    std::string rows = "fecha,hora,codigo\n";
    for (std::size_t i = 0; i <= office::most_appointments; ++i) rows += "21/11/2026,9:30,a\n";
    refused(rows, office_errc::import_too_large);
    std::string deep = "BEGIN:VCALENDAR\n";
    for (int i = 0; i < 100'000; ++i) deep += "BEGIN:VEVENT\n";
    refused(deep, office_errc::import_unreadable);
    refused("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n", office_errc::import_unreadable);
    refused("BEGIN:VCALENDAR\nEND:VEVENT\n", office_errc::import_unreadable);
    const auto folded = "BEGIN:VCALENDAR\nX:" + [] {
        std::string lines;
        for (int i = 0; i < 300'000; ++i) lines += "a\n ";
        return lines;
    }() + "\nEND:VCALENDAR\n";
    BOOST_TEST(read(folded).appointments.empty());
    const auto wide = "fecha,hora,codigo\n21/11/2026,9:30," + std::string(1'000'000, 'x') + "\n";
    BOOST_TEST(read(wide).appointments.at(0).code.size() == office::longest_field);
    const auto columns = "fecha,hora,codigo" + std::string(1'000'000, ',') + "\n21/11/2026,9:30,a\n";
    BOOST_TEST(read(columns).appointments.size() == 1U);
}

BOOST_AUTO_TEST_CASE(damaged_anywhere_ends_in_a_list_or_a_refusal) {
    const auto calendar =
        event("UID:1@sede\r\nDTSTART;TZID=\"Europe/Madrid\":20261121T093000\r\nDURATION:PT20M\r\n"
              "SUMMARY:a\\nb\r\n");
    const std::string sheet = "Fecha;Hora;Nombre\n21/11/2026;9:30;\"a;b\"\n";
    std::mt19937 random(7);
    for (const auto& sound : {calendar, sheet})
        for (int i = 0; i < 5000; ++i) {
            auto damaged = sound;
            for (int j = 0; j < 3; ++j)
                damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
            damaged.resize(random() % 8 == 0 ? random() % damaged.size() : damaged.size());
            const auto list = office::read_appointments(damaged, "Europe/Madrid");
            if (!list) continue;
            for (const auto& one : list->appointments)
                BOOST_TEST((one.day.size() == 10U && one.starts.size() == 5U && one.minutes > 0));
        }
}

BOOST_AUTO_TEST_SUITE_END()
