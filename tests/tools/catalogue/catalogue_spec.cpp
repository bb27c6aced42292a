// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/types.hpp"
#include "tools/catalogue/catalogue.hpp"

#include <cstdlib>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using catalogue::Language;

enum class stray_errc { lost = 1 };

} // namespace

template <>
struct acredita::ErrorTable<stray_errc> {
    static constexpr std::string_view family = "stray";
    static constexpr ErrorRow<stray_errc> rows[] = {
        {stray_errc::lost, "lost", "nobody wrote a text for this"}};
};

BOOST_AUTO_TEST_SUITE(a_message)

BOOST_AUTO_TEST_CASE(carries_the_tries_that_the_error_counted) {
    const Error error = fail(card::card_errc::pin_incorrect, "2").value();
    const auto message = catalogue::message(error, Language::english);
    BOOST_TEST(message.code == 40U);
    BOOST_TEST(message.means == "Tries left before the card blocks: 2.");
}

BOOST_AUTO_TEST_CASE(shows_a_question_mark_for_what_is_not_known) {
    const auto message = catalogue::message(fail(card::card_errc::pin_incorrect).value(), Language::spanish);
    BOOST_TEST(message.means == "Intentos antes de que la tarjeta se bloquee: ?.");
}

BOOST_AUTO_TEST_CASE(for_a_wrong_backup_password_has_the_words_of_the_process) {
    const auto row = catalogue::row("p12.wrong_password", Language::spanish);
    BOOST_REQUIRE(row.has_value());
    BOOST_TEST(row->code == 52U);
    BOOST_TEST(row->what == "La contraseña no es correcta, por favor intente de nuevo");
}

BOOST_AUTO_TEST_CASE(of_an_error_without_a_text_names_the_error_and_has_the_internal_code) {
    const auto message = catalogue::message(fail(stray_errc::lost).value(), Language::english);
    BOOST_TEST(message.code == catalogue::internal_code);
    BOOST_TEST(message.what.find("stray.lost") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(of_an_error_of_the_system_is_internal_too) {
    const Error error{std::make_error_code(std::errc::io_error), "", {}};
    BOOST_TEST(catalogue::message(error, Language::english).code == catalogue::internal_code);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_text)

BOOST_AUTO_TEST_CASE(is_filled_with_named_values) {
    BOOST_TEST(catalogue::text("cli.code", Language::spanish, {{"code", "40"}}) == "código 40");
}

BOOST_AUTO_TEST_CASE(that_does_not_exist_is_its_own_key) {
    BOOST_TEST(catalogue::text("cli.no.such.text", Language::english) == "cli.no.such.text");
    BOOST_TEST(!catalogue::has_text("cli.no.such.text"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_language)

BOOST_AUTO_TEST_CASE(is_spanish_for_every_spanish_locale) {
    for (const auto* locale : {"es", "es_ES", "es_ES.UTF-8", "es_MX@euro", "es.UTF-8"})
        BOOST_TEST((catalogue::language_of(locale) == Language::spanish), locale);
}

BOOST_AUTO_TEST_CASE(is_english_for_everything_else) {
    for (const auto* locale : {"", "C", "POSIX", "en_GB", "est_EE", "eso", "ca_ES"})
        BOOST_TEST((catalogue::language_of(locale) == Language::english), locale);
}

BOOST_AUTO_TEST_CASE(comes_from_the_first_variable_that_is_not_empty) {
    ::setenv("LANG", "es_ES.UTF-8", 1);
    ::setenv("LC_MESSAGES", "en_GB.UTF-8", 1);
    ::setenv("LC_ALL", "", 1);
    BOOST_TEST((catalogue::language_from_environment() == Language::english));
    ::unsetenv("LC_MESSAGES");
    BOOST_TEST((catalogue::language_from_environment() == Language::spanish));
}

BOOST_AUTO_TEST_SUITE_END()
