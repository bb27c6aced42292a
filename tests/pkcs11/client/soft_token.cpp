// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/pkcs11/client/soft_token.hpp"

#include <cstdlib>
#include <fstream>

#include <boost/test/unit_test.hpp>

namespace acredita::client::test {

namespace {

std::filesystem::path fresh_folder() {
    auto pattern = (std::filesystem::temp_directory_path() / "acredita-softhsm-XXXXXX").string();
    BOOST_REQUIRE(mkdtemp(pattern.data()) != nullptr);
    return pattern;
}

CK_UTF8CHAR_PTR bytes_of(const Secret& pin) { return const_cast<CK_UTF8CHAR_PTR>(pin.view().data()); }

} // namespace

std::filesystem::path softhsm_file() {
    const char* named = std::getenv("ACREDITA_SOFTHSM");
    return named != nullptr ? named : "/usr/lib/softhsm/libsofthsm2.so";
}

bool softhsm_missing() {
    if (std::filesystem::exists(softhsm_file())) return false;
    BOOST_TEST_MESSAGE("SKIPPED: no SoftHSM2 at " << softhsm_file());
    return true;
}

SoftFolder::SoftFolder() : path_(fresh_folder()) {
    std::filesystem::create_directory(path_ / "tokens");
    const auto configuration = path_ / "softhsm2.conf";
    std::ofstream(configuration) << "directories.tokendir = " << (path_ / "tokens").string()
                                 << "\nobjectstore.backend = file\nlog.level = ERROR\n";
    setenv("SOFTHSM2_CONF", configuration.c_str(), 1);
}

SoftFolder::~SoftFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

SoftToken::SoftToken() {
    auto loaded = Module::load(softhsm_file());
    BOOST_REQUIRE_MESSAGE(loaded, (loaded ? "" : describe(loaded.error())));
    module = *loaded;
    const auto empty_slots = module->slots(false);
    BOOST_REQUIRE(empty_slots && !empty_slots->empty());

    CK_UTF8CHAR label[32];
    std::fill(std::begin(label), std::end(label), ' ');
    label[0] = 'T';
    const auto& cryptoki = module->functions();
    BOOST_REQUIRE_EQUAL(cryptoki.C_InitToken(empty_slots->front().id, bytes_of(so_pin), so_pin.size(), label),
                        CKR_OK);
    const auto slots = module->slots(true); // SoftHSM gives an initialised token a slot of its own
    BOOST_REQUIRE(slots && !slots->empty());
    slot = slots->front().id;
    auto session = open();
    BOOST_REQUIRE(session.login(Role::administrator, so_pin));
    BOOST_REQUIRE_EQUAL(cryptoki.C_InitPIN(session.handle(), bytes_of(user_pin), user_pin.size()), CKR_OK);
}

Session SoftToken::open(Access access) const {
    auto session = Session::open(module, slot, access);
    BOOST_REQUIRE_MESSAGE(session, (session ? "" : describe(session.error())));
    return std::move(*session);
}

Session SoftToken::logged_in() const {
    auto session = open();
    const auto login = session.login(Role::user, user_pin);
    BOOST_REQUIRE_MESSAGE(login, (login ? "" : describe(login.error())));
    return session;
}

} // namespace acredita::client::test
