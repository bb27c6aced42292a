// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/pkcs11/client/soft_token.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>
#include <dlfcn.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::client;

BOOST_AUTO_TEST_SUITE(a_module)

BOOST_AUTO_TEST_CASE(that_does_not_exist_is_named_as_such) {
    const auto loaded = Module::load("/nowhere/no-such-module.so");
    BOOST_REQUIRE(!loaded);
    BOOST_TEST(is(loaded.error(), client_errc::module_not_found));
}

BOOST_AUTO_TEST_CASE(that_is_a_text_file_is_not_a_module) {
    const auto file = std::filesystem::temp_directory_path() / ("acredita-text-" + std::to_string(getpid()));
    std::ofstream(file) << "not a library";
    const auto loaded = Module::load(file);
    std::filesystem::remove(file);
    BOOST_REQUIRE(!loaded);
    BOOST_TEST(is(loaded.error(), client_errc::not_a_module));
}

BOOST_AUTO_TEST_CASE(that_is_a_library_of_another_kind_is_not_a_module) {
    const auto loaded = Module::load(LIBP11_FILE);
    BOOST_REQUIRE(!loaded);
    BOOST_TEST(is(loaded.error(), client_errc::not_a_module));
    BOOST_TEST(loaded.error().detail == "no C_GetFunctionList");
}

BOOST_AUTO_TEST_CASE(is_the_same_one_for_everybody_in_the_process) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    const auto again = Module::load(test::softhsm_file());
    BOOST_REQUIRE(again);
    BOOST_TEST(again->get() == token.module.get());
}

BOOST_AUTO_TEST_CASE(can_be_loaded_again_after_it_was_let_go) {
    if (test::softhsm_missing()) return;
    { const test::SoftToken first; }
    const test::SoftToken second;
    BOOST_TEST(second.module->token(second.slot).has_value());
}

BOOST_AUTO_TEST_CASE(that_somebody_else_initialised_is_not_finalised_by_us) {
    if (test::softhsm_missing()) return;
    const test::SoftFolder folder;
    std::unique_ptr<void, int (*)(void*)> host(dlopen(test::softhsm_file().c_str(), RTLD_NOW | RTLD_LOCAL),
                                               dlclose);
    BOOST_REQUIRE(host != nullptr);
    const auto initialise = reinterpret_cast<CK_C_Initialize>(dlsym(host.get(), "C_Initialize"));
    const auto finalise = reinterpret_cast<CK_C_Finalize>(dlsym(host.get(), "C_Finalize"));
    const auto get_info = reinterpret_cast<CK_C_GetInfo>(dlsym(host.get(), "C_GetInfo"));
    BOOST_REQUIRE_EQUAL(initialise(nullptr), CKR_OK);
    BOOST_TEST(Module::load(test::softhsm_file()).has_value()); // and let go at once
    CK_INFO info{};
    BOOST_TEST(get_info(&info) == CKR_OK);
    BOOST_TEST(finalise(nullptr) == CKR_OK);
}

BOOST_AUTO_TEST_CASE(describes_its_token_without_the_padding) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    const auto info = token.module->token(token.slot);
    BOOST_REQUIRE(info);
    BOOST_TEST(info->label == "T");
    BOOST_TEST(info->manufacturer == "SoftHSM project");
    BOOST_TEST(info->serial.size() == 16U);
    BOOST_TEST(info->has(CKF_LOGIN_REQUIRED));
    BOOST_TEST(info->min_pin == 4U);
}

BOOST_AUTO_TEST_CASE(without_a_token_in_that_slot_says_the_slot_is_invalid) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    const auto info = token.module->token(0xDEAD);
    BOOST_REQUIRE(!info);
    BOOST_TEST(is(info.error(), cryptoki_errc::slot_id_invalid));
}

BOOST_AUTO_TEST_SUITE_END()
