// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/vendor.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::client;

namespace {

// Numbers of lying_module.cpp.
constexpr CK_SLOT_ID endless_objects = 1;
constexpr CK_SLOT_ID huge_attribute = 2;
constexpr CK_SLOT_ID growing_attribute = 3;
constexpr CK_SLOT_ID vendor_card = 4;
constexpr CK_SLOT_ID unknown_code = 5;

Session open(CK_SLOT_ID slot) {
    auto module = Module::load(LYING_MODULE);
    BOOST_REQUIRE_MESSAGE(module, (module ? "" : describe(module.error())));
    auto session = Session::open(*module, slot, Access::read_only);
    BOOST_REQUIRE(session);
    return std::move(*session);
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_module_that_lies)

BOOST_AUTO_TEST_CASE(about_its_slots_is_not_read_past_the_end) {
    const auto slots = Module::load(LYING_MODULE).value()->slots(false);
    BOOST_REQUIRE(!slots);
    BOOST_TEST(is(slots.error(), client_errc::answer_malformed));
}

BOOST_AUTO_TEST_CASE(with_endless_objects_is_stopped) {
    auto session = open(endless_objects);
    const auto found = find_all(session, ObjectClass::certificate);
    BOOST_REQUIRE(!found);
    BOOST_TEST(is(found.error(), client_errc::too_many));
}

BOOST_AUTO_TEST_CASE(with_a_huge_attribute_gets_no_memory_for_it) {
    auto session = open(huge_attribute);
    const auto value = attribute(session, 1, CKA_VALUE);
    BOOST_REQUIRE(!value);
    BOOST_TEST(is(value.error(), client_errc::answer_malformed));
}

BOOST_AUTO_TEST_CASE(with_a_value_longer_than_announced_is_not_believed) {
    auto session = open(growing_attribute);
    const auto value = attribute(session, 1, CKA_VALUE);
    BOOST_REQUIRE(!value);
    BOOST_TEST(is(value.error(), client_errc::answer_malformed));
}

BOOST_AUTO_TEST_CASE(with_a_code_of_its_own_keeps_the_number) {
    const auto session = Session::open(Module::load(LYING_MODULE).value(), unknown_code, Access::read_only);
    BOOST_REQUIRE(!session);
    BOOST_TEST(is(session.error(), cryptoki_errc::other));
    BOOST_TEST(return_value(session.error()).value() == (CKR_VENDOR_DEFINED | 0xBEEFUL));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_vendor_object)

BOOST_AUTO_TEST_CASE(tells_what_the_card_tells_and_nothing_more) {
    auto session = open(vendor_card);
    const auto facts = card_facts(session);
    BOOST_REQUIRE_MESSAGE(facts, (facts ? "" : describe(facts.error())));
    BOOST_TEST(facts->vendor_object);
    BOOST_TEST((facts->pin == PinLight::last_try));
    BOOST_TEST(facts->pinpad);
    BOOST_TEST(facts->pin_tries_left.value() == 2U);
    BOOST_TEST(!facts->pin_tries_total.has_value()); // of a wrong size
    BOOST_TEST(!facts->puk_tries_left.has_value());
    BOOST_TEST(facts->can_import.value());
    BOOST_TEST((facts->storing_role.value() == Role::administrator));
    BOOST_TEST((facts->importable.value() == std::vector<KeyKind>{{CKK_EC, 384}}));
    BOOST_TEST(facts->destination.value().place == 0x82);
    BOOST_TEST(facts->destination.value().certificate.empty());
    BOOST_TEST(facts->destination.value().key_present.value() == false);
    BOOST_TEST(facts->reader.value() == "R1");
    BOOST_TEST(!facts->profile.has_value());
}

BOOST_AUTO_TEST_CASE(is_asked_for_what_is_wanted_only) {
    auto session = open(vendor_card);
    const auto facts = card_facts(session, Ask::names | Ask::pin);
    BOOST_REQUIRE(facts);
    BOOST_TEST(facts->reader.has_value());
    BOOST_TEST(facts->pin_tries_left.has_value());
    BOOST_TEST(!facts->can_import.has_value());
    BOOST_TEST(!facts->destination.has_value());
}

BOOST_AUTO_TEST_CASE(comes_with_a_pin_check_that_leaves_the_login_alone) {
    auto session = open(vendor_card);
    BOOST_TEST(verify_pin(session, Secret(as_bytes("123456"))).has_value());
    const auto wrong = verify_pin(session, Secret(as_bytes("000000")));
    BOOST_REQUIRE(!wrong);
    BOOST_TEST(is(wrong.error(), cryptoki_errc::pin_incorrect));
}

BOOST_AUTO_TEST_CASE(comes_with_the_cards_own_refusal) {
    auto session = open(vendor_card);
    const auto outcome = sign_unverified(session, Bytes{1}, Scheme::rsa_pkcs1);
    BOOST_REQUIRE(outcome);
    BOOST_TEST((outcome->refusal == UnverifiedSignature::Refusal::by_card));
    BOOST_TEST(outcome->status_word.value() == 0x6982);
}

BOOST_AUTO_TEST_SUITE_END()
