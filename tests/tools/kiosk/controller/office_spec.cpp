// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the office remembers of a visit: who was expected, what was done, and nobody's name.
#include "tests/tools/kiosk/controller/visit_bench.hpp"
#include "tools/desk/office.hpp"
#include "tools/kiosk/controller/arrival_desk.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::test;

// An office of the practice's own, for as long as it lives.
class OfficeFile {
public:
    OfficeFile() {
        const auto folder = scratch() / ("office" + std::to_string(++made));
        std::filesystem::create_directory(folder);
        const auto file = folder / "office.toml";
        std::ofstream(file) << "[database]\nconnection = \"sqlite:" << (folder / "office.db").string()
                            << "\"\n[office]\nkiosk = \"mostrador-1\"\n";
        std::filesystem::permissions(file, std::filesystem::perms::owner_read |
                                               std::filesystem::perms::owner_write);
        ::setenv("ACREDITA_OFFICE", file.c_str(), 1);
    }
    ~OfficeFile() { ::unsetenv("ACREDITA_OFFICE"); }
    OfficeFile(const OfficeFile&) = delete;
    OfficeFile& operator=(const OfficeFile&) = delete;

private:
    static inline int made = 0;
};

std::string journal() {
    const auto office = desk::open_office("acredita-kiosk");
    std::string all;
    static_cast<void>((*office)->journal.each(1, [&](std::string_view line) {
        all += std::string(line) + "\n";
        return true;
    }));
    return all;
}

void expect_somebody() {
    const auto office = desk::open_office("acredita-kiosk");
    const auto now = std::time(nullptr);
    std::tm parts{};
    ::localtime_r(&now, &parts);
    char day[32];
    std::strftime(day, sizeof day, "%Y-%m-%d", &parts);
    const auto list = office::read_csv("codigo;fecha;hora;nombre;servicio\nK4T7;" + std::string(day) +
                                       ";09:30;Juan Prueba;tarjeta\n");
    BOOST_REQUIRE(office::Appointments((*office)->database).import(list->appointments).has_value());
}

BOOST_AUTO_TEST_SUITE(the_office_remembers)

BOOST_AUTO_TEST_CASE(who_is_expected_without_showing_whose_appointment_it_is) {
    Kiosk kiosk;
    const OfficeFile office;
    expect_somebody();
    kiosk::ArrivalDesk arrivals(kiosk.words);
    arrivals.refresh();
    BOOST_REQUIRE(kiosk.comes_true([&] { return arrivals.appointments().size() == 1; }));
    const auto one = arrivals.appointments()[0].toMap();
    BOOST_TEST(one["time"].toString().toStdString() == "09:30");
    BOOST_TEST(one["code"].toString().toStdString() == "K4T7");
    for (const auto& value : one) BOOST_TEST(!value.toString().contains("Juan"));
    BOOST_TEST((arrivals.arrive("appointment:0") == office::Facts{{"appointment", "09:30"}}));
    BOOST_TEST((arrivals.arrive("other") == office::Facts{{"walk_in", "other"}}));
    BOOST_TEST(kiosk.comes_true([&] { return journal().find("appointments.walk_in") != std::string::npos; }));
    BOOST_TEST(journal().find("Juan") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(that_the_person_was_seen_and_that_the_card_was_loaded_and_proven) {
    Kiosk kiosk;
    const OfficeFile office;
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    BOOST_REQUIRE(kiosk.to_password());
    BOOST_REQUIRE(kiosk.to_person());
    BOOST_REQUIRE(kiosk.to_pin());
    BOOST_REQUIRE(kiosk.to_proven());
    const auto all = journal();
    for (const char* part : {"\"identity\"", "original, in force", "prove_signature", "walk-in"})
        BOOST_TEST(all.find(part) != std::string::npos, part);
    for (const std::string secret :
         {"MUESTRA", "00000000T", backup().passphrase.c_str(), "271828", "copia.p12"})
        BOOST_TEST(all.find(secret) == std::string::npos, secret);
    BOOST_TEST(!kiosk.visit->receipt()["journal"].toString().isEmpty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
