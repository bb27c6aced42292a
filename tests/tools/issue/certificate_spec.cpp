// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/issue/backups.hpp"
#include "tools/issue/certificate.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;

issue::CertificateSummary summary_of(const test::SampleSpec& spec) {
    return issue::summarise(test::make_backup(spec).certificate, issue::Clock::now()).value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_summary_of_a_certificate)

BOOST_AUTO_TEST_CASE(shows_the_name_without_the_identity_number) {
    const auto summary = summary_of({.rsa_bits = 0});
    BOOST_TEST(summary.holder == "PRUEBA EJEMPLO ANA");
    BOOST_TEST(summary.masked_id == "***4567**");
    BOOST_TEST(summary.issuer == "AC PRUEBAS");
    BOOST_TEST(summary.key == "EC 256");
}

BOOST_AUTO_TEST_CASE(never_carries_the_whole_identity_number) {
    const auto s = summary_of({.rsa_bits = 0});
    for (const auto& field : {s.holder, s.masked_id, s.issuer, s.serial, issue::label_for(s)})
        BOOST_TEST(field.find("12345678") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(leaves_the_whole_number_to_whoever_makes_a_pseudonym_of_it) {
    BOOST_TEST(issue::identity_number(test::make_backup({.rsa_bits = 0}).certificate).value() == "12345678Z");
    BOOST_TEST(!issue::identity_number(as_bytes("no certificate")).has_value());
}

BOOST_AUTO_TEST_CASE(knows_what_has_expired_and_what_is_not_valid_yet) {
    BOOST_TEST(summary_of({.rsa_bits = 0, .ends_in_days = -1}).expired);
    BOOST_TEST(summary_of({.rsa_bits = 0, .starts_in_days = 2}).not_yet_valid);
    const auto good = summary_of({.rsa_bits = 0});
    BOOST_TEST(!good.expired);
    BOOST_TEST(!good.not_yet_valid);
}

BOOST_AUTO_TEST_CASE(gives_a_label_with_name_and_expiry_month) {
    const auto summary = summary_of({.rsa_bits = 0});
    BOOST_TEST(issue::label_for(summary) == "PRUEBA EJEMPLO ANA " + summary.not_after.substr(0, 7));
}

BOOST_AUTO_TEST_CASE(is_an_error_for_bytes_that_are_no_certificate) {
    BOOST_TEST(!issue::summarise(as_bytes("no certificate"), issue::Clock::now()).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_identifier_of_a_key)

BOOST_AUTO_TEST_CASE(is_twenty_bytes_and_differs_from_key_to_key) {
    for (const unsigned bits : {2048U, 0U}) {
        const auto one = issue::key_identifier(test::make_key(bits).get());
        const auto other = issue::key_identifier(test::make_key(bits).get());
        BOOST_REQUIRE((one.has_value() && other.has_value()));
        BOOST_TEST(one->size() == 20U);
        BOOST_TEST(*one != *other);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_time)

BOOST_AUTO_TEST_CASE(is_written_in_utc) {
    BOOST_TEST(issue::utc(issue::Clock::from_time_t(1795253400)) == "2026-11-21T09:30:00Z");
}

BOOST_AUTO_TEST_SUITE_END()
