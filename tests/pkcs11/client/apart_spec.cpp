// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a maker's module does to itself, and that nothing of it reaches us.
#include "pkcs11/client/keys.hpp"
#include "pkcs11/client/session.hpp"
#include "pkcs11/client/sign.hpp"
#include "tests/pkcs11/client/apart_token.hpp"
#include "tests/pkcs11/client/credentials.hpp"
#include "tests/pkcs11/client/soft_token.hpp"

#include <csignal>
#include <fstream>
#include <thread>

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace acredita;
using namespace acredita::client;

Manners hasty() {
    Manners manners;
    manners.patience = std::chrono::seconds(1);
    return manners;
}

std::string words(const Error& error) { return describe(error); }

std::shared_ptr<Module> loaded(const std::filesystem::path& file = AWKWARD_MODULE,
                               const Manners& manners = {}) {
    auto module = Module::load_apart(file, manners);
    BOOST_REQUIRE_MESSAGE(module, (module ? "" : words(module.error())));
    return *std::move(module);
}

CK_SLOT_ID office(const Module& module) {
    const auto slots = module.slots(true);
    BOOST_REQUIRE(slots);
    for (const auto& slot : *slots)
        if (const auto token = module.token(slot.id); token && token->label == "office") return slot.id;
    BOOST_FAIL("no token");
    return 0;
}

Session open(const std::shared_ptr<Module>& module) {
    auto session = Session::open(module, office(*module), Access::read_write);
    BOOST_REQUIRE_MESSAGE(session, (session ? "" : words(session.error())));
    return *std::move(session);
}

Session logged_in(const std::shared_ptr<Module>& module) {
    auto session = open(module);
    BOOST_REQUIRE(session.login(Role::user, test::user_pin));
    return session;
}

std::string told(const Result<void>& result) { return result ? "" : error_name(result.error().code); }

} // namespace

BOOST_AUTO_TEST_SUITE(a_module_apart)

BOOST_AUTO_TEST_CASE(does_what_it_would_do_in_our_process) {
    const test::ApartToken token;
    if (!token.made()) return;
    {
        const auto module = loaded();
        auto session = logged_in(module);
        for (const auto kind : {test::rsa, test::p256}) {
            const auto credential = test::make_credential(kind);
            const Bytes id{static_cast<std::uint8_t>(kind.bits % 251)};
            test::store_both(session, credential, id);
            const auto key = token_key(session, id);
            BOOST_REQUIRE_MESSAGE(key, (key ? "" : words(key.error())));
            BOOST_TEST(test::signs_cms(key->get(), credential.certificate.get()));
        }
        BOOST_TEST(module->is_apart());
        BOOST_TEST(module->symbol("C_GetFunctionList") == nullptr);
        BOOST_TEST(test::hosts().size() >= 1U);
    }
    test::wait_until_gone();
}

BOOST_AUTO_TEST_CASE(may_crash_and_is_there_again_when_it_is_loaded_again) {
    const test::ApartToken token("crash:C_OpenSession");
    if (!token.made()) return;
    {
        const auto module = loaded();
        const auto session = Session::open(module, office(*module), Access::read_only);
        BOOST_REQUIRE(!session);
        BOOST_TEST(is(session.error(), client_errc::module_crashed), words(session.error()));
        BOOST_TEST(session.error().detail == "libawkward_module.so, SIGABRT");
        const auto after = module->slots(true);
        BOOST_REQUIRE(!after);
        BOOST_TEST(is(after.error(), client_errc::module_crashed), words(after.error()));
    }
    test::ApartToken::become("");
    BOOST_TEST(told(open(loaded()).login(Role::user, test::user_pin)) == "");
}

BOOST_AUTO_TEST_CASE(is_ended_when_it_does_not_answer) {
    const test::ApartToken token("hang:C_Login");
    if (!token.made()) return;
    const auto module = loaded(AWKWARD_MODULE, hasty());
    auto session = open(module);
    BOOST_TEST(told(session.login(Role::user, test::user_pin)) == "client.module_hung");
    test::wait_until_gone();
}

BOOST_AUTO_TEST_CASE(may_end_itself) {
    const test::ApartToken token("exit:C_Login");
    if (!token.made()) return;
    auto session = open(loaded());
    BOOST_TEST(told(session.login(Role::user, test::user_pin)) == "client.module_exited");
}

BOOST_AUTO_TEST_CASE(may_crash_or_hang_while_it_is_loaded) {
    const test::ApartToken token("crash:load");
    if (!token.made()) return;
    const auto crashed = Module::load_apart(AWKWARD_MODULE, {});
    BOOST_REQUIRE(!crashed);
    BOOST_TEST(is(crashed.error(), client_errc::module_crashed), words(crashed.error()));
    for (const auto* how : {"hang:load", "hang:C_Initialize"}) {
        test::ApartToken::become(how);
        const auto hung = Module::load_apart(AWKWARD_MODULE, hasty());
        BOOST_REQUIRE(!hung);
        BOOST_TEST(is(hung.error(), client_errc::module_hung), words(hung.error()));
    }
}

// Whatever p11-kit makes of it, the end of one module is not told as the end of another.
BOOST_AUTO_TEST_CASE(that_hung_while_it_was_loaded_is_blamed_for_nothing_later) {
    const test::ApartToken token("hang:C_Initialize");
    if (!token.made()) return;
    BOOST_REQUIRE(!Module::load_apart(AWKWARD_MODULE, hasty()));
    const auto later = fail_rv(CKR_GENERAL_ERROR, "C_GetSlotList").value();
    BOOST_TEST(is(later, cryptoki_errc::general_error), words(later));
}

BOOST_AUTO_TEST_CASE(that_is_no_module_is_called_so_with_the_loaders_words) {
    const auto library = Module::load_apart(LIBP11_FILE, {});
    BOOST_REQUIRE(!library);
    BOOST_TEST(is(library.error(), client_errc::not_a_module), words(library.error()));
    BOOST_TEST(library.error().detail == "no C_GetFunctionList");
}

BOOST_AUTO_TEST_CASE(may_write_to_its_streams_what_it_likes) {
    const test::ApartToken token("noise");
    if (!token.made()) return;
    auto session = logged_in(loaded());
    const auto credential = test::make_credential(test::p256);
    BOOST_TEST(test::store_both(session, credential, {1}) != 0U);
}

BOOST_AUTO_TEST_CASE(leaves_no_thread_and_no_child_behind) {
    const test::ApartToken token("traces");
    if (!token.made()) return;
    {
        auto session = logged_in(loaded());
        while (test::leftovers().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    test::wait_until_gone();
}

BOOST_AUTO_TEST_CASE(that_hangs_at_its_end_is_ended_all_the_same) {
    const test::ApartToken token("hang:C_Finalize,traces");
    if (!token.made()) return;
    { auto session = logged_in(loaded(AWKWARD_MODULE, hasty())); }
    test::wait_until_gone();
}

BOOST_AUTO_TEST_CASE(ends_with_our_program_even_if_that_is_killed) {
    const test::ApartToken token("traces");
    if (!token.made()) return;
    {
        const auto module = loaded();
        BOOST_TEST(!test::hosts().empty()); // by whose names those of the victim are known
    }
    int ready[2];
    BOOST_REQUIRE(::pipe(ready) == 0);
    const pid_t victim = ::fork();
    if (victim == 0) {
        const auto module = Module::load_apart(AWKWARD_MODULE, {});
        const char told = module ? 'y' : 'n';
        static_cast<void>(::write(ready[1], &told, 1) == 1);
        for (;;) ::pause();
    }
    char told = 0;
    BOOST_REQUIRE(::read(ready[0], &told, 1) == 1);
    BOOST_TEST(told == 'y');
    ::kill(victim, SIGKILL);
    ::waitpid(victim, nullptr, 0);
    test::wait_until_gone();
    for (const int end : ready) ::close(end);
}

BOOST_AUTO_TEST_CASE(shows_no_secret_in_its_command_line_and_its_environment) {
    const test::ApartToken token;
    if (!token.made()) return;
    const auto session = logged_in(loaded());
    const auto running = test::hosts();
    BOOST_REQUIRE(!running.empty());
    for (const auto pid : running)
        for (const auto* what : {"cmdline", "environ"}) {
            std::ifstream file("/proc/" + std::to_string(pid) + "/" + what, std::ios::binary);
            const std::string text(std::istreambuf_iterator<char>(file), {});
            BOOST_TEST(text.find("123456") == std::string::npos);
        }
}

BOOST_AUTO_TEST_CASE(may_lie_where_the_path_has_blanks_and_quotes) {
    const test::ApartToken token;
    if (!token.made()) return;
    const auto file = token.folder() / "the \"maker's\" own\\module.so";
    std::filesystem::copy_file(AWKWARD_MODULE, file);
    BOOST_TEST(told(open(loaded(file)).login(Role::user, test::user_pin)) == "");
}

BOOST_AUTO_TEST_CASE(that_wants_a_public_key_first_gets_one) {
    const test::ApartToken token("public-first");
    if (!token.made()) return;
    Manners manners;
    manners.public_key_first = true;
    auto session = logged_in(loaded(AWKWARD_MODULE, manners));
    for (const auto kind : {test::rsa, test::p256}) {
        const auto credential = test::make_credential(kind);
        const Bytes id{static_cast<std::uint8_t>(kind.bits % 251)};
        const auto key = store_private_key(session, credential.key.get(), credential.subject, {id, "x"});
        BOOST_REQUIRE_MESSAGE(key, (key ? "" : words(key.error())));
        BOOST_TEST(find_by_id(session, ObjectClass::public_key, id).value().size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(is_told_less_of_a_key_until_it_takes_it) {
    const test::ApartToken token("picky,protects");
    if (!token.made()) return;
    const auto credential = test::make_credential(test::rsa);
    {
        auto session = logged_in(loaded());
        const auto key = store_private_key(session, credential.key.get(), credential.subject, {{1}, "x"});
        BOOST_TEST(key.has_value());
    }
    Manners proud;
    proud.templates = {KeyTemplate::full, KeyTemplate::no_subject};
    auto session = logged_in(loaded(AWKWARD_MODULE, proud));
    const auto key = store_private_key(session, credential.key.get(), credential.subject, {{2}, "x"});
    BOOST_REQUIRE(!key);
    BOOST_TEST(is(key.error(), client_errc::store_refused), words(key.error()));
    BOOST_TEST(key.error().detail == "cryptoki.template_inconsistent");
}

BOOST_AUTO_TEST_CASE(that_protects_no_key_of_which_nothing_is_said_keeps_none) {
    const test::ApartToken token("picky");
    if (!token.made()) return;
    auto session = logged_in(loaded());
    const auto credential = test::make_credential(test::rsa);
    const auto key = store_private_key(session, credential.key.get(), credential.subject, {{1}, "x"});
    BOOST_REQUIRE(!key);
    BOOST_TEST(is(key.error(), client_errc::store_refused), words(key.error()));
    BOOST_TEST(find_all(session, ObjectClass::private_key).value().empty());
}

BOOST_AUTO_TEST_CASE(that_names_the_key_itself_has_the_certificate_named_alike) {
    const test::ApartToken token("renames-keys");
    if (!token.made()) return;
    auto session = logged_in(loaded());
    const auto credential = test::make_credential(test::rsa);
    const auto certificate = store_certificate(session, credential.der, {{1}, "x"});
    const auto key = store_private_key(session, credential.key.get(), credential.subject, {{1}, "x"});
    BOOST_REQUIRE(certificate && key);
    const auto id = align_identifiers(session, *certificate, *key);
    BOOST_REQUIRE(id);
    BOOST_TEST(as_text(*id) == "KEY-1");
    BOOST_TEST(find_by_id(session, ObjectClass::certificate, *id).value().size() == 1U);
}

BOOST_AUTO_TEST_CASE(says_before_any_login_whether_it_stores_anything) {
    const test::ApartToken token("stores-nothing");
    if (!token.made()) return;
    {
        auto session = open(loaded());
        BOOST_TEST(may_store(session).value() == false);
    }
    test::ApartToken::become("");
    auto session = open(loaded());
    BOOST_TEST(may_store(session).value() == true);
    BOOST_TEST(token.logins().empty());
}

BOOST_AUTO_TEST_SUITE_END()
