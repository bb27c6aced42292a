// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The table [module]: a maker's module instead of a dialect.
#include "firmware-profiles/profile/family.hpp"
#include "firmware-profiles/profile/load.hpp"
#include "firmware-profiles/profile/match.hpp"

#include <algorithm>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::profile;

const std::string head = "name = \"m\"\ntitle = \"Maker\"\nevidence = \"documents\"\nsource = \"its page\"\n";
const std::string files = "[module]\nfiles = [{ path = \"/usr/lib/libmaker.so\" }]\n";

Checked checked(const std::string& text) { return check(text, "m.toml"); }

// The only mistake, as "key line"; "" if there is none.
std::string mistake(const std::string& text) {
    const auto result = checked(text);
    if (result.mistakes.empty()) return {};
    BOOST_TEST(result.mistakes.size() == 1U);
    const auto& first = result.mistakes.front();
    return error_name(fail(first.code).value().code) + " " + first.what;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_profile_that_names_a_makers_module)

BOOST_AUTO_TEST_CASE(needs_its_files_and_nothing_of_a_dialect) {
    const auto result = checked(head + files);
    BOOST_REQUIRE(result.mistakes.empty());
    const auto& module = result.loaded.profile.module;
    BOOST_TEST(module.present());
    BOOST_TEST(module.files[0].path == "/usr/lib/libmaker.so");
    BOOST_TEST((module.import_role == StoresAs::unknown));
    BOOST_TEST((module.reset == ResetRule::process));
    BOOST_TEST(module.patience_s == 60U);
}

BOOST_AUTO_TEST_CASE(says_how_the_module_wants_to_be_spoken_to) {
    const auto result =
        checked(head + files +
                "import_role = \"so\"\npublic_key_first = true\nsettle_ms = 1500\nreset = "
                "\"card\"\ntemplates = [\"bare\", \"full\"]\n"
                "on_its_word = [\"certificate\", \"refusal\", \"protection\"]\npatience_s = 90\n");
    BOOST_REQUIRE(result.mistakes.empty());
    const auto& module = result.loaded.profile.module;
    BOOST_TEST((module.import_role == StoresAs::so));
    BOOST_TEST((module.templates[0] == TemplateForm::bare));
    BOOST_TEST(module.on_its_word.size() == 3U);
}

BOOST_AUTO_TEST_CASE(has_each_mistake_named) {
    BOOST_TEST(mistake(head + "[module]\nimport_role = \"user\"\n") == "profile.missing_key module.files");
    BOOST_TEST(mistake(head + "[module]\nfiles = [{ path = \"libmaker.so\" }]\n") ==
               "profile.out_of_range module.files.path");
    BOOST_TEST(mistake(head + "[module]\nfiles = [{ path = \"/usr/lib/../lib/x.so\" }]\n") ==
               "profile.out_of_range module.files.path");
    BOOST_TEST(mistake(head + "[module]\nfiles = [{ path = \"/a/x.so\" }, { path = \"/a/x.so\" }]\n") ==
               "profile.duplicate module.files.path");
    BOOST_TEST(mistake(head + "[module]\nfiles = [{ path = \"/a/x.so\", sha256 = \"0011\" }]\n") ==
               "profile.out_of_range module.files.sha256");
    BOOST_TEST(mistake(head + files + "import_role = \"anybody\"\n") ==
               "profile.unknown_word module.import_role");
    BOOST_TEST(mistake(head + files + "templates = [\"full\", \"full\"]\n") ==
               "profile.duplicate module.templates");
    BOOST_TEST(mistake(head + files + "settle_ms = 100000\n") == "profile.out_of_range module.settle_ms");
    BOOST_TEST(mistake(head + files + "patience_s = 0\n") == "profile.out_of_range module.patience_s");
    BOOST_TEST(mistake(head + files + "on_its_word = [\"refusal\"]\n") ==
               "profile.contradiction module.on_its_word");
    BOOST_TEST(mistake(head + files + "pin = \"1234\"\n") == "profile.unknown_key module.pin");
    BOOST_TEST(mistake(head + files + "[match]\naid = \"A000000308\"\n") ==
               "profile.contradiction match.aid");
    BOOST_TEST(mistake(head + files + "[objects]\ndirectory = \"piv\"\n") == "profile.unknown_key objects");
}

BOOST_AUTO_TEST_CASE(is_never_asked_for_on_a_card) {
    const auto loaded = checked(head + files + "[match]\nhistorical = [\"0102\"]\n");
    BOOST_REQUIRE(loaded.mistakes.empty());
    const Profile profiles[] = {loaded.loaded.profile};
    const auto atr = from_hex("3B020102").value();
    BOOST_TEST(possible(profiles[0], atr));
    BOOST_TEST(aids_to_probe(profiles, atr).empty());
    const auto aid = from_hex("A000000308").value();
    const SelectAnswer answers[] = {{aid, StatusWord{0x9000}, {}}};
    BOOST_TEST((match(profiles, atr, answers) == nullptr));
}

BOOST_AUTO_TEST_CASE(overlaps_with_another_only_if_both_claim_a_card) {
    const std::string rule = "[match]\nhistorical = [\"0102\"]\n";
    const auto one = checked(head + files + rule);
    const auto other = checked(head + files + rule);
    const auto silent = checked(head + files);
    BOOST_TEST(overlap(one.loaded.profile, other.loaded.profile));
    BOOST_TEST(!overlap(one.loaded.profile, silent.loaded.profile));
    BOOST_TEST(!overlap(silent.loaded.profile, silent.loaded.profile));
}

BOOST_AUTO_TEST_CASE(is_called_as_the_families_call_it) {
    for (const auto& family : built_in_families())
        for (const auto module : family.modules) {
            if (module == "Advantis EasyPKI Suite") continue; // nobody knows where it puts its files
            const auto makers = built_in_makers();
            BOOST_TEST(std::any_of(makers.begin(), makers.end(),
                                   [&](const Profile& one) { return one.title == module; }),
                       family.name << ": " << module);
        }
}

BOOST_AUTO_TEST_CASE(that_was_built_in_says_where_its_values_come_from) {
    BOOST_TEST(!built_in_makers().empty());
    for (const auto& one : built_in_makers()) {
        BOOST_TEST(one.module.present(), one.name);
        BOOST_TEST(!one.source.empty(), one.name);
    }
    for (const auto& one : built_in()) BOOST_TEST(!one.module.present(), one.name);
}

BOOST_AUTO_TEST_SUITE_END()
