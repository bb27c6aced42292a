// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Other programs at the same card, other threads of the same program, other cards at the same time.
#include "tests/pkcs11/module/alone.hpp"
#include "tests/pkcs11/module/caller.hpp"
#include "tests/support/practice.hpp"
#include "tests/tools/practice/client.hpp"

#include <thread>

#include <sys/wait.h>

using namespace acredita;
using namespace acredita::test;

namespace {

const auto message = as_bytes("the letter of the office");
const std::string select_another_application = "00A4040007D2760000850101";

// Logged in on the first card.
struct Ready {
    explicit Ready(const std::vector<const KeyPair*>& pairs = {&office_pair()}) {
        load_cards(pairs);
        module.emplace();
        module->open();
        BOOST_REQUIRE_EQUAL(module->login(), CKR_OK);
        key = module->find(CKO_PRIVATE_KEY).front();
    }
    CK_RV sign() {
        Bytes signature;
        const auto rv = module->sign(key, office_pair(), message, signature);
        if (rv == CKR_OK) BOOST_TEST(office_pair().verifies(message, signature, "SHA256"));
        return rv;
    }
    CK_STATE state() {
        CK_SESSION_INFO info{};
        BOOST_REQUIRE_EQUAL(module->p11->C_GetSessionInfo(module->session, &info), CKR_OK);
        return info.state;
    }
    std::optional<LoadedModule> module;
    CK_OBJECT_HANDLE key = 0;
};

// 'l': logs in. 's': signs in two threads for so long.
OtherProcess::Work signing_program(std::chrono::seconds duration) {
    struct Program {
        LoadedModule module{};
        Notes notes{};
        CK_SLOT_ID slot = 0;
        Caller holder{module.p11, notes};
    };
    const auto all = std::make_shared<Program>();
    return [all, duration](char command) {
        auto& [module, notes, slot, holder] = *all;
        const std::vector<const KeyPair*> known{&office_pair()};
        if (command == 'l') {
            CK_ULONG count = 1;
            BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotList(CK_TRUE, &slot, &count), CKR_OK);
            BOOST_REQUIRE_EQUAL(holder.open(slot), CKR_OK);
            BOOST_REQUIRE_EQUAL(holder.login(), CKR_OK);
            return Report{};
        }
        const auto until = std::chrono::steady_clock::now() + duration;
        const auto one_thread = [&] {
            Caller mine(module.p11, notes);
            auto rv = mine.open(slot);
            if (rv == CKR_OK) rv = mine.find_key(known);
            while (rv == CKR_OK && std::chrono::steady_clock::now() < until) rv = mine.sign();
            if (rv == CKR_USER_NOT_LOGGED_IN) ++notes.prompts;
            if (rv != CKR_OK) notes.fault("signing ended with " + std::to_string(rv));
        };
        std::thread other(one_thread);
        one_thread();
        other.join();
        return notes.take();
    };
}

} // namespace

BOOST_AUTO_TEST_SUITE(OtherPrograms)

PRACTICE_CASE(Two_programs_with_two_threads_each_sign_on_one_card_without_an_error_or_a_second_PIN) {
    (void)office_pair();
    const std::chrono::seconds duration(asked_for("ACREDITA_SOAK_SECONDS", 20));
    OtherProcess one([&] { return signing_program(duration); });
    OtherProcess two([&] { return signing_program(duration); });
    const Practice practice({"piv:serial=501"});
    const std::vector<const KeyPair*> pairs{&office_pair()};
    load_cards(pairs);
    (void)one.ask('l');
    (void)two.ask('l'); // the selection and the PIN of the second end nothing of the first's but its PIN
    (void)one.ask('l');
    one.tell('s');
    two.tell('s');
    for (auto* program : {&one, &two}) {
        const auto report = program->report();
        BOOST_TEST_MESSAGE(report.signatures << " signatures, the slowest in " << report.slowest_ms << " ms");
        BOOST_TEST(report.signatures > 0);
        BOOST_TEST(report.faults == 0);
        BOOST_TEST(report.prompts == 0);
    }
    test_that_no_try_was_spent(1);
}
PRACTICE_CASE(A_reset_by_another_program_shows_in_the_session_and_a_login_later_all_is_as_before) {
    const Practice practice({"piv:serial=502"});
    Ready ready;
    BOOST_REQUIRE_EQUAL(ready.sign(), CKR_OK);
    Client other;
    BOOST_REQUIRE_EQUAL(other.connect(), SCARD_S_SUCCESS);
    BOOST_REQUIRE_EQUAL(other.reconnect(), SCARD_S_SUCCESS);
    (void)practice.take_exchanges();
    BOOST_TEST(ready.state() == CKS_RW_PUBLIC_SESSION);
    BOOST_TEST(practice.take_exchanges() == 0U);
    BOOST_TEST(ready.sign() == CKR_USER_NOT_LOGGED_IN);
    BOOST_REQUIRE_EQUAL(ready.module->login(), CKR_OK);
    BOOST_TEST(ready.sign() == CKR_OK); // with the handle from before
    // Between C_SignInit and C_Sign.
    CK_MECHANISM mechanism{CKM_SHA256_RSA_PKCS, nullptr, 0};
    BOOST_REQUIRE_EQUAL(ready.module->p11->C_SignInit(ready.module->session, &mechanism, ready.key), CKR_OK);
    BOOST_REQUIRE_EQUAL(other.reconnect(), SCARD_S_SUCCESS);
    Bytes data(20), out(512);
    CK_ULONG size = out.size();
    BOOST_TEST(ready.module->p11->C_Sign(ready.module->session, data.data(), data.size(), out.data(),
                                         &size) == CKR_USER_NOT_LOGGED_IN);
    BOOST_REQUIRE_EQUAL(ready.module->login(), CKR_OK);
    BOOST_TEST(ready.sign() == CKR_OK);
    ready.module.reset();
    test_that_no_try_was_spent(1);
}
PRACTICE_CASE(A_program_of_others_that_ends_with_a_reset_ends_the_login_and_no_session) {
    const Practice practice({"piv:serial=503"});
    Ready ready;
    for (int round = 0; round < 3; ++round) {
        BOOST_REQUIRE_EQUAL(run("yubico-piv-tool -r '' -a status").code, 0);
        BOOST_TEST(ready.sign() == CKR_USER_NOT_LOGGED_IN);
        BOOST_TEST(ready.state() == CKS_RW_PUBLIC_SESSION);
        BOOST_REQUIRE_EQUAL(ready.module->login(), CKR_OK);
        BOOST_TEST(ready.sign() == CKR_OK);
    }
    ready.module.reset();
    test_that_no_try_was_spent(1);
}
PRACTICE_CASE(Another_application_selected_by_somebody_is_noticed_and_ours_is_selected_again) {
    const Practice practice({"piv:serial=504"});
    Ready ready;
    Client other;
    BOOST_REQUIRE_EQUAL(other.connect(), SCARD_S_SUCCESS);
    BOOST_REQUIRE_EQUAL(other.send(select_another_application), "9000");
    BOOST_TEST(ready.module->find(CKO_CERTIFICATE).size() == 1U); // that needs no PIN
    BOOST_REQUIRE_EQUAL(other.send(select_another_application), "9000");
    BOOST_TEST(ready.sign() == CKR_USER_NOT_LOGGED_IN);
    BOOST_TEST(ready.state() == CKS_RW_PUBLIC_SESSION);
    BOOST_REQUIRE_EQUAL(other.send(select_another_application), "9000");
    BOOST_REQUIRE_EQUAL(ready.module->login(), CKR_OK);
    BOOST_TEST(ready.sign() == CKR_OK);
    ready.module.reset();
    test_that_no_try_was_spent(1);
}
PRACTICE_CASE(
    A_transaction_without_end_costs_an_error_in_time_and_leaves_the_other_reader_and_the_login_alone) {
    const Practice practice({"piv:serial=505", "piv:serial=506"});
    Ready ready({&office_pair(), &rsa_pair()});
    LoadedModule& module = *ready.module;
    Notes notes;
    Caller second(module.p11, notes);
    const std::vector<const KeyPair*> known{&rsa_pair()};
    BOOST_REQUIRE_EQUAL(second.open(1), CKR_OK);
    BOOST_REQUIRE_EQUAL(second.login(), CKR_OK);
    BOOST_REQUIRE_EQUAL(second.find_key(known), CKR_OK);
    CK_TOKEN_INFO info{};
    BOOST_REQUIRE_EQUAL(module.p11->C_GetTokenInfo(0, &info), CKR_OK);
    Client other;
    BOOST_REQUIRE_EQUAL(other.connect(), SCARD_S_SUCCESS);
    BOOST_REQUIRE_EQUAL(other.begin(), SCARD_S_SUCCESS);
    std::atomic<bool> waits{true};
    CK_RV refused = CKR_OK;
    std::thread waiting([&] {
        refused = ready.sign();
        waits = false;
    });
    int meanwhile = 0;
    for (; meanwhile < 20; ++meanwhile) {
        BOOST_REQUIRE_EQUAL(second.sign(), CKR_OK);
        second.look(0);
    }
    BOOST_TEST(waits);
    waiting.join();
    BOOST_TEST(refused == CKR_DEVICE_ERROR);
    BOOST_REQUIRE_EQUAL(other.end(), SCARD_S_SUCCESS);
    BOOST_TEST(ready.sign() == CKR_OK); // with the login from before
    // Who has no connection yet.
    BOOST_REQUIRE_EQUAL(other.begin(), SCARD_S_SUCCESS);
    module.fresh();
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
    BOOST_TEST(module.p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &module.session) ==
               CKR_DEVICE_ERROR);
    BOOST_REQUIRE_EQUAL(other.end(), SCARD_S_SUCCESS);
    BOOST_TEST(notes.take().faults == 0);
}
PRACTICE_CASE(A_program_that_dies_in_its_transaction_keeps_nobody_from_the_card) {
    OtherProcess other([]() -> OtherProcess::Work {
        return [client = std::make_shared<Client>()](char) {
            BOOST_REQUIRE_EQUAL(client->connect(), SCARD_S_SUCCESS);
            BOOST_REQUIRE_EQUAL(client->begin(), SCARD_S_SUCCESS);
            return Report{};
        };
    });
    const Practice practice({"piv:serial=507"});
    Ready ready;
    (void)other.ask('h');
    std::thread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        other.kill();
    });
    const auto rv = ready.sign(); // pcscd may have reset the card at the end of its client
    later.join();
    BOOST_TEST((rv == CKR_OK || rv == CKR_USER_NOT_LOGGED_IN), rv);
    const auto again = ready.module->login();
    BOOST_TEST((again == CKR_OK || again == CKR_USER_ALREADY_LOGGED_IN), again);
    BOOST_TEST(ready.sign() == CKR_OK);
}
PRACTICE_CASE(Eight_cards_sign_at_once_and_one_that_is_held_keeps_none_of_the_others_waiting) {
    const Practice practice({"piv:serial=511", "piv:serial=512", "piv:serial=513", "piv:serial=514",
                             "piv:serial=515", "piv:serial=516", "piv:serial=517", "piv:serial=518"});
    const std::vector<const KeyPair*> known{&office_pair(), &rsa_pair(), &other_rsa_pair(), &ec_pair()};
    auto all = known;
    all.insert(all.end(), known.begin(), known.end());
    load_cards(all);
    LoadedModule module;
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
    BOOST_REQUIRE_EQUAL(count, 8U);
    Notes notes;
    const auto sign_on_all = [&](CK_SLOT_ID from) {
        std::atomic<int> ended{0};
        std::vector<std::thread> threads;
        for (CK_SLOT_ID slot = from; slot < 8; ++slot)
            threads.emplace_back([&, slot] {
                Caller mine(module.p11, notes);
                auto rv = mine.open(slot);
                if (rv == CKR_OK) rv = mine.login();
                if (rv == CKR_OK) rv = mine.find_key(known);
                for (int i = 0; i < 10 && rv == CKR_OK; ++i) rv = mine.sign();
                ended += rv == CKR_OK ? 1 : 0;
            });
        for (auto& thread : threads) thread.join();
        return ended.load();
    };
    BOOST_TEST(sign_on_all(0) == 8);
    Client other;
    BOOST_REQUIRE_EQUAL(other.connect(), SCARD_S_SUCCESS);
    BOOST_REQUIRE_EQUAL(other.begin(), SCARD_S_SUCCESS);
    std::atomic<bool> waits{true};
    CK_RV refused = CKR_OK;
    std::thread waiting([&] {
        Caller mine(module.p11, notes);
        refused = mine.open(0);
        if (refused == CKR_OK) refused = mine.login();
        waits = false;
    });
    BOOST_TEST(sign_on_all(1) == 7);
    BOOST_TEST(waits);
    waiting.join();
    BOOST_TEST(refused == CKR_DEVICE_ERROR);
    BOOST_REQUIRE_EQUAL(other.end(), SCARD_S_SUCCESS);
    BOOST_TEST(sign_on_all(0) == 8);
    BOOST_TEST(notes.take().faults == 0);
}

BOOST_AUTO_TEST_SUITE_END()
