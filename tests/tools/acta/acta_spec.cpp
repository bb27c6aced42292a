// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The holder's acta: what it tells, that it is one page, that it keeps, and that anyone can check it once it
// is signed.
#include "tests/tools/letter/keeping.hpp"
#include "tests/tools/letter/support.hpp"
#include "tools/acta/acta.hpp"
#include "tools/letter/document/appearance.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::letter::test;
using catalogue::Language;
namespace data = boost::unit_test::data;

namespace {

constexpr std::chrono::sys_seconds when{std::chrono::seconds(1795254180)};

const letter::Office office{.institution = "Universidad <&> de Prácticas",
                            .name = "Oficina de acreditación",
                            .building = "Edificio 3, planta baja",
                            .room = "0.12",
                            .hours = "Lunes a viernes de 9 a 14 h",
                            .help = "registro@universidad.example"};

// Everything that a receipt can say, at its longest.
issue::Receipt receipt() {
    issue::Receipt r;
    r.version = "0.1.0";
    r.started = "2026-11-21T09:41:12Z";
    r.finished = "2026-11-21T09:43:00Z";
    r.office = "Registro General";
    r.card_maker = "Yubico";
    r.card_model = "YubiKey 5 NFC, PIV";
    r.card_serial = "12345678901234567890123456789012";
    r.certificate = {.holder = "LUCÍA ÑANDÚ MUESTRA DE LA PRÁCTICA UNIVERSITARIA",
                     .masked_id = "***0000**",
                     .issuer = "AUTORIDAD DE PRÁCTICAS, CERTIFICADOS DE CIUDADANO",
                     .serial = "1432C04904F644E90277DF313319F1742A012143",
                     .fingerprint = std::string(64, 'A'),
                     .not_before = "2026-11-20T00:00:00Z",
                     .not_after = "2030-11-20T00:00:00Z",
                     .key = "RSA 2048"};
    r.place = 0x9A;
    r.replaced = std::string(64, 'B');
    r.resumed = r.factory_administration_key = r.factory_pin = r.practice = true;
    r.journal_head = "1234567:" + std::string(64, 'C');
    r.proof.certificate_identical = r.proof.card_restarted = r.proof.module_restarted = true;
    r.proof.signature_scheme = "RSASSA-PKCS1-v1_5 SHA-256";
    r.proof.certificate = issue::Witness::module;
    return r;
}

Bytes made(Language language = Language::spanish) {
    auto pdf = acta::make_acta(receipt(), office, language, when);
    if (!pdf) BOOST_FAIL(describe(pdf.error()));
    return std::move(*pdf);
}

struct OnDisk {
    explicit OnDisk(Language language = Language::spanish) { spill(file, as_text(made(language))); }
    [[nodiscard]] std::string text() const {
        std::string one_line;
        for (const char c : run("pdftotext -raw " + file.string() + " -").output)
            one_line += c == '\n' ? ' ' : c;
        return one_line;
    }
    Scratch scratch;
    fs::path file = scratch / "acta.pdf";
};

const Language languages[] = {Language::spanish, Language::english};

} // namespace

namespace acredita::catalogue {
std::ostream& operator<<(std::ostream& out, Language language) { return out << tag(language); }
} // namespace acredita::catalogue

BOOST_AUTO_TEST_SUITE(the_acta)

BOOST_DATA_TEST_CASE(is_one_page_even_with_everything_on_it, data::make(languages), language) {
    const OnDisk acta(language);
    BOOST_TEST(run("pdfinfo " + acta.file.string() + " | grep Pages").output.ends_with(" 1\n"));
}

BOOST_DATA_TEST_CASE(keeps_and_can_be_read_aloud_before_and_after_it_is_signed, data::make(languages),
                     language) {
    const OnDisk acta(language);
    letter::SignOptions options;
    options.draw = [](double width, double height) {
        return letter::draw_signature(width, height, {"LUCÍA", "Firmado"});
    };
    const auto report = letter::sign_pdf(acta.file, acta.scratch / "b.pdf", rsa().signer(), options);
    BOOST_REQUIRE_MESSAGE(report, (report ? "" : describe(report.error())));
    BOOST_TEST(report->field == acta::field_name);
    for (const auto& file : {acta.file, acta.scratch / "b.pdf"}) {
        BOOST_TEST(qpdf_is_content(file));
        QPDF pdf;
        pdf.processFile(file.c_str());
        auto kinds = check_keeping(pdf, language == Language::spanish ? "es-ES" : "en-GB");
        BOOST_TEST(kinds["/Form"] == 1);
        BOOST_TEST(kinds["/H2"] == 4);
    }
}

BOOST_AUTO_TEST_CASE(says_what_was_loaded_when_and_how_it_was_verified) {
    const auto text = OnDisk().text();
    for (const auto* words : {"LUCÍA ÑANDÚ MUESTRA", "***0000**", "1432C04904F644E90277DF313319F1742A012143",
                              "2030-11-20", "RSA 2048", "YubiKey 5 NFC", "2026-11-21T09:43:00Z",
                              "es idéntico, byte a byte", "firmó un número aleatorio nuevo",
                              "se negó a firmar", "no se puede extraer", "Clave importada: firma avanzada",
                              "CLAVE DE ADMINISTRACIÓN DE FÁBRICA", "PRÁCTICA", "acredita letter verify"})
        BOOST_TEST(text.find(words) != text.npos, words);
}

BOOST_AUTO_TEST_CASE(carries_the_receipt_for_programs) {
    const OnDisk acta;
    const auto out = acta.scratch / "acta.json";
    BOOST_TEST(run("pdfdetach -savefile acta.json -o " + out.string() + " " + acta.file.string()).code == 0);
    BOOST_TEST(slurp(out) == issue::to_json(receipt()));
}

BOOST_AUTO_TEST_CASE(can_be_checked_by_anyone_once_it_is_signed) {
    const OnDisk acta;
    const auto out = acta.scratch / "b.pdf";
    const auto report = letter::sign_pdf(acta.file, out, ec().signer(), {});
    BOOST_REQUIRE(report);
    BOOST_TEST(report->key_uses == 1);
    BOOST_TEST(pdfsig_valid_count(out) == 1);
    BOOST_TEST(openssl_accepts(acta.scratch, out));
    BOOST_TEST(verified(out).signatures.at(0).sound());
}

BOOST_AUTO_TEST_CASE(is_the_same_to_the_byte_each_time) { BOOST_TEST(equal(made(), made())); }

BOOST_AUTO_TEST_CASE(has_no_name_that_writes_lines_of_its_own) {
    auto r = receipt();
    r.card_model = "YubiKey\nAcreditado";
    const auto pdf = acta::make_acta(r, office, Language::spanish, when);
    BOOST_REQUIRE(!pdf);
    BOOST_TEST(is(pdf.error(), letter::document_errc::bad_value));
    BOOST_TEST(pdf.error().detail == "card_model");
}

BOOST_AUTO_TEST_SUITE_END()
