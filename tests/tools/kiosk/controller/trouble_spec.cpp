// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Every fault a load can meet becomes a page with its code and its three sentences, and a way on. The job is
// a stand-in here, so that each one can be had; tests/tools/kiosk/errors_spec.py provokes the usual ones for
// real.
#include "pcsc/reader/error.hpp"
#include "tests/tools/kiosk/controller/visit_bench.hpp"
#include "tools/desk/error.hpp"
#include "tools/office/error.hpp"
#include "tools/p12/errc.hpp"
#include "tools/stick/error.hpp"

#include <boost/mp11.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::test;

// What desk::load and what stands around it in the kiosk can end with.
using Families =
    boost::mp11::mp_list<issue::issue_errc, p12::p12_errc, client::client_errc, client::cryptoki_errc,
                         reader::reader_errc, desk::desk_errc, office::office_errc, stick::stick_errc>;

std::vector<Error> all_errors() {
    std::vector<Error> all;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity_t, Families>>([&]<class E>(E) {
        for (const auto& row : ErrorTable<E>::rows) all.push_back(fail(row.value, "1").value());
    });
    return all;
}

BOOST_AUTO_TEST_SUITE(a_load_that_fails)

BOOST_AUTO_TEST_CASE(shows_every_fault_with_its_code_its_sentences_and_a_way_on) {
    Kiosk kiosk;
    std::optional<Error> next;
    kiosk.replace_load([&next](ByteView, const kiosk::VisitFacts&,
                               const kiosk::Desk&) -> Result<kiosk::Done> { return fail(*next); });
    const auto arrive = [&kiosk] {
        kiosk.plug("usb", {{"copia.p12", backup().file}});
        kiosk.visit->begin();
        kiosk.visit->arrive("walk-in");
    };
    arrive();
    std::size_t shown_pages = 0;
    for (const auto& error : all_errors()) {
        const auto name = error_name(error.code);
        // Whoever takes the card out is shown how things stand (pulled_spec.cpp).
        if (is(error, issue::issue_errc::card_removed) || is(error, reader::reader_errc::card_removed))
            continue;
        BOOST_TEST_CONTEXT(name) {
            next = error;
            if (kiosk.page() == "trouble")
                kiosk.visit->again(); // the load again, or back to the card and the stick
            if (kiosk.page() == "bring") {
                BOOST_REQUIRE(kiosk.comes_true([&] { return kiosk.visit->ready(); }));
                kiosk.visit->goOn();
            }
            BOOST_REQUIRE(kiosk.comes_true([&] {
                return kiosk.page() == "trouble" &&
                       kiosk.visit->trouble()["name"].toString().toStdString() == name;
            }));
            ++shown_pages;
            const auto shown = kiosk.visit->trouble();
            BOOST_TEST(shown["code"].toUInt() > 0U);
            for (const char* sentence : {"what", "means", "action", "remedy"})
                BOOST_TEST(!shown[sentence].toString().isEmpty(), sentence);
            if (shown["remedy"] == "unblock") { // a visit of its own: this one is over
                kiosk.visit->leave();
                kiosk.pull("usb");
                BOOST_REQUIRE(kiosk.practice->remove(0));
                BOOST_REQUIRE(kiosk.comes("idle"));
                BOOST_REQUIRE(kiosk.practice->insert(0));
                arrive();
            }
        }
    }
    BOOST_TEST_MESSAGE(shown_pages << " faults, each with its page");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
