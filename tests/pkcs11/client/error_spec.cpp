// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/client_error.hpp"
#include "pkcs11/client/cryptoki_error.hpp"
#include "pkcs11/client/openssl_error.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/err.h>
#include <openssl/x509.h>

using namespace acredita;
using namespace acredita::client;

BOOST_AUTO_TEST_SUITE(an_error_of_a_module)

BOOST_AUTO_TEST_CASE(has_the_name_of_its_number) {
    for (const auto& row : ErrorTable<cryptoki_errc>::rows) {
        if (row.value == cryptoki_errc::other) continue;
        const auto outcome = check(static_cast<CK_RV>(row.value), "C_Anything");
        BOOST_REQUIRE(!outcome);
        BOOST_TEST(is(outcome.error(), row.value));
        BOOST_TEST(return_value(outcome.error()).value() == static_cast<CK_RV>(row.value));
    }
}

BOOST_AUTO_TEST_CASE(is_none_for_ckr_ok) { BOOST_TEST(check(CKR_OK, "C_Anything").has_value()); }

BOOST_AUTO_TEST_CASE(keeps_a_number_nobody_named) {
    for (const CK_RV rv : {CKR_VENDOR_DEFINED | 0x123UL, 0x7fffffffUL, 0xffffffffffffffffUL}) {
        const auto outcome = check(rv, "C_Sign");
        BOOST_REQUIRE(!outcome);
        BOOST_TEST(is(outcome.error(), cryptoki_errc::other));
        BOOST_TEST(return_value(outcome.error()).value() == rv);
    }
}

BOOST_AUTO_TEST_CASE(knows_the_place_it_was_made_at) {
    const auto outcome = check(CKR_DEVICE_REMOVED, "C_Sign");
    BOOST_REQUIRE(!outcome);
    BOOST_TEST(std::string(outcome.error().where.file_name()).ends_with("error_spec.cpp"));
}

BOOST_AUTO_TEST_CASE(has_no_number_if_it_came_from_elsewhere) {
    const Result<void> outcome = fail(client_errc::pin_malformed);
    BOOST_TEST(!return_value(outcome.error()).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_error_of_openssl)

BOOST_AUTO_TEST_CASE(empties_the_queue_into_its_detail) {
    const std::uint8_t junk[] = {0x30, 0x02, 0x01};
    const auto* in = &junk[0];
    BOOST_REQUIRE(d2i_X509(nullptr, &in, sizeof junk) == nullptr);
    const Result<void> outcome = fail_openssl("d2i_X509");
    BOOST_TEST(is(outcome.error(), client_errc::openssl_failed));
    BOOST_TEST(outcome.error().detail.find("asn1") != std::string::npos);
    BOOST_TEST(ERR_peek_error() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
