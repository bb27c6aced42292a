// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card may carry an application of others whose PIN has the same reference as ours. While a person types,
// any program may select it: it must not be offered our PIN, because its owner would lose a try.
#include "tests/pkcs11/module/alone.hpp"
#include "tests/pkcs11/module/loaded_module.hpp"
#include "tests/support/practice.hpp"
#include "tests/tools/practice/client.hpp"

#include <thread>

using namespace acredita;
using namespace acredita::test;

namespace {

class OtherProgram {
public:
    OtherProgram() { BOOST_REQUIRE_EQUAL(client_.connect(), SCARD_S_SUCCESS); }
    // And goes, some time before a person has typed.
    void selects_its_application() {
        BOOST_REQUIRE_EQUAL(client_.send("00A4040009F04143524544495441"), "9000");
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
    [[nodiscard]] std::string tries() {
        BOOST_REQUIRE_EQUAL(client_.send("00A4040009F04143524544495441"), "9000");
        return client_.send("00200080");
    }

private:
    Client client_{};
};

void set_pin(LoadedModule& module, std::string before, std::string after, CK_RV expected) {
    BOOST_TEST(module.p11->C_SetPIN(module.session, reinterpret_cast<unsigned char*>(before.data()),
                                    before.size(), reinterpret_cast<unsigned char*>(after.data()),
                                    after.size()) == expected);
}

} // namespace

BOOST_AUTO_TEST_SUITE(APinOfOthers)

PRACTICE_CASE(Is_spent_by_who_sends_a_PIN_without_looking) {
    const Practice practice({"piv:serial=360"});
    OtherProgram other;
    other.selects_its_application();
    Client careless;
    BOOST_REQUIRE_EQUAL(careless.connect(), SCARD_S_SUCCESS);
    BOOST_TEST(careless.send("0020008008313233343536FFFF") == "63C2");
    BOOST_TEST(other.tries() == "63C2");
}
PRACTICE_CASE(Is_not_spent_by_a_login_right_or_wrong_on_any_firmware) {
    for (const auto* card : {"piv:serial=361", "piv:serial=362,firmware=4.3",
                             "piv:serial=363,firmware=pivapplet", "piv:serial=364,firmware=nist"}) {
        const Practice practice({card});
        LoadedModule module;
        module.open();
        OtherProgram other;
        other.selects_its_application();
        BOOST_TEST(module.login("111111") == CKR_PIN_INCORRECT, card);
        other.selects_its_application();
        BOOST_TEST(module.login() == CKR_OK, card);
        BOOST_TEST(other.tries() == "63C3", card);
    }
}
PRACTICE_CASE(Is_not_spent_when_a_PIN_is_changed_or_replaced_with_the_PUK) {
    const Practice practice({"piv:serial=365"});
    LoadedModule module;
    module.open();
    OtherProgram other;
    other.selects_its_application();
    set_pin(module, "123456", "654321", CKR_OK);
    other.selects_its_application();
    unsigned char puk[] = "12345678", pin[] = "111222";
    BOOST_TEST(module.vendor->A_UnblockPin(module.session, puk, 8, pin, 6) == CKR_OK);
    BOOST_TEST(module.login("111222") == CKR_OK);
    BOOST_TEST(other.tries() == "63C3");
}
PRACTICE_CASE(Is_not_spent_by_a_PIN_typed_on_the_reader) {
    Practice practice({"piv:serial=366,firmware=4.3,pinpad"});
    LoadedModule module;
    module.open();
    OtherProgram other;
    other.selects_its_application();
    const std::string_view digits = "123456";
    BOOST_REQUIRE(
        practice->person(0, practice::Pinpad::Person::types, ZeroingBytes(digits.begin(), digits.end()))
            .has_value());
    BOOST_TEST(module.p11->C_Login(module.session, CKU_USER, nullptr, 0) == CKR_OK);
    BOOST_TEST(other.tries() == "63C3");
}
PRACTICE_CASE(Is_not_spent_by_an_administrator_who_learns_that_his_login_is_gone) {
    for (const auto* card :
         {"piv:serial=367", "piv:serial=368,firmware=4.3", "piv:serial=369,firmware=pivapplet"}) {
        const Practice practice({card});
        LoadedModule module;
        module.open();
        OtherProgram other;
        BOOST_REQUIRE_EQUAL(module.login(factory_admin_key, CKU_SO), CKR_OK);
        other.selects_its_application();
        BOOST_TEST(module.verify_pin() == CKR_USER_NOT_LOGGED_IN, card);
        BOOST_TEST(other.tries() == "63C3", card);
    }
}
BUDGET_CASE(Costs_an_administrator_who_is_alone_at_the_card_nothing_but_one_exchange) {
    for (const auto* card :
         {"piv:serial=370", "piv:serial=371,firmware=4.3", "piv:serial=372,firmware=pivapplet"}) {
        const Practice practice({card});
        LoadedModule module;
        module.open();
        BOOST_REQUIRE_EQUAL(module.login(factory_admin_key, CKU_SO), CKR_OK);
        std::this_thread::sleep_for(std::chrono::milliseconds(300)); // the person types
        (void)practice.take_exchanges();
        BOOST_TEST(module.verify_pin() == CKR_OK, card);
        BOOST_TEST(practice.take_exchanges() == 2U, card);
        BOOST_TEST(module.store_certificate(office_pair()) == CKR_OK, card);
    }
}

BOOST_AUTO_TEST_SUITE_END()
