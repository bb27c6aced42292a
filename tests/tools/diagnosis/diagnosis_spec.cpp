// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a holder is told of a backup.
#include "tools/diagnosis/diagnosis.hpp"
#include "tools/diagnosis/pair.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using catalogue::Language;
using diagnosis::Recipe;

p12::Inspection with_fault(p12::p12_errc code, std::vector<p12::Known> known = {}) {
    p12::Inspection seen;
    const auto error = fail(code).value();
    seen.fault = p12::fault_of(error);
    seen.fault->known = std::move(known);
    seen.outcome = seen.fault->name;
    return seen;
}

p12::Inspection opened(std::optional<p12::PasswordForm> form, std::vector<p12::Warning> warnings) {
    p12::Inspection seen;
    seen.outcome = "opens";
    seen.found.emplace();
    seen.found->form = form;
    seen.found->warnings = std::move(warnings);
    return seen;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_diagnosis)

BOOST_AUTO_TEST_CASE(says_in_words_how_much_of_a_file_is_missing) {
    const auto told = diagnosis::diagnose(with_fault(p12::p12_errc::truncated, {{"missing_bytes", "218"}}),
                                          Language::spanish);
    BOOST_TEST(told.message.what == "La copia está cortada (faltan al menos 218 bytes).");
    BOOST_TEST(told.message.code == 115U);
}

BOOST_AUTO_TEST_CASE(has_no_code_if_nothing_is_wrong) {
    p12::Inspection seen;
    seen.outcome = "needs_password";
    const auto told = diagnosis::diagnose(seen, Language::english);
    BOOST_TEST(told.message.code == 0U);
    BOOST_TEST(told.message.what == "This is the backup of a certificate.");
    BOOST_TEST(told.recipes.empty());
}

BOOST_AUTO_TEST_CASE(tells_the_three_secrets_apart_after_a_wrong_password) {
    const auto told = diagnosis::diagnose(with_fault(p12::p12_errc::wrong_password), Language::spanish);
    for (const auto* other : {"al hacer la copia", "PIN", "navegador"})
        BOOST_TEST(told.message.means.find(other) != std::string::npos, other);
    BOOST_TEST(told.recipes.empty());
}

BOOST_AUTO_TEST_CASE(proposes_the_program_that_wrote_the_file) {
    auto seen = with_fault(p12::p12_errc::no_private_key);
    seen.exporter = p12::Exporter::macos;
    BOOST_TEST((diagnosis::diagnose(seen, Language::spanish).recipes == std::vector{Recipe::macos}));
    seen.exporter = p12::Exporter::unknown;
    BOOST_TEST((diagnosis::diagnose(seen, Language::spanish).recipes ==
                std::vector{Recipe::windows, Recipe::firefox}));
}

BOOST_AUTO_TEST_CASE(warns_of_a_key_that_anybody_can_read) {
    const auto told = diagnosis::diagnose(opened(p12::PasswordForm::typed, {p12::Warning::key_in_attribute}),
                                          Language::english);
    BOOST_REQUIRE(told.remarks.size() == 1U);
    BOOST_TEST(told.remarks.front().starts_with("WARNING"));
}

BOOST_AUTO_TEST_CASE(says_that_the_password_was_right_without_a_space) {
    const auto told = diagnosis::diagnose(
        opened(p12::PasswordForm::trimmed, {p12::Warning::password_not_as_typed}), Language::english);
    BOOST_REQUIRE(told.remarks.size() == 1U);
    BOOST_TEST(told.remarks.front().find("space") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(has_words_for_every_warning_exporter_and_form) {
    for (auto i = p12::Warning::no_mac; p12::name_of(i) != p12::name_of(p12::Warning::memory_not_locked);
         i = static_cast<p12::Warning>(static_cast<int>(i) + 1))
        if (i != p12::Warning::password_not_as_typed)
            BOOST_TEST(catalogue::has_text("diagnosis.warning." + std::string(p12::name_of(i))));
    for (auto i = p12::Exporter::windows_old;; i = static_cast<p12::Exporter>(static_cast<int>(i) + 1)) {
        BOOST_TEST(catalogue::has_text("diagnosis.exporter." + std::string(p12::name_of(i))));
        if (i == p12::Exporter::bouncy_castle) break;
    }
    for (const auto form : {p12::PasswordForm::decomposed, p12::PasswordForm::widened_utf8,
                            p12::PasswordForm::windows_1252, p12::PasswordForm::trimmed})
        BOOST_TEST(catalogue::has_text("diagnosis.form." + std::string(p12::name_of(form))));
}

BOOST_AUTO_TEST_CASE(counts_the_days_to_the_end_and_says_when_fnmt_renews) {
    p12::Examination seen;
    seen.holder = p12::Holder::citizen;
    seen.uses.sign = true;
    seen.days_left = 30;
    seen.renewal = p12::Renewal::open;
    const auto told = diagnosis::remarks_on(seen, Language::spanish);
    BOOST_REQUIRE(told.size() == 3U);
    BOOST_TEST(told[0] == "Certificado de ciudadano");
    BOOST_TEST(told[1] == "Caduca en 30 días: ya se puede renovar por internet en la FNMT");
    BOOST_TEST(told[2] == "Aquí no se sabe si está revocado");
}

BOOST_AUTO_TEST_CASE(warns_of_a_key_that_others_can_work_out) {
    p12::Examination seen;
    seen.health.faults = {p12::KeyFault::roca};
    bool warned = false;
    for (const auto& remark : diagnosis::remarks_on(seen, Language::english))
        warned = warned || remark.find("ROCA") != std::string::npos;
    BOOST_TEST(warned);
}

BOOST_AUTO_TEST_CASE(has_words_for_everything_an_examination_can_say) {
    for (int holder = 0; holder <= static_cast<int>(p12::Holder::other_natural_person); ++holder)
        for (int renewal = 0; renewal <= static_cast<int>(p12::Renewal::over); ++renewal)
            for (int revocation = 0; revocation <= static_cast<int>(p12::Revocation::revoked); ++revocation)
                for (int validity = 0; validity <= static_cast<int>(p12::Validity::expired); ++validity) {
                    p12::Examination seen;
                    seen.holder = static_cast<p12::Holder>(holder);
                    seen.renewal = static_cast<p12::Renewal>(renewal);
                    seen.revocation = static_cast<p12::Revocation>(revocation);
                    seen.validity = static_cast<p12::Validity>(validity);
                    seen.home = p12::KeyHome::card;
                    seen.fit = p12::CardFit::key_refused;
                    seen.key_reused = true;
                    for (int fault = 0; fault <= static_cast<int>(p12::KeyFault::roca); ++fault)
                        seen.health.faults.push_back(static_cast<p12::KeyFault>(fault));
                    for (const auto& remark : diagnosis::remarks_on(seen, Language::spanish))
                        BOOST_TEST(!remark.starts_with("diagnosis."), remark);
                }
}

BOOST_AUTO_TEST_SUITE_END()
