// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/session.hpp"

#include <cstdlib>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::client;

namespace {

std::filesystem::path opensc_file() {
    const char* named = std::getenv("ACREDITA_OPENSC");
    return named != nullptr ? named : OPENSC_MODULE;
}

} // namespace

BOOST_AUTO_TEST_SUITE(opensc)

BOOST_AUTO_TEST_CASE(is_loaded_described_and_let_go_where_no_pcscd_answers) {
    if (!std::filesystem::exists(opensc_file())) {
        BOOST_TEST_MESSAGE("SKIPPED: no OpenSC at " << opensc_file());
        return;
    }
    setenv("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm", 1);
    for (int round = 0; round < 2; ++round) {
        const auto module = Module::load(opensc_file());
        BOOST_REQUIRE_MESSAGE(module, (module ? "" : describe(module.error())));
        BOOST_TEST((*module)->description().value().find("OpenSC") != std::string::npos);
        const auto slots = (*module)->slots(true);
        BOOST_REQUIRE(slots);
        BOOST_TEST(slots->empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
