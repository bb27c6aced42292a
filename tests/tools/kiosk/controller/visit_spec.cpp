// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The visit for loading a card, page by page.
#include "tests/tools/kiosk/controller/visit_bench.hpp"
#include "tools/desk/surroundings.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::test;

BOOST_AUTO_TEST_SUITE(a_visit)

BOOST_AUTO_TEST_CASE(goes_from_nobody_there_to_a_proven_card_and_back) {
    Kiosk kiosk;
    BOOST_TEST(kiosk.page() == "idle");
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    BOOST_REQUIRE(kiosk.to_password());
    BOOST_REQUIRE(kiosk.to_person());
    BOOST_TEST(kiosk.visit->question()["certificate"].toMap()["id"].toString().toStdString() == "***0000**");
    BOOST_REQUIRE(kiosk.to_pin());
    BOOST_TEST(kiosk.visit->question()["tries"].toUInt() == 3U);
    BOOST_REQUIRE(kiosk.to_proven());
    BOOST_TEST(!kiosk.visit->receipt()["proofs"].toStringList().isEmpty());
    kiosk.visit->goOn();
    BOOST_TEST(kiosk.page() == "checklist");
    kiosk.visit->goOn();
    BOOST_TEST(kiosk.page() == "takeBack");
    kiosk.pull("usb");
    BOOST_REQUIRE(kiosk.practice->remove(0));
    BOOST_TEST(kiosk.comes("idle"));
    BOOST_TEST(kiosk.visit->receipt().isEmpty());
    BOOST_TEST(kiosk.visit->question().isEmpty());
}

BOOST_AUTO_TEST_CASE(asks_again_for_a_password_that_is_wrong_and_for_nothing_twice) {
    Kiosk kiosk;
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    BOOST_REQUIRE(kiosk.to_password());
    kiosk.type("wrong");
    BOOST_REQUIRE(kiosk.comes_true(
        [&] { return kiosk.page() == "password" && kiosk.visit->question()["wrongBefore"].toUInt() == 1U; }));
    BOOST_TEST(kiosk.to_person());
}

BOOST_AUTO_TEST_CASE(says_no_before_any_secret_is_asked) {
    Kiosk kiosk("foreign:make=wg10");
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    kiosk.visit->begin();
    kiosk.visit->arrive("walk-in");
    BOOST_REQUIRE(kiosk.comes_true([&] { return kiosk.visit->card()["known"].toBool(); }));
    BOOST_TEST(!kiosk.visit->ready());
    kiosk.visit->goOn();
    BOOST_TEST(kiosk.page() == "refusal");
    BOOST_TEST(!kiosk.visit->sheet()["title"].toString().isEmpty());
    BOOST_REQUIRE(kiosk.practice->remove(0));
    BOOST_TEST(kiosk.comes("bring"));
}

BOOST_AUTO_TEST_CASE(names_what_lies_on_the_stick_instead_of_a_backup) {
    Kiosk kiosk;
    kiosk.plug("usb", {{"certificado.cer", backup().certificate}});
    kiosk.visit->begin();
    kiosk.visit->arrive("walk-in");
    BOOST_REQUIRE(kiosk.comes_true([&] {
        const auto sticks = kiosk.visit->sticks();
        return !sticks.isEmpty() && !sticks[0].toMap()["reading"].toBool();
    }));
    BOOST_TEST(!kiosk.visit->ready());
    const auto only = kiosk.visit->backups().value(0).toMap();
    BOOST_TEST(!only["usable"].toBool());
    BOOST_TEST(only["fault"].toMap()["code"].toUInt() == 13U);
}

BOOST_AUTO_TEST_CASE(shows_what_every_backup_on_the_stick_lacks_until_another_stick_is_there) {
    Kiosk kiosk;
    kiosk.plug("usb", {{"certificado.cer", backup().certificate}});
    kiosk.visit->begin();
    kiosk.visit->arrive("walk-in");
    BOOST_REQUIRE(kiosk.comes_true([&] {
        kiosk.visit->goOn();
        return kiosk.page() == "refusal";
    }));
    kiosk.pull("usb");
    BOOST_TEST(kiosk.comes("bring"));
}

BOOST_AUTO_TEST_CASE(says_why_no_stick_can_be_seen_at_all) {
    Kiosk kiosk;
    kiosk::StickDesk none;
    none.open([](const stick::Sticks::Observer&) -> Result<std::unique_ptr<stick::Sticks>> {
        return fail(stick::stick_errc::service_unavailable, "no bus");
    });
    const kiosk::Visit visit(kiosk.words, *kiosk.watch, none, kiosk.idle,
                             kiosk::Jobs{[] { return desk::module_choice(""); }, {}, {}, {}, {}}, true);
    BOOST_TEST(visit.stickTrouble()["code"].toUInt() == 29U);
    BOOST_TEST(!visit.stickTrouble()["action"].toString().isEmpty());
    BOOST_TEST(kiosk.visit->stickTrouble().isEmpty());
}

BOOST_AUTO_TEST_CASE(that_is_over_reads_a_forgotten_stick_only_when_somebody_comes) {
    Kiosk kiosk;
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    kiosk.visit->begin();
    kiosk.visit->arrive("walk-in");
    BOOST_REQUIRE(kiosk.comes_true([&] { return kiosk.visit->ready(); }));
    kiosk.visit->leave();
    BOOST_TEST(kiosk.page() == "takeBack");
    BOOST_TEST(!kiosk.sticks->reading());
    BOOST_TEST(kiosk.sticks->backups().empty());
    kiosk.sticks->look_again();
    BOOST_TEST(kiosk.comes_true([&] { return kiosk.sticks->backups().size() == 1U; }));
}

BOOST_AUTO_TEST_CASE(lets_a_person_choose_between_two_backups) {
    Kiosk kiosk;
    kiosk.plug("usb", {{"uno.p12", backup().file}, {"dos.p12", backup("ec").file}});
    kiosk.visit->begin();
    kiosk.visit->arrive("walk-in");
    BOOST_REQUIRE(kiosk.comes_true([&] { return kiosk.visit->ready(); }));
    kiosk.visit->goOn();
    BOOST_TEST(kiosk.page() == "backups");
    BOOST_TEST(kiosk.visit->backups().size() == 2);
    kiosk.visit->takeBackup(0);
    BOOST_TEST(kiosk.comes("password"));
}

BOOST_AUTO_TEST_CASE(that_is_left_in_the_middle_leaves_nothing) {
    Kiosk kiosk;
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    BOOST_REQUIRE(kiosk.to_password());
    BOOST_REQUIRE(kiosk.to_person());
    kiosk.visit->leave();
    BOOST_TEST(kiosk.visit->leaving());
    kiosk.visit->stay();
    BOOST_TEST(kiosk.page() == "person");
    kiosk.visit->leave();
    kiosk.visit->leaveNow();
    BOOST_TEST(kiosk.page() == "takeBack");
    BOOST_TEST(kiosk.visit->question().isEmpty());
    kiosk.pull("usb");
    BOOST_REQUIRE(kiosk.practice->remove(0));
    BOOST_REQUIRE(kiosk.comes("idle"));
    BOOST_REQUIRE(kiosk.practice->insert(0));
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    BOOST_REQUIRE(kiosk.to_password()); // the next person is asked for the password again
}

BOOST_AUTO_TEST_CASE(changes_its_language_without_losing_its_place) {
    Kiosk kiosk;
    kiosk.plug("usb", {{"copia.p12", backup().file}});
    BOOST_REQUIRE(kiosk.to_password());
    const auto spanish = kiosk.visit->backups().value(0).toMap()["remarks"].toStringList();
    kiosk.words.choose("en");
    BOOST_TEST(kiosk.page() == "password");
    BOOST_TEST((kiosk.visit->backups().value(0).toMap()["remarks"].toStringList() != spanish));
    BOOST_TEST(kiosk.to_person());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
