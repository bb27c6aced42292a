// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The receipt's page: what it tells, that it is one page, that it keeps, and that its code can be read.
#include "tests/tools/letter/keeping.hpp"
#include "tests/tools/letter/support.hpp"
#include "tools/desk/receipt_page.hpp"

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
issue::Receipt longest() {
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
                     .fingerprint = "0F1E2D3C4B5A69788796A5B4C3D2E1F00F1E2D3C4B5A69788796A5B4C3D2E1F0",
                     .not_before = "2026-11-20T00:00:00Z",
                     .not_after = "2030-11-20T00:00:00Z",
                     .key = "RSA 2048"};
    r.place = 0x9A;
    r.replaced = std::string(64, 'B');
    r.resumed = r.factory_administration_key = r.factory_pin = r.practice = true;
    r.journal_head = "1234567:9C8D7E6F5A4B3C2D1E0F9C8D7E6F5A4B3C2D1E0F9C8D7E6F5A4B3C2D";
    r.proof.certificate_identical = r.proof.card_restarted = r.proof.module_restarted = true;
    r.proof.signature_scheme = "RSASSA-PKCS1-v1_5 SHA-256";
    r.proof.certificate = issue::Witness::module;
    return r;
}

struct OnDisk {
    explicit OnDisk(Language language = Language::spanish, const issue::Receipt& receipt = longest()) {
        const auto pdf = desk::draw_receipt(receipt, office, language, when);
        if (!pdf) BOOST_FAIL(describe(pdf.error()));
        spill(file, as_text(*pdf));
        // For who wants to look at the pages.
        if (const char* folder = std::getenv("ACREDITA_KEEP_PAGES"))
            spill(fs::path(folder) / (receipt.practice ? "longest" : "usual"), as_text(*pdf));
    }
    [[nodiscard]] std::string text() const {
        std::string one_line;
        for (const char c : run("pdftotext -raw " + file.string() + " -").output)
            one_line += c == '\n' ? ' ' : c;
        return one_line;
    }
    Scratch scratch;
    fs::path file = scratch / "justificante.pdf";
};

const Language languages[] = {Language::spanish, Language::english};

} // namespace

BOOST_AUTO_TEST_SUITE(the_page_of_a_receipt)

BOOST_DATA_TEST_CASE(is_one_page_that_keeps_and_can_be_read_aloud, data::xrange(std::size(languages)),
                     which) {
    const auto language = languages[which];
    const OnDisk drawn(language);
    BOOST_TEST(run("pdfinfo " + drawn.file.string() + " | grep Pages").output.ends_with(" 1\n"));
    BOOST_TEST(qpdf_is_content(drawn.file));
    QPDF pdf;
    pdf.processFile(drawn.file.c_str());
    auto kinds = check_keeping(pdf, language == Language::spanish ? "es-ES" : "en-GB");
    BOOST_TEST(kinds["/H1"] == 1);
    BOOST_TEST(kinds["/H2"] == 4);
    BOOST_TEST(kinds["/Figure"] == 1);
}

BOOST_AUTO_TEST_CASE(says_what_the_signature_is_worth_and_what_is_left_to_do) {
    const auto text = OnDisk().text();
    for (const auto* words :
         {"firma electrónica avanzada, no cualificada", "Quite la copia de Firefox", "«Opciones de Internet»",
          "en un sitio y su contraseña en otro",
          "Nunca entregue copia de su clave privada a nadie bajo ningún concepto", "PRÁCTICA", "***0000**",
          "SE HA USADO LA CLAVE DE ADMINISTRACIÓN DE FÁBRICA", "1234567: 9C8D7E6F 5A4B3C2D"})
        BOOST_TEST(text.find(words) != std::string::npos, words);
}

BOOST_AUTO_TEST_CASE(does_not_call_a_key_imported_that_the_card_made) {
    auto receipt = longest();
    receipt.proof.origin = "generated";
    const auto text = OnDisk(Language::spanish, receipt).text();
    BOOST_TEST(text.find("Clave creada por la propia tarjeta") != std::string::npos);
    BOOST_TEST(text.find("Clave importada") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(has_a_code_that_any_telephone_reads) {
    if (!fs::exists("/usr/bin/zbarimg")) {
        BOOST_TEST_MESSAGE("skipped: zbar-tools is not installed");
        return;
    }
    const OnDisk drawn;
    const auto picture = (drawn.scratch / "page").string();
    BOOST_TEST(run("pdftoppm -r 200 -png -singlefile " + drawn.file.string() + " " + picture).code == 0);
    const auto read = run("(zbarimg -q --raw " + picture + ".png 2>/dev/null)").output;
    BOOST_TEST(read == desk::receipt_code(longest()) + "\n");
}

BOOST_AUTO_TEST_CASE(has_no_head_where_no_journal_is_kept) {
    auto receipt = longest();
    receipt.journal_head.clear();
    receipt.practice = false;
    const auto text = OnDisk(Language::english, receipt).text();
    BOOST_TEST(text.find("Head of the journal") == std::string::npos);
    BOOST_TEST(desk::receipt_code(receipt).ends_with(":-"));
    BOOST_TEST(text.find("PRACTICE") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(is_refused_if_a_card_or_certificate_breaks_its_lines) {
    auto receipt = longest();
    receipt.certificate.holder = "LUCÍA\nSEGUNDA";
    const auto pdf = desk::draw_receipt(receipt, office, Language::spanish, when);
    BOOST_REQUIRE(!pdf);
    BOOST_TEST(error_name(pdf.error().code) == "document.bad_value");
}

BOOST_AUTO_TEST_SUITE_END()
