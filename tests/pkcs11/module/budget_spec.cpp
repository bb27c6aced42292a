// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Exchanges, counted by the practice card: RSA-2048, a certificate of 1.6 kB.
#include "pcsc/reader/connection.hpp"
#include "tests/pkcs11/module/alone.hpp"
#include "tests/pkcs11/module/loaded_module.hpp"
#include "tests/support/practice.hpp"

#include <thread>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

const auto message = as_bytes("the letter of the office");

// What the whole issuing job asks of the module, with the reset in the middle; the exchanges it took.
std::uint64_t whole_job(const Practice& practice, LoadedModule& module) {
    const auto id = id_of(office_pair());
    (void)practice.take_exchanges();
    module.open();
    CK_TOKEN_INFO info{};
    BOOST_REQUIRE_EQUAL(module.p11->C_GetTokenInfo(0, &info), CKR_OK);
    const auto card = module.find(CKO_ACREDITA_CARD).front();
    BOOST_TEST(module.attribute(card, CKA_ACREDITA_PIN_TRIES_LEFT).has_value());
    BOOST_TEST((module.attribute(card, CKA_ACREDITA_CAN_IMPORT) == Bytes{CK_TRUE}));
    BOOST_REQUIRE_EQUAL(module.login(factory_admin_key, CKU_SO), CKR_OK);
    BOOST_TEST((module.attribute(card, CKA_ACREDITA_DESTINATION) == Bytes{0x9A}));
    BOOST_REQUIRE_EQUAL(module.verify_pin(), CKR_OK);
    BOOST_REQUIRE_EQUAL(module.store_certificate(office_pair()), CKR_OK);
    BOOST_REQUIRE_EQUAL(module.store_key(office_pair()), CKR_OK);
    BOOST_REQUIRE_EQUAL(module.p11->C_CloseSession(module.session), CKR_OK);
    {
        auto connection = reader::Connection::open({"Acredita Practice 00 00"});
        BOOST_REQUIRE(connection.has_value());
        BOOST_REQUIRE((*connection)->close(reader::Disposition::reset).has_value());
    }
    module.open();
    BOOST_REQUIRE_EQUAL(module.p11->C_GetTokenInfo(0, &info), CKR_OK);
    const auto certificate = module.find(CKO_CERTIFICATE, &id);
    BOOST_REQUIRE_EQUAL(certificate.size(), 1U);
    BOOST_TEST((module.attribute(certificate.front(), CKA_VALUE) == office_pair().certificate));
    CK_ULONG word = 0;
    BOOST_REQUIRE_EQUAL(module.vendor->A_SignUnverified(module.session, certificate.front(), &word), CKR_OK);
    BOOST_TEST(word == 0x6982U);
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    const auto key = module.find(CKO_PRIVATE_KEY, &id);
    BOOST_REQUIRE_EQUAL(key.size(), 1U);
    Bytes signature;
    BOOST_REQUIRE_EQUAL(module.sign(key.front(), office_pair(), message, signature), CKR_OK);
    BOOST_TEST(office_pair().verifies(message, signature, "SHA256"));
    return practice.take_exchanges();
}

std::uint64_t cold_list(const Practice& practice, LoadedModule& module) {
    module.load_card(office_pair());
    (void)practice.take_exchanges();
    module.open(CKF_SERIAL_SESSION);
    BOOST_TEST(module.find(CKO_CERTIFICATE).size() == 1U);
    return practice.take_exchanges();
}

// Another program, with a cache of its own or none, that leaves the card without a reset.
int by_another_program(const std::string& what) {
    return run("XDG_CACHE_HOME=/proc/self pkcs11-tool --module " MODULE_FILE
               " --login --login-type so --so-pin " +
               std::string(factory_admin_key) + " " + what)
        .code;
}

// NSS's questions about one token, as it asks them for one TLS handshake.
void search_as_a_browser(LoadedModule& module) {
    const auto id = id_of(office_pair());
    for (int round = 0; round < 2; ++round) {
        BOOST_TEST(module.find(CKO_CERTIFICATE).size() == 1U);
        BOOST_TEST(module.find(CKO_PUBLIC_KEY, &id).size() == 1U);
        BOOST_TEST(module.find(CKO_CERTIFICATE, &id).size() == 1U);
        (void)module.find(CKO_PRIVATE_KEY, &id);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(Budget)

BUDGET_CASE(The_certificate_has_the_size_of_a_real_one) {
    BOOST_TEST(office_pair().certificate.size() >= 1550U);
    BOOST_TEST(office_pair().certificate.size() <= 1650U);
}
BUDGET_CASE(The_whole_job_fits_16_extended_exchanges) {
    const Practice practice({"piv:serial=301"});
    LoadedModule module;
    BOOST_TEST(whole_job(practice, module) <= 16U);
}
BUDGET_CASE(The_whole_job_fits_34_short_exchanges) {
    const Practice practice({"piv:serial=302,firmware=pivapplet"});
    LoadedModule module;
    BOOST_TEST(whole_job(practice, module) <= 34U);
}
BUDGET_CASE(The_whole_job_fits_34_exchanges_in_a_reader_for_short_commands) {
    const Practice practice({"piv:serial=310,extended=no"});
    LoadedModule module;
    BOOST_TEST(whole_job(practice, module) <= 34U);
}
BUDGET_CASE(A_cold_list_fits_12_exchanges_in_a_reader_for_short_commands) {
    const Practice practice({"piv:serial=311,extended=no"});
    LoadedModule module;
    BOOST_TEST(cold_list(practice, module) <= 12U);
}
BUDGET_CASE(A_cold_list_fits_6_extended_exchanges) {
    const Practice practice({"piv:serial=303"});
    LoadedModule module;
    BOOST_TEST(cold_list(practice, module) <= 6U);
}
BUDGET_CASE(A_cold_list_fits_12_short_exchanges) {
    const Practice practice({"piv:serial=304,firmware=pivapplet"});
    LoadedModule module;
    BOOST_TEST(cold_list(practice, module) <= 12U);
}
BUDGET_CASE(A_fresh_process_with_a_warm_cache_logs_in_and_signs_in_6_exchanges) {
    const Practice practice({"piv:serial=305"});
    LoadedModule module;
    (void)cold_list(practice, module);
    module.fresh();
    module.open(CKF_SERIAL_SESSION);
    CK_TOKEN_INFO info{};
    BOOST_REQUIRE_EQUAL(module.p11->C_GetTokenInfo(0, &info), CKR_OK);
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    const auto keys = module.find(CKO_PRIVATE_KEY);
    BOOST_REQUIRE_EQUAL(keys.size(), 1U);
    Bytes signature;
    BOOST_REQUIRE_EQUAL(module.sign(keys.front(), office_pair(), message, signature), CKR_OK);
    BOOST_TEST(office_pair().verifies(message, signature, "SHA256"));
    BOOST_TEST(practice.take_exchanges() <= 6U);
}
BUDGET_CASE(
    A_process_that_knows_its_key_by_id_logs_in_and_signs_in_6_exchanges_even_if_nothing_is_remembered) {
    const Practice practice({"piv:serial=324"});
    LoadedModule module;
    module.load_card(office_pair());
    const auto id = id_of(office_pair());
    for (const auto* remembered : {"nothing", "this place"}) {
        (void)practice.take_exchanges();
        module.open(CKF_SERIAL_SESSION);
        CK_TOKEN_INFO info{};
        BOOST_REQUIRE_EQUAL(module.p11->C_GetTokenInfo(0, &info), CKR_OK);
        BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
        const auto keys = module.find(CKO_PRIVATE_KEY, &id);
        BOOST_REQUIRE_EQUAL(keys.size(), 1U);
        Bytes signature;
        BOOST_REQUIRE_EQUAL(module.sign(keys.front(), office_pair(), message, signature), CKR_OK);
        BOOST_TEST(practice.take_exchanges() <= 6U, remembered);
        module.fresh();
    }
    // What was left out is not forgotten: whoever asks for all gets all.
    const auto key = (scratch() / "key.pem").string();
    const auto certificate = (scratch() / "certificate.pem").string();
    BOOST_REQUIRE_EQUAL(run("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=Otra -days 9 -keyout " +
                            key + " -out " + certificate +
                            " && yubico-piv-tool -r Practice -s 9d -a import-key -k" +
                            std::string(factory_admin_key) + " -i " + key +
                            " && yubico-piv-tool -r Practice -s 9d -a import-certificate -k" +
                            std::string(factory_admin_key) + " -i " + certificate)
                            .code,
                        0);
    module.open(CKF_SERIAL_SESSION);
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    BOOST_TEST(module.find(CKO_PRIVATE_KEY, &id).size() == 1U);
    BOOST_TEST(module.find(CKO_PRIVATE_KEY).size() == 2U);
    BOOST_TEST(module.find(CKO_CERTIFICATE).size() == 2U);
}
BUDGET_CASE(A_warm_list_looks_at_each_place_once_however_short_the_answers) {
    const Practice practice({"piv:serial=308,firmware=pivapplet"});
    LoadedModule module;
    (void)cold_list(practice, module);
    module.fresh();
    module.open(CKF_SERIAL_SESSION);
    (void)practice.take_exchanges();
    BOOST_TEST(module.find(CKO_CERTIFICATE).size() == 1U);
    BOOST_TEST(practice.take_exchanges() <= 6U);
}
BUDGET_CASE(What_another_program_stored_is_seen_although_the_card_is_remembered) {
    const Practice practice({"piv:serial=309"});
    LoadedModule module;
    (void)cold_list(practice, module);
    const auto key = (scratch() / "key.pem").string();
    const auto certificate = (scratch() / "certificate.pem").string();
    BOOST_REQUIRE_EQUAL(run("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=Otra -days 9 -keyout " +
                            key + " -out " + certificate +
                            " && yubico-piv-tool -r Practice -s 9d -a import-certificate -k" +
                            std::string(factory_admin_key) + " -i " + certificate)
                            .code,
                        0);
    module.fresh();
    module.open(CKF_SERIAL_SESSION);
    BOOST_TEST(module.find(CKO_CERTIFICATE).size() == 2U);
    BOOST_REQUIRE_EQUAL(run("yubico-piv-tool -r Practice -s 9a -a import-certificate -k" +
                            std::string(factory_admin_key) + " -i " + certificate)
                            .code,
                        0);
    module.fresh();
    module.open(CKF_SERIAL_SESSION);
    const auto id = id_of(office_pair());
    BOOST_TEST(module.find(CKO_CERTIFICATE, &id).empty());
}
BUDGET_CASE(A_browsers_search_on_a_warm_card_costs_at_most_one_exchange) {
    const Practice practice({"piv:serial=320,firmware=pivapplet"});
    LoadedModule module;
    module.load_card(office_pair());
    module.open(CKF_SERIAL_SESSION);
    search_as_a_browser(module);
    for (int burst = 0; burst < 5; ++burst) {
        (void)practice.take_exchanges();
        std::this_thread::sleep_for(std::chrono::milliseconds(2100));
        search_as_a_browser(module);
        BOOST_TEST(practice.take_exchanges() == 1U, "burst " << burst);
    }
}
BUDGET_CASE(A_renewal_by_yubico_piv_tool_is_seen_by_the_next_search_of_a_living_process) {
    const Practice practice({"piv:serial=322"});
    LoadedModule module;
    module.load_card(office_pair());
    module.open(CKF_SERIAL_SESSION);
    search_as_a_browser(module);
    const auto certificate = (scratch() / "renewed.pem").string();
    BOOST_REQUIRE_EQUAL(
        run("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=Otra -days 9 -keyout /dev/null -out " +
            certificate + " && yubico-piv-tool -r Practice -s 9a -a import-certificate -k" +
            std::string(factory_admin_key) + " -i " + certificate)
            .code,
        0);
    std::this_thread::sleep_for(std::chrono::milliseconds(2100));
    const auto found = module.find(CKO_CERTIFICATE);
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST((module.attribute(found.front(), CKA_VALUE) != office_pair().certificate));
}
BUDGET_CASE(A_certificate_removed_without_a_reset_is_missed_after_a_burst_for_each_place_at_the_latest) {
    const Practice practice({"piv:serial=323"});
    LoadedModule module;
    module.load_card(office_pair());
    module.open(CKF_SERIAL_SESSION);
    search_as_a_browser(module);
    BOOST_REQUIRE_EQUAL(
        by_another_program("--delete-object --type cert --id " + to_hex(id_of(office_pair()))), 0);
    for (int burst = 0; burst < 4 && !module.find(CKO_CERTIFICATE).empty(); ++burst)
        std::this_thread::sleep_for(std::chrono::milliseconds(2100));
    BOOST_TEST(module.find(CKO_CERTIFICATE).empty());
}
BUDGET_CASE(A_second_signature_is_one_exchange_and_information_is_none) {
    const Practice practice({"piv:serial=306"});
    LoadedModule module;
    module.load_card(office_pair());
    module.open(CKF_SERIAL_SESSION);
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    const auto keys = module.find(CKO_PRIVATE_KEY);
    Bytes signature;
    BOOST_REQUIRE_EQUAL(module.sign(keys.front(), office_pair(), message, signature), CKR_OK);
    CK_TOKEN_INFO token{};
    BOOST_REQUIRE_EQUAL(module.p11->C_GetTokenInfo(0, &token), CKR_OK);
    (void)practice.take_exchanges();
    BOOST_REQUIRE_EQUAL(module.sign(keys.front(), office_pair(), message, signature), CKR_OK);
    BOOST_TEST(practice.take_exchanges() == 1U);
    CK_SLOT_INFO slot{};
    CK_SESSION_INFO session{};
    for (int i = 0; i < 10; ++i) {
        BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotInfo(0, &slot), CKR_OK);
        BOOST_REQUIRE_EQUAL(module.p11->C_GetTokenInfo(0, &token), CKR_OK);
        BOOST_REQUIRE_EQUAL(module.p11->C_GetSessionInfo(module.session, &session), CKR_OK);
    }
    BOOST_TEST(module.find(CKO_CERTIFICATE).size() == 1U);
    BOOST_TEST(practice.take_exchanges() == 0U);
}
BUDGET_CASE(Initialising_and_listing_slots_sends_nothing_to_the_card) {
    const Practice practice({"piv:serial=307"});
    LoadedModule module;
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
    BOOST_TEST(count == 1U);
    BOOST_TEST(practice.take_exchanges() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
