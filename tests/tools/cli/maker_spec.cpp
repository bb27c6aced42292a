// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The commands through a maker's module: OpenSC's, on a practice card that our own module has loaded.
#include "tests/support/practice.hpp"

#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace acredita;
using Json = nlohmann::json;

const std::string opensc = " --module '" OPENSC_MODULE "' ";

std::string with_line(const std::string& name, const std::string& line) {
    const auto file = test::scratch() / name;
    std::ofstream(file) << line << '\n';
    return file.string();
}

test::Ran acredita(const std::string& arguments) {
    return test::run("LC_ALL=C setsid " ACREDITA " " + arguments + " 2>/dev/null");
}

Json answer(const std::string& arguments) {
    const auto ran = acredita(arguments + " --json");
    BOOST_REQUIRE_MESSAGE(!ran.output.empty(), arguments);
    return Json::parse(ran.output);
}

void load_card() {
    const auto ran = acredita(
        "issue '" + test::backup().file.string() + "' --passphrase-fd 3 --pin-fd 4 3<'" +
        with_line("passphrase", test::backup().passphrase) + "' 4<'" + with_line("pin", "123456") + "'");
    BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
}

Json sign_letter(const std::string& pin) {
    const auto in = test::scratch() / "letter.pdf";
    const auto out = test::scratch() / "signed.pdf";
    std::filesystem::remove(in);
    std::filesystem::remove(out);
    const auto made = test::run(SAMPLE_LETTER " '" + in.string() + "' 2>&1");
    BOOST_REQUIRE_MESSAGE(made.code == 0, made.output);
    return answer("letter sign '" + in.string() + "' '" + out.string() + "'" + opensc + "--pin-fd 4 4<'" +
                  with_line("pin", pin) + "'");
}

int tries_left() { return answer("card")["pin"]["tries_left"].get<int>(); }

} // namespace

BOOST_AUTO_TEST_SUITE(through_a_makers_module)

BOOST_AUTO_TEST_CASE(acredita_card_shows_what_is_on_the_card_and_guesses_nothing) {
    const test::Practice practice;
    load_card();
    const auto json = answer("card" + opensc);
    BOOST_TEST(json["ok"] == true, json.dump());
    BOOST_TEST(json["certificates"].size() == 1U);
    BOOST_TEST(json["pin"]["tries_left"].is_null());
    BOOST_TEST(json["can_import"].is_null());
}

BOOST_AUTO_TEST_CASE(a_letter_is_signed_and_the_signature_is_good) {
    const test::Practice practice;
    load_card();
    const auto done = sign_letter("123456");
    BOOST_REQUIRE_MESSAGE(done["ok"] == true, done.dump());
    BOOST_TEST(done["key_uses"] == 1);
    const auto verdict = answer("letter verify '" + (test::scratch() / "signed.pdf").string() + "'");
    BOOST_TEST(verdict["signatures"][0]["sound"] == true, verdict.dump());
    BOOST_TEST(tries_left() == 3);
}

BOOST_AUTO_TEST_CASE(a_wrong_pin_costs_the_one_try_it_was_typed_for) {
    const test::Practice practice;
    load_card();
    const auto refused = sign_letter("999999");
    BOOST_TEST(refused["error"]["name"] == "issue.pin_wrong", refused.dump());
    BOOST_TEST(tries_left() == 2);
    BOOST_TEST(sign_letter("123456")["ok"] == true);
    BOOST_TEST(tries_left() == 3);
}

BOOST_AUTO_TEST_CASE(the_pin_is_changed) {
    const test::Practice practice;
    const auto changed = answer("pin change" + opensc + "--pin-fd 3 --new-pin-fd 4 3<'" +
                                with_line("pin", "123456") + "' 4<'" + with_line("new", "705831") + "'");
    BOOST_TEST(changed["ok"] == true, changed.dump());
    const auto wrong = answer("pin change" + opensc + "--pin-fd 3 --new-pin-fd 4 3<'" +
                              with_line("pin", "123456") + "' 4<'" + with_line("new", "908172") + "'");
    BOOST_TEST(wrong["error"]["name"] == "issue.pin_wrong", wrong.dump());
    BOOST_TEST(tries_left() == 2);
}

BOOST_AUTO_TEST_CASE(a_load_that_cannot_be_is_refused_before_anything_is_asked) {
    const test::Practice practice;
    const auto json = answer("issue '" + test::backup().file.string() + "'" + opensc);
    BOOST_TEST(json["error"]["name"] == "issue.import_not_possible", json.dump());
    BOOST_TEST(json["error"]["code"] == 34);
    BOOST_TEST(tries_left() == 3);
}

BOOST_AUTO_TEST_CASE(browsers_are_given_the_module_that_serves_the_card) {
    const test::Practice practice;
    const auto registered = [&](const std::string& module) {
        const auto root = test::scratch() / "root";
        std::filesystem::remove_all(root);
        std::filesystem::create_directories(root / "usr/lib/firefox-esr");
        const auto json =
            answer("register --system --firefox --for-card --root '" + root.string() + "'" + module);
        BOOST_TEST(json["ok"] == true, json.dump());
        std::ostringstream text;
        text << std::ifstream(root / "etc/firefox/policies/policies.json").rdbuf();
        return text.str();
    };
    BOOST_TEST(registered("").find("libacredita-pkcs11.so") != std::string::npos);
    BOOST_TEST(registered(opensc).find("opensc-pkcs11.so") != std::string::npos);
}

// A profile of the administrator's own leads a card that nobody knows to SoftHSM2, which plays its maker's
// module.
BOOST_AUTO_TEST_CASE(the_card_in_the_reader_decides_and_a_replaced_module_is_not_used) {
    const auto folder = test::scratch() / "office";
    std::filesystem::create_directories(folder / "tokens");
    std::ofstream(folder / "softhsm.conf")
        << "directories.tokendir = " << (folder / "tokens").string() << "\n";
    const auto profile = [](const std::string& pinned) {
        return "atr=$($acredita profile explain | sed -n 's/^ATR //p')\n"
               "d=/etc/acredita/firmware-profiles; mkdir -p $d; umask 022\n"
               "printf 'name = \"own\"\\ntitle = \"Own\"\\nevidence = \"documents\"\\nsource = "
               "\"x\"\\n[match]\\natr = "
               "[{ value = \"%s\" }]\\n[module]\\nfiles = [{ path = \"" SOFTHSM_MODULE
               "\", sha256 = \"%s\" }]\\n"
               "import_role = \"user\"\\n' $atr " +
               pinned + " >$d/own.toml\n$acredita profile check $d/own.toml >check.txt\n";
    };
    const auto issue = [&](const std::string& answer) {
        return "$acredita issue '" + test::backup().file.string() +
               "' --json --passphrase-fd 3 --pin-fd 4 3<'" +
               with_line("passphrase", test::backup().passphrase) + "' 4<'" + with_line("pin", "123456") +
               "' >" + answer + " 2>/dev/null || true\n";
    };
    std::ofstream(folder / "script.sh")
        << "cd " << folder.string()
        << "\nacredita=" ACREDITA "\nexport LC_ALL=C SOFTHSM2_CONF=$PWD/softhsm.conf\n"
        << "softhsm2-util --init-token --free --label office --pin 123456 --so-pin 87654321 >/dev/null || "
           "exit 77\n"
        << profile("$(printf '00%.0s' $(seq 32))") << issue("replaced.json")
        << profile("$(sha256sum " SOFTHSM_MODULE " | cut -c1-64)") << issue("loaded.json")
        << "$acredita card --json >card.json\n";
    const auto ran = test::run("sh " SOURCE_DIR "/tests/support/private_etc.sh " ACREDITA
                               " practice --card foreign:make=mmar -- sh " +
                               (folder / "script.sh").string() + " 2>&1");
    if (ran.code == 77) {
        BOOST_TEST_MESSAGE("SKIPPED: no mount namespace or no SoftHSM2 here");
        return;
    }
    BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
    const auto read = [&](const char* name) { return Json::parse(std::ifstream(folder / name)); };
    BOOST_TEST(read("replaced.json")["error"]["name"] == "client.module_replaced",
               read("replaced.json").dump());
    const auto loaded = read("loaded.json");
    BOOST_REQUIRE_MESSAGE(loaded["ok"] == true, loaded.dump());
    BOOST_TEST(loaded["receipt"]["card"]["profile"] == "own");
    BOOST_TEST(loaded["receipt"]["proof"]["refused_without_pin"]["by"] == "module");
    BOOST_TEST(loaded["receipt"]["proof"]["protected"]["says"] == "module");
    BOOST_TEST(loaded["receipt"]["proof"]["module_restarted"] == true);
    BOOST_TEST(read("card.json")["certificates"].size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_doctor_names_makers_modules_that_are_installed) {
    const test::Practice practice;
    for (const auto& check : answer("doctor")["checks"])
        if (check["check"] == "makers")
            BOOST_TEST(check["fact"].get<std::string>().find("OpenSC") != std::string::npos, check.dump());
}

BOOST_AUTO_TEST_SUITE_END()
