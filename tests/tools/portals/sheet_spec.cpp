// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The sheet about a portal: what it tells, that it is one page, and that it keeps.
#include "tests/tools/letter/keeping.hpp"
#include "tests/tools/letter/support.hpp"
#include "tools/portals/known.hpp"
#include "tools/portals/sheet.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::portals;
using namespace acredita::letter::test;
using catalogue::Language;
namespace data = boost::unit_test::data;

namespace {

const std::string names[] = {"oficina-virtual", "otro-portal"};

Portal portal_of(const std::string& id) {
    auto portal = known_portals(ACREDITA_PORTALS, "/nowhere/portals").find(id).value();
    portal.url = "https://oficina.universidad.example/acceso/con/certificado";
    return portal;
}

Holder holder() {
    return {.name = "LUCÍA ÑANDÚ MUESTRA DE LA PRÁCTICA UNIVERSITARIA",
            .masked_id = "***0000**",
            .issuer = "AUTORIDAD DE PRÁCTICAS, CERTIFICADOS DE CIUDADANO",
            .renewed = {"1432C04904F644E90277DF313319F1742A012143", "2030-11-20"},
            .previous = Holder::Certificate{"0E95B13EAC5D532E50C3AFAA38FF60C92BD4FB78", "2026-11-30"}};
}

const letter::Office office{.institution = "Universidad de Prácticas",
                            .name = "Oficina de acreditación",
                            .building = "Edificio 3, planta baja",
                            .room = "0.12",
                            .hours = "Lunes a viernes de 9 a 14 h",
                            .help = "registro@universidad.example"};

struct Drawn {
    explicit Drawn(const std::string& id, Language language = Language::spanish) {
        const auto sheet = sheet_of(portal_of(id), holder(), language);
        BOOST_REQUIRE_MESSAGE(sheet, (sheet ? "" : describe(sheet.error())));
        const auto pdf =
            draw_sheet(*sheet, office, std::chrono::sys_seconds(std::chrono::seconds(1795254180)));
        BOOST_REQUIRE_MESSAGE(pdf, (pdf ? "" : describe(pdf.error())));
        spill(file, as_text(*pdf));
    }
    [[nodiscard]] std::string text() const {
        std::string one_line;
        for (const char c : run("pdftotext -raw " + file.string() + " -").output)
            one_line += c == '\n' ? ' ' : c;
        return one_line;
    }
    Scratch scratch;
    fs::path file = scratch / "hoja.pdf";
};

} // namespace

BOOST_AUTO_TEST_SUITE(the_sheet_about_a_portal)

BOOST_DATA_TEST_CASE(is_one_page_in_each_language_even_with_everything_on_it, data::make(names), id) {
    for (const auto language : {Language::spanish, Language::english}) {
        const Drawn drawn(id, language);
        BOOST_TEST(run("pdfinfo " + drawn.file.string() + " | grep Pages").output.ends_with(" 1\n"));
    }
}

BOOST_DATA_TEST_CASE(keeps_and_can_be_read_aloud, data::make(names), id) {
    for (const auto language : {Language::spanish, Language::english}) {
        const Drawn drawn(id, language);
        BOOST_TEST(qpdf_is_content(drawn.file));
        QPDF pdf;
        pdf.processFile(drawn.file.c_str());
        auto kinds = check_keeping(pdf, language == Language::spanish ? "es-ES" : "en-GB");
        BOOST_TEST(kinds["/H2"] == 6);
        BOOST_TEST(kinds["/Figure"] == 1);
        BOOST_TEST(!pdf.getRoot().hasKey("/AcroForm"));
    }
}

BOOST_AUTO_TEST_CASE(says_to_log_in_with_user_and_password_first) {
    const auto text = Drawn("oficina-virtual").text();
    const auto login = text.find("usuario y contraseña; no con el certificado");
    BOOST_TEST(login != text.npos);
    BOOST_TEST(login < text.find("«Mi Perfil». No cambie"));
}

BOOST_AUTO_TEST_CASE(goes_through_changing_and_through_removing_confirming_and_assigning) {
    const auto text = Drawn("oficina-virtual").text();
    std::size_t at = 0;
    for (const auto* words :
         {"«Cambiar el certificado digital asociado a tu perfil»",
          "«Eliminar el certificado digital asociado a su perfil»", "«Confirmar Operación»",
          "«¿Confirma que desea eliminar el certificado asociado a tu perfil?»",
          "«Aún no ha asignado un certificado digital a su perfil»",
          "«Asignar un certificado digital a tu perfil»"}) {
        at = text.find(words, at);
        BOOST_TEST(at != text.npos, words);
    }
}

BOOST_AUTO_TEST_CASE(warns_of_data_that_is_lost_and_of_deleting_the_profile) {
    const auto text = Drawn("oficina-virtual").text();
    BOOST_TEST(text.find("si lo hace después se pierden los datos") != text.npos);
    BOOST_TEST(text.find("borra su perfil entero, no el certificado") != text.npos);
}

BOOST_AUTO_TEST_CASE(covers_represented_persons_and_entities_and_a_changed_address) {
    const auto text = Drawn("oficina-virtual").text();
    for (const auto* words :
         {"«gestionar»", "personas físicas o jurídicas asociadas a su perfil", "«solicitar acceso»",
          "los confirme con un mensaje que llega a la dirección con la que se identifica"})
        BOOST_TEST(text.find(words) != text.npos, words);
}

BOOST_AUTO_TEST_CASE(ends_with_the_way_to_see_that_the_new_certificate_is_associated) {
    const auto text = Drawn("oficina-virtual").text();
    BOOST_TEST(text.find("«Tu perfil de usuario ya tiene asignado un certificado digital»") != text.npos);
    BOOST_TEST(text.find("su nuevo certificado ya está asociado a su perfil") != text.npos);
}

BOOST_AUTO_TEST_CASE(is_the_holders_own) {
    const auto text = Drawn("otro-portal", Language::english).text();
    for (const auto* words :
         {"LUCÍA ÑANDÚ MUESTRA", "***0000**", "1432C04904F644E90277DF313319F1742A012143", "2030-11-20",
          "0E95B13EAC5D532E50C3AFAA38FF60C92BD4FB78", "Universidad de Prácticas"})
        BOOST_TEST(text.find(words) != text.npos, words);
}

BOOST_AUTO_TEST_CASE(of_a_portal_without_an_address_has_no_code_to_follow) {
    auto portal = portal_of("oficina-virtual");
    portal.url.clear();
    const auto sheet = sheet_of(portal, holder(), Language::spanish);
    const auto pdf = draw_sheet(sheet.value(), std::nullopt, {});
    BOOST_REQUIRE(pdf);
    QPDF read;
    read.processMemoryFile("sheet", reinterpret_cast<const char*>(pdf->data()), pdf->size());
    BOOST_TEST(check_keeping(read, "es-ES")["/Figure"] == 0);
}

BOOST_AUTO_TEST_CASE(that_does_not_fit_on_one_page_is_refused_rather_than_cut_off) {
    auto portal = portal_of("oficina-virtual");
    for (auto& steps : portal.spanish.steps) steps.assign(6, std::string(290, 'x'));
    const auto sheet = sheet_of(portal, holder(), Language::spanish);
    const auto pdf = draw_sheet(sheet.value(), office, {});
    BOOST_REQUIRE(!pdf);
    BOOST_TEST(is(pdf.error(), portals_errc::too_long));
}

BOOST_AUTO_TEST_CASE(has_no_name_that_writes_lines_of_its_own) {
    auto person = holder();
    person.name = "LUCÍA\nDirección del portal: https://evil.example";
    const auto sheet = sheet_of(portal_of("oficina-virtual"), person, Language::spanish);
    BOOST_REQUIRE(!sheet);
    BOOST_TEST(is(sheet.error(), letter::document_errc::bad_value));
}

BOOST_AUTO_TEST_SUITE_END()
