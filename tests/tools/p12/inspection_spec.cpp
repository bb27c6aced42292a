// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a person is told of a file, before and after its password.
#include "tests/tools/p12/support.hpp"
#include "tools/p12/inspection.hpp"

#include <iostream>
#include <set>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

struct Files {
    Folder folder;
    Pair pair = make_ec_pair(folder, "ana");
    Bytes backup = export_with_openssl(folder, pair, "1234");
};

std::string known(const Inspection& seen) {
    std::string text = seen.outcome;
    if (seen.fault)
        for (const auto& figure : seen.fault->known) text += " " + figure.name + "=" + figure.value;
    return text;
}

Inspection opened(const Bytes& file, std::string_view password) {
    auto seen = inspect(file);
    add_opened(seen, examine(file, secret(password)));
    return seen;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(an_inspection, Files)

BOOST_AUTO_TEST_CASE(says_before_the_password_that_one_is_needed) {
    const auto seen = inspect(backup);
    BOOST_TEST(seen.outcome == "needs_password");
    BOOST_TEST(seen.envelope.has_value());
    BOOST_TEST(!seen.found.has_value());
}

BOOST_AUTO_TEST_CASE(says_which_program_the_backup_looks_like_the_work_of) {
    BOOST_TEST(name_of(inspect(backup).exporter) == "openssl");
    BOOST_TEST(name_of(inspect(export_with_openssl(folder, pair, "1234", {"-legacy"})).exporter) ==
               "openssl_old");
}

BOOST_AUTO_TEST_CASE(says_of_a_file_cut_short_how_many_bytes_are_missing) {
    BOOST_TEST(known(inspect(ByteView(backup).first(backup.size() - 57))) == "truncated missing_bytes=57");
}

BOOST_AUTO_TEST_CASE(says_of_a_costly_file_how_many_iterations_it_asks_for) {
    const auto file = export_with_openssl(folder, pair, "1234", {"-iter", "6000000", "-nomaciter"});
    BOOST_TEST(known(inspect(file)) == "too_costly iterations=6000000");
}

BOOST_AUTO_TEST_CASE(says_after_the_password_what_is_inside) {
    const auto seen = opened(backup, "1234");
    BOOST_TEST(seen.outcome == "opens");
    BOOST_REQUIRE(seen.found.has_value());
    BOOST_REQUIRE(seen.found->pairs.size() == 1U);
    BOOST_TEST(seen.found->pairs[0].leaf.nif_masked == "***0000**");
}

BOOST_AUTO_TEST_CASE(keeps_what_it_knew_when_the_password_is_wrong) {
    const auto seen = opened(backup, "4321");
    BOOST_TEST(seen.outcome == "wrong_password");
    BOOST_TEST(seen.envelope.has_value());
}

BOOST_AUTO_TEST_CASE(of_a_backup_without_key_names_the_fault_and_what_was_found) {
    const auto seen = opened(build({{}, {pair.certificate}}), "1234");
    BOOST_TEST(seen.outcome == "no_private_key");
    BOOST_REQUIRE(seen.found.has_value());
    BOOST_TEST(seen.found->certificates == 1U);
}

BOOST_AUTO_TEST_CASE(of_a_backup_in_clear_says_that_no_password_is_needed) {
    Recipe recipe{{pair.key}, {pair.certificate}};
    recipe.mac = recipe.contents = recipe.key = nullptr;
    BOOST_TEST(inspect(build(recipe)).outcome == "needs_no_password");
}

BOOST_AUTO_TEST_CASE(names_every_outcome_and_every_warning_differently) {
    std::set<std::string_view> names{"needs_password", "needs_no_password", "opens"};
    for (const auto& row : ErrorTable<p12_errc>::rows) names.insert(row.name);
    BOOST_TEST(names.size() == 3 + std::size(ErrorTable<p12_errc>::rows));
    std::set<std::string_view> warnings;
    for (auto i = 0; i <= static_cast<int>(Warning::memory_not_locked); ++i)
        warnings.insert(name_of(static_cast<Warning>(i)));
    BOOST_TEST(warnings.size() == static_cast<std::size_t>(Warning::memory_not_locked) + 1);
}

BOOST_AUTO_TEST_SUITE_END()
