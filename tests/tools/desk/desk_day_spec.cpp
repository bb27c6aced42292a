// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A day at the desk with a real pcscd and a database: preflight, check-in, an incident, and what support is
// sent of it.
#include "tests/support/practice.hpp"
#include "tools/desk/check_in.hpp"
#include "tools/desk/load.hpp"
#include "tools/desk/pin_record.hpp"
#include "tools/desk/support_bundle.hpp"
#include "tools/desk/surroundings.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <signal.h>

namespace {

using namespace acredita;
using desk::Health;
using desk::Subject;

// An office of the practice's own, in a folder that ends with the test.
class Desk {
public:
    Desk() {
        const auto folder = test::scratch() / ("office" + std::to_string(++made));
        std::filesystem::create_directory(folder);
        const auto file = folder / "office.toml";
        std::ofstream(file) << "[database]\nconnection = \"sqlite:" << (folder / "office.db").string()
                            << "\"\n[office]\nkiosk = \"mostrador-1\"\n";
        std::filesystem::permissions(file, std::filesystem::perms::owner_read |
                                               std::filesystem::perms::owner_write);
        ::setenv("ACREDITA_OFFICE", file.c_str(), 1);
        ::setenv("ACREDITA_PRACTICE", "1", 1);
    }
    ~Desk() {
        ::unsetenv("ACREDITA_OFFICE");
        ::unsetenv("ACREDITA_PRACTICE");
    }
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    [[nodiscard]] static std::unique_ptr<desk::Office> open() {
        auto office = desk::open_office("acredita-kiosk");
        if (!office) throw std::runtime_error(describe(office.error()));
        return *std::move(office);
    }

private:
    static inline int made = 0;
};

std::string journal_of(desk::Office& office) {
    std::string all;
    BOOST_TEST(office.journal
                   .each(1,
                         [&](std::string_view line) {
                             all += std::string(line) + "\n";
                             return true;
                         })
                   .has_value());
    return all;
}

const desk::Check& about(const std::vector<desk::Check>& checks, Subject subject) {
    return checks.at(static_cast<std::size_t>(subject));
}

std::string fault_of(const desk::Check& check) {
    return check.fault ? error_name(check.fault->code) : std::string();
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_day_at_the_desk)

BOOST_AUTO_TEST_CASE(begins_with_a_look_at_everything_a_visit_needs) {
    const Desk desk;
    const test::Practice practice({"piv:serial=5301"});
    const auto checks =
        desk::preflight({.module = desk::module_choice({}), .patience = std::chrono::minutes(1)});
    BOOST_REQUIRE_EQUAL(checks.size(), 6U);
    for (const auto subject : {Subject::service, Subject::reader, Subject::module, Subject::database})
        BOOST_TEST((about(checks, subject).health == Health::ok),
                   name_of(subject) << " " << fault_of(about(checks, subject)));
    BOOST_TEST(about(checks, Subject::reader).fact.starts_with("Acredita Practice"));
    for (const auto& check : checks) {
        BOOST_TEST(catalogue::has_text("desk.preflight." + std::string(name_of(check.subject))));
        BOOST_TEST(check.fault.has_value() == (check.health != Health::ok));
    }
}

BOOST_AUTO_TEST_CASE(says_which_part_is_missing_and_waits_for_none_of_them) {
    const Desk desk;
    test::Practice practice({"piv:serial=5302"});
    const auto checks = desk::preflight(
        {.module = client::Choice("/nonexistent/module.so"), .patience = std::chrono::minutes(1)});
    BOOST_TEST((about(checks, Subject::module).health == Health::bad));
    BOOST_TEST(fault_of(about(checks, Subject::module)) == "client.module_not_found");
    // Given no time at all, everything that has not answered by then is said to hang.
    const auto hasty = desk::preflight({.module = desk::module_choice({}), .patience = {}});
    BOOST_TEST(hasty.size() == 6U);
}

BOOST_AUTO_TEST_CASE(has_its_appointments_and_people_who_come_without_one) {
    const Desk desk;
    auto office = Desk::open();
    const auto now = std::chrono::system_clock::now();
    desk::CheckIn door(*office, now);
    const auto walked = door.walk_in("");
    BOOST_TEST((!walked && is(walked.error(), desk::desk_errc::reason_needed)));
    const auto first = door.walk_in("  tarjeta\nbloqueada ");
    BOOST_REQUIRE(first.has_value());
    BOOST_TEST((desk::facts_of(*first) == office::Facts{{"walk_in", first->reason}}));

    std::string csv = "codigo;fecha;hora;nombre;servicio\n";
    for (const auto* line : {"1;%;11:00;Lucía Muestra;carga\n", "2;%;09:30;Juan Prueba;renovación\n"}) {
        std::string row = line;
        row.replace(row.find('%'), 1, first->day);
        csv += row;
    }
    auto list = office::read_csv(csv);
    BOOST_REQUIRE(list.has_value());
    BOOST_TEST_REQUIRE(list->appointments.size() == 2U);
    BOOST_TEST(office::Appointments(office->database).import(list->appointments).has_value());

    auto expected = door.expected();
    BOOST_REQUIRE(expected.has_value());
    BOOST_REQUIRE_EQUAL(expected->size(), 3U);
    BOOST_TEST(std::ranges::is_sorted(*expected, {}, &office::Appointment::starts));
    const auto juan = *std::ranges::find(*expected, std::string("Juan Prueba"), &office::Appointment::name);
    const auto arrived = door.arrive(juan);
    BOOST_REQUIRE(arrived.has_value());
    BOOST_TEST(arrived->state == "arrived");
    BOOST_TEST((desk::facts_of(*arrived) == office::Facts{{"appointment", "09:30"}}));
    BOOST_TEST(door.leave(*arrived, true).has_value());
    BOOST_TEST(door.expected()->size() == 2U);

    const auto journal = journal_of(*office);
    for (const auto* words : {"appointments.walk_in", "appointments.arrive", "appointments.leave", "09:30"})
        BOOST_TEST(journal.find(words) != std::string::npos, words);
    BOOST_TEST(journal.find("Juan") == std::string::npos);
    BOOST_TEST(journal.find("Muestra") == std::string::npos);
}

// People who make every mistake, with secrets that are looked for afterwards.
struct Unlucky final : issue::People {
    Result<Secret> passphrase(unsigned wrong_before) override {
        if (wrong_before > 1) return fail(issue::issue_errc::cancelled);
        return Secret(as_bytes("contraseña-plantada"));
    }
    Result<std::size_t> choose(std::span<const issue::CertificateSummary>) override { return std::size_t{0}; }
    Result<void> review(const issue::CertificateSummary&) override { return {}; }
    Result<bool> allow_expired(const issue::CertificateSummary&) override { return false; }
    Result<bool> allow_overwrite(const issue::Loss&) override { return false; }
    Result<bool> allow_last_try(const issue::PinQuestion&) override { return false; }
    Result<Secret> pin(const issue::PinQuestion&) override { return Secret(as_bytes("739184")); }
    void look_at_reader(bool) override {}
};
struct Silent final : issue::Progress {
    void started(issue::Step) override {}
    void finished(issue::Step, std::string_view) override {}
    void skipped(issue::Step) override {}
    bool cancelled() override { return false; }
};

BOOST_AUTO_TEST_CASE(tells_support_what_went_wrong_and_nothing_about_anybody) {
    const Desk desk;
    const test::Practice practice({"piv:firmware=5.7,serial=87654321"});
    auto office = Desk::open();
    std::ifstream in(test::backup().file, std::ios::binary);
    const std::string backup{std::istreambuf_iterator<char>(in), {}};
    const issue::Request request{.module = desk::module_choice({}),
                                 .backup = as_bytes(backup),
                                 .administration = issue::factory_administration_key(),
                                 .allow_factory_key = true,
                                 .practice = true};
    Silent screen;
    desk::StepTimes times(screen);
    Unlucky people;
    const auto done = desk::load(request, people, times, &office->journal, {{"document", "DNI"}});
    BOOST_REQUIRE(!done.has_value());

    // Everything that could ever slip in.
    const std::vector<std::string> planted = {
        "739184",  "contraseña-plantada", "39587164K",   "39587164", "LUCÍA",
        "Muestra", "copia-de-lucia.p12",  "/home/lucia", "87654321", "juan@universidad.example"};
    Error error = done.error();
    error.detail =
        "PIN 739184 contraseña-plantada of Lucía Muestra 39587164K in /home/lucia/copia-de-lucia.p12";
    auto checks = desk::preflight({.module = desk::module_choice({}), .patience = std::chrono::minutes(1)});
    checks[1].fact = "Reader of LUCÍA 39587164K 87654321";
    checks[0].fault = error;

    const auto incident = desk::Incident::draw();
    BOOST_REQUIRE(incident.has_value());
    BOOST_TEST(desk::record_incident(&office->journal, *incident, error).has_value());
    const auto bundle = desk::support_bundle({.incident = *incident,
                                              .program = "acredita-kiosk",
                                              .error = error,
                                              .steps = times.steps(),
                                              .checks = checks,
                                              .card_profile = "yubikey-5",
                                              .practice = true});
    const auto json = nlohmann::json::parse(bundle);
    BOOST_TEST(json["incident"] == incident->code());
    BOOST_TEST(json["error"]["name"] == error_name(error.code));
    BOOST_TEST(json["card"]["profile"] == "yubikey-5");
    BOOST_TEST(json["steps"][0]["step"] == "card");
    BOOST_TEST(json["steps"][0]["outcome"] == "done");
    BOOST_TEST(json["steps"].back()["outcome"] == "begun");
    BOOST_TEST(json["checks"].size() == 6U);
    BOOST_TEST(json["system"]["kernel"].get<std::string>().size() > 3U);
    BOOST_TEST(bundle.size() < 8000U);
    for (const auto& secret : planted) BOOST_TEST(bundle.find(secret) == std::string::npos, secret);
    // The journal has the incident, and it has none of them either.
    const auto journal = journal_of(*office);
    BOOST_TEST(journal.find(incident->code()) != std::string::npos);
    for (const auto& secret : planted) BOOST_TEST(journal.find(secret) == std::string::npos, secret);
}

BOOST_AUTO_TEST_CASE(records_what_became_of_pin_and_puk_and_neither_of_them) {
    const Desk desk;
    auto office = Desk::open();
    auto* journal = &office->journal;
    BOOST_TEST(desk::record_hand_over(journal, "87654321",
                                      desk::HandedOver{.pin = true, .puk = desk::PukState::sealed})
                   .has_value());
    BOOST_TEST(desk::record_pin_change(journal, desk::PinKind::puk, "87654321",
                                       fail(desk::desk_errc::puk_wrong, "2"))
                   .has_value());
    BOOST_TEST(desk::record_pin_change(nullptr, desk::PinKind::pin, "87654321", {}).has_value());
    const auto all = journal_of(*office);
    for (const auto* words : {"pin.hand_over", "sealed", "by_holder", "pin.unblock", "desk.puk_wrong"})
        BOOST_TEST(all.find(words) != std::string::npos, words);
    BOOST_TEST(all.find("87654321") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(lets_no_strange_text_into_what_support_is_sent) {
    BOOST_TEST(desk::harmless("Yubico YubiKey OTP+FIDO+CCID 00 00") == "Yubico YubiKey OTP+FIDO+CCID 00 00");
    BOOST_TEST(desk::harmless("Reader (21120023) 1234") == "Reader (#) #");
    BOOST_TEST(desk::harmless("a\n\"b\\ñ\x01") == "a??b????");
    BOOST_TEST(desk::harmless(std::string(1000, 'x')).size() == 80U);
}

BOOST_AUTO_TEST_SUITE_END()
