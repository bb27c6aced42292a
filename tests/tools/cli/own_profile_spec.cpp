// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card is added as docs/adding-a-card.md says, word by word, by the programs and the module that people
// use.
#include "tests/support/practice.hpp"

#include <fstream>
#include <iostream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace acredita;
using Json = nlohmann::json;

std::string content(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

// The commands of a page, in their order.
std::vector<std::string> commands_of(const std::filesystem::path& page) {
    std::vector<std::string> commands;
    std::istringstream in(content(page));
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("```"))
            inside = line == "```sh";
        else if (inside)
            commands.push_back(line);
    }
    return commands;
}

// A folder in which `acredita` and `sudo` are what they are for the person who reads the page.
std::filesystem::path desk() {
    const auto folder = test::scratch() / "desk";
    std::filesystem::create_directories(folder / "bin");
    std::ofstream(folder / "bin/acredita") << "#!/bin/sh\nexec " ACREDITA " \"$@\"\n";
    std::ofstream(folder / "bin/sudo") << "#!/bin/sh\nexec \"$@\"\n";
    for (const auto* name : {"bin/acredita", "bin/sudo"})
        std::filesystem::permissions(folder / name, std::filesystem::perms(0755));
    return folder;
}

// Runs the script with a card, with an /etc of its own, in the desk.
test::Ran at_the_desk(const std::string& card, const std::string& script, const std::string& before = "") {
    const auto folder = desk();
    std::ofstream(folder / "script.sh") << "set -eu\ncd " << folder.string() << "\n" << script;
    auto ran = test::run("export LC_ALL=C PATH=" + (folder / "bin").string() + ":$PATH; " + before +
                         " sh " SOURCE_DIR "/tests/support/private_etc.sh " ACREDITA " practice --card " +
                         card + " -- sh " + (folder / "script.sh").string());
    if (ran.code == 77) std::cout << "skipped: no mount namespace on this machine\n";
    return ran;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_card_of_ones_own)

BOOST_AUTO_TEST_CASE(is_added_as_the_page_says) {
    const auto commands = commands_of(SOURCE_DIR "/docs/adding-a-card.md");
    BOOST_REQUIRE(commands.size() >= 10U);
    std::string script;
    for (std::size_t i = 0; i < commands.size(); ++i)
        script += "echo '== " + std::to_string(i) + "'\n" + commands[i] + "\n";
    const auto ran = at_the_desk("piv:firmware=nist", script);
    if (ran.code == 77) return;
    BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
    const auto& told = ran.output;
    const auto generic = told.find("profile piv-generic");
    const auto good = told.find("The profile is good.");
    const auto listed = told.find("Card of the registry office");
    const auto own = told.find("profile office-card");
    const auto gone = told.rfind("profile piv-generic");
    BOOST_TEST(generic < good, told);
    BOOST_TEST(good < listed, told);
    BOOST_TEST(listed < own, told);
    BOOST_TEST((own != std::string::npos && own < gone), told);
    BOOST_TEST(told.find("Example Cards office-card") != std::string::npos, told);
}

BOOST_AUTO_TEST_CASE(is_served_although_the_file_beside_it_is_bad_which_the_log_is_told) {
    const auto log = test::scratch() / "syslog";
    const auto ran =
        at_the_desk("piv:firmware=nist",
                    "acredita card probe --report card.json >/dev/null\n"
                    "acredita profile draft card.json --name office-card --out office-card.toml\n"
                    "d=/etc/acredita/firmware-profiles; mkdir -p $d; umask 022\n"
                    "cp office-card.toml $d/b.toml; echo 'name = = 5' >$d/a.toml\n"
                    "sed 's/office-card/other/' office-card.toml >$d/c.toml; ln -s b.toml $d/d.toml\n"
                    "chmod 644 $d/*.toml; cp $d/b.toml $d/e.toml; chmod 666 $d/e.toml\n"
                    "acredita card --json >card-now.json\nacredita profile list --json >list.json\n",
                    "env LD_PRELOAD=" SYSLOG_TO_FILE " SYSLOG_FILE=" + log.string());
    if (ran.code == 77) return;
    BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
    const auto card = Json::parse(content(test::scratch() / "desk/card-now.json"));
    BOOST_TEST(card["card"]["profile"] == "office-card");
    const auto list = Json::parse(content(test::scratch() / "desk/list.json"));
    BOOST_TEST(list["not_used"].size() == 4U, list["not_used"].dump());
    const auto told = content(log);
    const std::string folder = "acredita: not used: /etc/acredita/firmware-profiles/";
    for (const auto* line :
         {"a.toml:1: profile.not_toml", "c.toml:", "d.toml:0: profile.unreadable: a symbolic link",
          "e.toml:0: profile.unreadable: others than root may write it"})
        BOOST_TEST(told.find(folder + line) != std::string::npos, told);
    BOOST_TEST(told.find("b.toml:") == std::string::npos, told);
}

BOOST_AUTO_TEST_CASE(gets_no_draft_where_no_application_is_one_of_ours) {
    const test::Practice practice({"foreign:make=dnie"});
    const auto report = test::scratch() / "dnie.json";
    BOOST_TEST(test::run(ACREDITA " card probe --report " + report.string() + " >/dev/null").code == 0);
    const auto ran = test::run("LC_ALL=C " ACREDITA " profile draft " + report.string() + " --json 2>&1");
    BOOST_TEST(ran.code == 34, ran.output);
    BOOST_TEST(ran.output.find("cli.draft_without_base") != std::string::npos, ran.output);
}

BOOST_AUTO_TEST_CASE(gets_no_draft_from_what_is_no_report) {
    for (const auto* text : {"", "{}", "[1]", "{\"format\":\"acredita-probe-1\"}",
                             "{\"format\":\"acredita-probe-1\",\"atr\":\"3B\",\"answers\":[]}",
                             "{\"format\":\"acredita-probe-1\",\"atr\":\"3B00\",\"answers\":{}}"}) {
        const auto file = test::scratch() / "report.json";
        std::ofstream(file) << text;
        const auto ran = test::run(ACREDITA " profile draft " + file.string() + " --json 2>&1");
        BOOST_TEST(ran.code == 93, text << ran.output);
    }
    BOOST_TEST(test::run(ACREDITA " profile draft /nonexistent --json 2>&1").code == 16);
}

BOOST_AUTO_TEST_SUITE_END()
