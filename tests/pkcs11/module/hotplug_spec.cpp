// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Cards, readers and the service come and go while a program with many threads is at work on all of them.
#include "tests/pkcs11/module/alone.hpp"
#include "tests/pkcs11/module/crowd.hpp"
#include "tests/pkcs11/module/hand.hpp"

using namespace acredita;
using namespace acredita::test;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memory_can_be_weighed = false; // the sanitizer keeps what has been given back
#else
constexpr bool memory_can_be_weighed = true;
#endif

} // namespace

BOOST_AUTO_TEST_SUITE(CardsComeAndGo)

PRACTICE_CASE(Whatever_is_pulled_whenever_nothing_crashes_hangs_leaks_or_signs_for_another_card) {
    (void)all_pairs();
    OtherProcess crowd([]() -> OtherProcess::Work {
        return [all = std::make_shared<Crowd>()](char command) { return all->obey(command); };
    });
    const auto cycles = asked_for("ACREDITA_SOAK_CYCLES", 50);
    const auto seed =
        static_cast<unsigned>(asked_for("ACREDITA_SOAK_SEED", std::random_device{}() % 1000000));
    BOOST_TEST_MESSAGE("ACREDITA_SOAK_SEED=" << seed);
    Practice practice({"piv:serial=521", "piv:serial=522", "piv:serial=523", "piv:serial=524"});
    load_cards(all_pairs());
    const auto begun = std::chrono::steady_clock::now();
    const auto pull = [&](long count) {
        (void)crowd.ask('s');
        std::atomic<long> left{count};
        std::vector<std::thread> hands;
        for (const std::size_t first : {0U, 2U})
            hands.emplace_back([&, first] {
                Hand hand(practice, first, seed + static_cast<unsigned>(first));
                for (long n = 0; (n = --left) >= 0;) {
                    hand.cycle();
                    if (n % 50 == 20) hand.unplug_one();
                    if (n % 100 == 40) restart(practice, n % 200 == 40);
                }
                hand.settle();
            });
        for (auto& hand : hands) hand.join();
        std::this_thread::sleep_for(2s); // work without a disturbance
        return crowd.ask('q');
    };
    const auto before = pull(10);
    const auto after = pull(cycles);
    BOOST_TEST_MESSAGE(
        cycles
        << " cycles in "
        << std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begun).count()
        << " s: " << after.signatures << " signatures, " << after.refusals << " refusals, the slowest call "
        << after.slowest_ms << " ms, files " << before.files << " to " << after.files << ", memory "
        << before.kilobytes << " to " << after.kilobytes << " kB");
    BOOST_TEST(before.faults + after.faults == 0);
    BOOST_TEST(after.signatures > 0);
    BOOST_TEST(after.files <= before.files);
    if (memory_can_be_weighed) BOOST_TEST(after.kilobytes < before.kilobytes + 8192);
    test_that_no_try_was_spent(all_pairs().size());
}
PRACTICE_CASE(
    A_program_that_asks_for_nothing_but_its_session_learns_within_two_seconds_that_the_card_is_gone) {
    const Practice practice({"piv:serial=525"});
    LoadedModule module;
    module.open();
    BOOST_REQUIRE(practice->remove(0).has_value());
    CK_SESSION_INFO info{};
    auto rv = CK_RV{CKR_OK};
    for (int i = 0; i < 20 && rv == CKR_OK; ++i) {
        rv = module.p11->C_GetSessionInfo(module.session, &info);
        std::this_thread::sleep_for(100ms);
    }
    BOOST_TEST(rv == CKR_SESSION_HANDLE_INVALID);
    BOOST_REQUIRE(practice->insert(0).has_value());
    for (int i = 0; i < 20 && rv != CKR_OK; ++i) {
        std::this_thread::sleep_for(100ms);
        rv = module.p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &module.session);
    }
    BOOST_TEST(rv == CKR_OK); // no other call in between: the next card is seen by the next call
    BOOST_TEST(module.p11->C_GetSessionInfo(module.session, &info) == CKR_OK);
}
PRACTICE_CASE(Another_card_in_the_same_reader_is_never_taken_for_the_one_that_was_there) {
    const Practice practice({"piv:serial=526", "piv:serial=527"});
    const std::vector<const KeyPair*> pairs{&office_pair(), &other_rsa_pair()};
    load_cards(pairs);
    LoadedModule module;
    module.open();
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    const auto key = module.find(CKO_PRIVATE_KEY).front();
    BOOST_REQUIRE(practice->trade(0, 1).has_value());
    BOOST_REQUIRE(practice->insert(0).has_value());
    BOOST_REQUIRE(practice->insert(1).has_value());
    Bytes signature;
    const auto rv = module.sign(key, office_pair(), as_bytes("letter"), signature);
    BOOST_TEST((rv == CKR_DEVICE_REMOVED || rv == CKR_SESSION_HANDLE_INVALID), rv);
    BOOST_TEST(module.login() == CKR_SESSION_HANDLE_INVALID);
    for (int i = 0; i < 50; ++i) {
        CK_ULONG count = 0;
        BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
        if (count == 2) break;
        std::this_thread::sleep_for(100ms);
    }
    module.open();
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    const auto other = module.find(CKO_PRIVATE_KEY).front();
    BOOST_TEST((module.attribute(other, CKA_ID) == id_of(other_rsa_pair())));
    BOOST_REQUIRE_EQUAL(module.sign(other, other_rsa_pair(), as_bytes("letter"), signature), CKR_OK);
    BOOST_TEST(other_rsa_pair().verifies(as_bytes("letter"), signature, "SHA256"));
}
PRACTICE_CASE(An_unknown_card_is_asked_who_it_is_once_and_not_again_until_it_leaves) {
    const Practice practice({"unknown"});
    LoadedModule module;
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
    CK_TOKEN_INFO info{};
    BOOST_REQUIRE_EQUAL(module.p11->C_GetTokenInfo(0, &info), CKR_TOKEN_NOT_RECOGNIZED);
    BOOST_TEST(practice.take_exchanges() > 0U);
    for (int i = 0; i < 10; ++i) {
        CK_SLOT_INFO slot{};
        CK_SESSION_HANDLE session = 0;
        BOOST_TEST(module.p11->C_GetSlotInfo(0, &slot) == CKR_OK);
        BOOST_TEST(module.p11->C_GetTokenInfo(0, &info) == CKR_TOKEN_NOT_RECOGNIZED);
        BOOST_TEST(module.p11->C_GetMechanismList(0, nullptr, &count) == CKR_TOKEN_NOT_RECOGNIZED);
        BOOST_TEST(module.p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &session) ==
                   CKR_TOKEN_NOT_RECOGNIZED);
    }
    BOOST_TEST(practice.take_exchanges() == 0U);
    BOOST_REQUIRE(practice->remove(0).has_value());
    BOOST_REQUIRE(practice->insert(0).has_value());
    for (int i = 0; i < 50; ++i) {
        BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
        (void)module.p11->C_GetTokenInfo(0, &info);
        if (practice->exchanges(0).value() > 0) break;
        std::this_thread::sleep_for(100ms);
    }
    BOOST_TEST(practice.take_exchanges() > 0U);
}
PRACTICE_CASE(A_reader_that_is_unplugged_and_plugged_in_again_is_the_same_slot) {
    const Practice practice({"piv:serial=528", "piv:serial=529"});
    LoadedModule module;
    module.open();
    const auto present = [&](bool wanted) {
        for (int i = 0; i < 100; ++i) {
            CK_SLOT_INFO info{};
            BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotInfo(0, &info), CKR_OK);
            if (((info.flags & CKF_TOKEN_PRESENT) != 0) == wanted) return true;
            std::this_thread::sleep_for(50ms);
        }
        return false;
    };
    BOOST_REQUIRE(practice->unplug(0).has_value());
    BOOST_TEST(present(false));
    BOOST_TEST((module.login() == CKR_SESSION_HANDLE_INVALID));
    BOOST_REQUIRE(practice->plug(0).has_value());
    BOOST_TEST(present(true));
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotList(CK_FALSE, nullptr, &count), CKR_OK);
    BOOST_TEST(count == 2U);
    module.open();
    BOOST_TEST(module.login() == CKR_OK);
}
// Three quarters of a minute of waiting: with the long runs that are asked for by name.
BOOST_AUTO_TEST_CASE(A_card_that_takes_seven_seconds_for_each_answer_is_given_up_and_stays_usable,
                     *boost::unit_test::precondition([](boost::unit_test::test_unit_id) {
                         return boost::test_tools::assertion_result(asked_for("ACREDITA_SOAK_SLOW", 0) != 0);
                     })) {
    alone(+[] {
        auto options = practice_options({"piv:serial=530"});
        options.latency = 7s;
        const Practice practice(options);
        LoadedModule module;
        module.open();
        CK_OBJECT_CLASS kind = CKO_CERTIFICATE;
        CK_ATTRIBUTE wanted{CKA_CLASS, &kind, sizeof kind};
        (void)practice.take_exchanges();
        BOOST_TEST(module.p11->C_FindObjectsInit(module.session, &wanted, 1) == CKR_DEVICE_ERROR);
        BOOST_TEST(practice.take_exchanges() == 4U); // 28 seconds, the longest of them not counted
        CK_SESSION_INFO info{};
        BOOST_TEST(module.p11->C_GetSessionInfo(module.session, &info) == CKR_OK);
    });
}

BOOST_AUTO_TEST_SUITE_END()
