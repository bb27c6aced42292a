// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita letter verify: one word for all parts, each part, and an exit code; acredita letter sign for files
// that are no PDF, and with timestamps.
#include "tests/support/practice.hpp"
#include "tests/tools/letter/authorities.hpp"
#include "tests/tools/letter/web.hpp"
#include "tools/catalogue/catalogue.hpp"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace acredita;
using letter::test::Scratch;
using letter::test::slurp;
using letter::test::spill;
using nlohmann::json;

// A letter signed by whoever is asked for, and the files an office would hold against it.
struct Desk {
    Desk() {
        spill(scratch / "a.pdf", letter::test::to_pdf(letter::test::simple_letter()));
        spill(scratch / "ca", as_text(letter::test::authority()));
    }
    [[nodiscard]] std::string file(const std::string& name) const { return (scratch / name).string(); }
    void sign(const letter::test::Identity& who, const std::string& to,
              letter::SignOptions options = {}) const {
        options.allow_expired = true;
        const auto done = letter::sign_pdf(scratch / "a.pdf", scratch / to, who.signer(), options);
        if (!done) BOOST_FAIL(describe(done.error()));
    }
    [[nodiscard]] test::Ran verify(const std::string& arguments, const std::string& language = "C") const {
        return test::run("cd '" + file("") + "' && LC_ALL=" + language + " " ACREDITA " letter verify " +
                         arguments + " 2>/dev/null");
    }
    // The outcome of the first signature, and the exit code.
    [[nodiscard]] std::pair<std::string, int> outcome(const std::string& arguments) const {
        const auto ran = verify(arguments + " --json");
        const auto said = json::parse(ran.output);
        BOOST_TEST(said["ok"] == (ran.code == 0));
        return {said["signatures"].empty() ? "" : said["signatures"][0]["outcome"].get<std::string>(),
                ran.code};
    }
    using Said = std::pair<std::string, int>;
    Scratch scratch;
};

std::string secret(const Desk& desk, const std::string& name, const std::string& line) {
    spill(desk.scratch / name, line + "\n");
    return desk.file(name);
}

void load_card(const Desk& desk) {
    const auto ran =
        test::run(ACREDITA " issue '" + test::backup().file.string() + "' --passphrase-fd 3 --pin-fd 4 3<'" +
                  secret(desk, "passphrase", test::backup().passphrase) + "' 4<'" +
                  secret(desk, "pin", "123456") + "' 2>&1");
    BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
}

test::Ran sign_with_card(const Desk& desk, const std::string& in, const std::string& out,
                         const std::string& more) {
    return test::run("LC_ALL=C " ACREDITA " letter sign '" + desk.file(in) + "' '" + desk.file(out) +
                     "' --json --chain '" + test::backup().issuer.string() + "' --pin-fd 4 " + more + " 4<'" +
                     secret(desk, "pin", "123456") + "' 2>'" + desk.file("stderr") + "'");
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(the_verdict_on_a_letter, Desk)

BOOST_AUTO_TEST_CASE(has_one_word_and_one_exit_code_for_all_parts) {
    sign(letter::test::rsa(), "b.pdf");
    spill(scratch / "foreign", as_text(letter::test::ec().certificate));
    spill(scratch / "crl",
          as_text(letter::test::revocation_list({.revoked = letter::test::rsa().certificate})));
    BOOST_TEST((outcome("b.pdf --ca ca") == Said("valid", 0)));
    BOOST_TEST((outcome("b.pdf") == Said("unchecked", 0)));
    BOOST_TEST((outcome("b.pdf --ca foreign") == Said("untrusted", 67)));
    BOOST_TEST((outcome("b.pdf --ca ca --crl crl") == Said("revoked", 22)));
    auto bytes = slurp(scratch / "b.pdf");
    bytes[bytes.find("renovacion")] = 'R';
    spill(scratch / "x.pdf", bytes);
    BOOST_TEST((outcome("x.pdf --ca ca") == Said("not_sound", 65)));
    BOOST_TEST((outcome("a.pdf") == Said("", 66)));
}

BOOST_AUTO_TEST_CASE(is_proof_of_possession_where_the_certificate_had_expired) {
    sign(letter::test::make_identity(letter::test::KeyKind::p256, "CADUCADO", -400, -40), "o.pdf");
    BOOST_TEST((outcome("o.pdf --ca ca") == Said("possession", 61)));
    BOOST_TEST((outcome("o.pdf --ca ca --allow-expired") == Said("possession", 0)));
    const auto shown = verify("o.pdf --ca ca --allow-expired", "es_ES.UTF-8");
    BOOST_TEST(
        shown.output.find("prueba de posesión: el certificado había caducado 40 días antes de firmar") !=
            std::string::npos,
        shown.output);
    BOOST_TEST(shown.output.find("✓") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(believes_no_signer_who_says_that_he_signed_before_his_certificate_expired) {
    letter::SignOptions earlier;
    earlier.time =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - std::chrono::days(60);
    sign(letter::test::make_identity(letter::test::KeyKind::p256, "CADUCADO", -400, -40), "o.pdf", earlier);
    BOOST_TEST((outcome("o.pdf --ca ca") == Said("unproven", 61)));
    BOOST_TEST((outcome("o.pdf --ca ca --allow-expired") == Said("unproven", 0)));
}

BOOST_AUTO_TEST_CASE(tells_fresh_stale_and_absent_news_of_revocation_apart) {
    sign(letter::test::rsa(), "b.pdf");
    const auto said = [&](const std::string& arguments) {
        return json::parse(verify("b.pdf --ca ca --json " + arguments).output)["signatures"][0]["revocation"]
            .get<std::string>();
    };
    spill(scratch / "fresh", as_text(letter::test::revocation_list({})));
    spill(scratch / "stale", as_text(letter::test::revocation_list({.from_days = -9, .until_days = -2})));
    spill(scratch / "ocsp",
          as_text(letter::test::revocation_answer({.certificate = letter::test::rsa().certificate})));
    BOOST_TEST(said("") == "absent");
    BOOST_TEST(said("--crl fresh") == "fresh");
    BOOST_TEST(said("--crl stale") == "stale");
    BOOST_TEST(said("--crl stale --ocsp ocsp") == "fresh");
    const auto none = verify("b.pdf --ca ca --crl a.pdf --json");
    BOOST_TEST(none.code == 16, none.output);
}

BOOST_AUTO_TEST_CASE(is_given_on_a_signature_beside_a_file) {
    spill(scratch / "acta.txt", "conforme\n");
    BOOST_REQUIRE(letter::sign_beside(scratch / "acta.txt", scratch / "acta.txt.p7s",
                                      letter::test::rsa().signer(), {}));
    BOOST_TEST((outcome("acta.txt.p7s --ca ca") == Said("valid", 0)));
    std::filesystem::rename(scratch / "acta.txt", scratch / "otro.txt");
    BOOST_TEST(verify("acta.txt.p7s --ca ca").code == 24);
    BOOST_TEST((outcome("acta.txt.p7s --ca ca --content otro.txt") == Said("valid", 0)));
    BOOST_TEST((outcome("acta.txt.p7s --ca ca --content ca") == Said("not_sound", 65)));
    spill(scratch / "malo.p7s", "esto no");
    BOOST_TEST(verify("malo.p7s --content ca").code == 23);
    BOOST_TEST(verify("nada.p7s").code == 16);
}

BOOST_AUTO_TEST_CASE(has_words_for_every_name_of_every_part) {
    using namespace letter;
    const auto has = [](const std::string& part, std::string_view name) {
        BOOST_TEST(catalogue::has_text("cli.verdict." + part + "." + std::string(name)), part << " " << name);
    };
    for (int i = 0; i <= static_cast<int>(Outcome::valid); ++i)
        has("outcome", name_of(static_cast<Outcome>(i)));
    for (int i = 1; i <= static_cast<int>(Revocation::revoked_later); ++i)
        has("revocation", name_of(static_cast<Revocation>(i)));
    for (int i = 0; i <= static_cast<int>(TimeProof::broken); ++i)
        has("time", name_of(static_cast<TimeProof>(i)));
    for (int i = 0; i <= static_cast<int>(Path::untrusted); ++i) has("path", name_of(static_cast<Path>(i)));
    for (const auto later :
         {LaterChanges::signatures, LaterChanges::visible_signatures, LaterChanges::changed})
        has("later", name_of(later));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(signing_with_the_card, Desk)

BOOST_AUTO_TEST_CASE(makes_a_p7s_of_any_file_that_openssl_accepts) {
    const test::Practice practice;
    load_card(*this);
    spill(scratch / "acta.odt", std::string("PK\3\4", 4) + std::string(5000, 'x'));
    const auto done = sign_with_card(*this, "acta.odt", "acta.odt.p7s", "");
    BOOST_REQUIRE_MESSAGE(done.code == 0, done.output);
    BOOST_TEST(json::parse(done.output)["key_uses"] == 1);
    const auto checked =
        test::run("cd '" + file("") +
                  "' && openssl cms -verify -inform DER -in acta.odt.p7s -content acta.odt -binary "
                  "-cades -purpose any -out /dev/null -CAfile '" +
                  test::backup().root.string() + "' 2>&1");
    BOOST_TEST(checked.code == 0, checked.output);
    BOOST_TEST((outcome("acta.odt.p7s --ca '" + test::backup().root.string() + "'") == Said("valid", 0)));
}

BOOST_AUTO_TEST_CASE(gets_a_timestamp_or_says_that_there_is_none) {
    const test::Practice practice;
    load_card(*this);
    const letter::test::TimestampAuthority tsa;
    const letter::test::Web web(tsa.folder());
    const auto trusted = "--tsa-ca '" + (tsa.folder() / "ca.pem").string() + "' --tsa ";
    const auto done = sign_with_card(*this, "a.pdf", "t.pdf", trusted + web.url("/tsa"));
    BOOST_REQUIRE_MESSAGE(done.code == 0, done.output);
    BOOST_TEST(!json::parse(done.output)["timestamp"].is_null());
    const auto root = test::backup().root.string();
    const auto told =
        json::parse(verify("t.pdf --json --ca '" + root + "' --tsa-ca ca").output)["signatures"][0];
    BOOST_TEST(told["time_proof"] == "proven");
    BOOST_TEST(told["outcome"] == "valid");

    const auto lost = sign_with_card(*this, "a.pdf", "n.pdf", trusted + "http://127.0.0.1:1/tsa");
    BOOST_TEST(lost.code == 56, lost.output);
    BOOST_TEST(!std::filesystem::exists(scratch / "n.pdf"));
    const auto bad = sign_with_card(*this, "a.pdf", "n.pdf", trusted + web.url("/garbage"));
    BOOST_TEST(bad.code == 25, bad.output);
    BOOST_TEST(!std::filesystem::exists(scratch / "n.pdf"));
    const auto without =
        sign_with_card(*this, "a.pdf", "n.pdf", "--or-unstamped --tsa http://127.0.0.1:1/tsa");
    BOOST_TEST(without.code == 0, without.output);
    BOOST_TEST(json::parse(without.output)["unstamped"] == "letter.timestamp_unreachable");
    BOOST_TEST(slurp(scratch / "stderr").find("No timestamp was had") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
