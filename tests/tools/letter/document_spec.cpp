// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The letters the office makes: their bytes, what they say to people and to programs, and that they keep.
#include "tests/tools/letter/support.hpp"
#include "tools/letter/document/appearance.hpp"
#include "tools/letter/document/document.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;
namespace data = boost::unit_test::data;

namespace {

const std::string shipped[] = {"renovacion-1.es", "renovacion-2.es", "renovacion-1.en", "renovacion-2.en"};

Template template_of(const std::string& name) {
    auto read = read_template(fs::path(ACREDITA_TEMPLATES) / (name + ".toml"));
    if (!read) BOOST_FAIL(describe(read.error()));
    return *read;
}

Bytes spki_of(EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const auto size = i2d_PUBKEY(key, &der);
    Bytes out(der, der + size);
    OPENSSL_free(der);
    return out;
}

Letter sample(Signs signs = Signs::previous) {
    using namespace std::chrono;
    Letter letter;
    letter.signs = signs;
    letter.folio = "R-2026-000123";
    letter.nonce = Bytes(16, 0xAB);
    letter.issued = sys_seconds(1795254180s);
    letter.expires = letter.issued + days(30);
    letter.day = year(2026) / November / day(21);
    letter.office = {.institution = "Universidad de Prácticas",
                     .name = "Oficina de acreditación",
                     .building = "Edificio 3, planta baja",
                     .room = "0.12",
                     .hours = "Lunes a viernes de 9 a 14 h",
                     .help = "registro@universidad.example",
                     .place = "Ninguna Parte",
                     .addressee = {"A la oficina de acreditación", "Presente"}};
    letter.person = {"LUCÍA ÑANDÚ MUESTRA", "00000000T", "lmuestra", "lucia@universidad.example"};
    letter.previous = {spki_of(rsa().key.get()), "RSA 2048", 2048, "4F0A99C2", "2026-11-30"};
    letter.renewed = {spki_of(ec().key.get()), "EC P-256", 256, "5A10BB07", "2030-11-20"};
    return letter;
}

MadeLetter made_or_say(const Letter& letter, const Template& words) {
    auto made = make_letter(letter, words);
    if (!made) BOOST_FAIL(describe(made.error()));
    return std::move(*made);
}

fs::path on_disk(const Scratch& scratch, const MadeLetter& made) {
    const auto file = scratch / "carta.pdf";
    spill(file, as_text(made.pdf));
    return file;
}

std::string without_spaces(std::string text) {
    std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0; });
    return text;
}

Result<Template> changed(const std::string& from, const std::string& to) {
    auto text = slurp(fs::path(ACREDITA_TEMPLATES) / "renovacion-1.es.toml");
    const auto at = text.find(from);
    BOOST_REQUIRE(at != text.npos);
    return parse_template(text.replace(at, from.size(), to));
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_letter_of_the_office)

BOOST_DATA_TEST_CASE(is_the_same_to_the_byte_each_time, data::make(shipped), name) {
    const auto words = template_of(name);
    const auto once = made_or_say(sample(), words), again = made_or_say(sample(), words);
    BOOST_TEST(equal(once.pdf, again.pdf));
    BOOST_TEST(equal(once.sha256, again.sha256));
    auto other = sample();
    other.folio = "R-2026-000124";
    BOOST_TEST(!equal(made_or_say(other, words).pdf, once.pdf));
}

BOOST_DATA_TEST_CASE(satisfies_qpdf_and_embeds_every_font, data::make(shipped), name) {
    const Scratch scratch;
    const auto file = on_disk(scratch, made_or_say(sample(), template_of(name)));
    const auto checked = run("qpdf --check " + file.string());
    BOOST_TEST(checked.code == 0, checked.output);
    const auto fonts = run("pdffonts " + file.string() + " | tail -n +3 | awk '{print $(NF-4)}' | sort -u");
    BOOST_TEST(fonts.output == "yes\n");
}

BOOST_AUTO_TEST_CASE(gives_both_whole_keys_to_whoever_reads_its_text) {
    const Scratch scratch;
    const auto letter = sample();
    const auto file = on_disk(scratch, made_or_say(letter, template_of("renovacion-1.es")));
    const auto text = without_spaces(run("pdftotext -raw " + file.string() + " -").output);
    BOOST_TEST(text.find(to_hex(letter.previous.spki)) != text.npos);
    BOOST_TEST(text.find(to_hex(letter.renewed.spki)) != text.npos);
    BOOST_TEST(text.find("LUCÍAÑANDÚMUESTRA") != text.npos);
    BOOST_TEST(text.find("21denoviembrede2026") != text.npos);
}

BOOST_AUTO_TEST_CASE(carries_its_data_as_an_associated_file) {
    const Scratch scratch;
    const auto made = made_or_say(sample(), template_of("renovacion-1.es"));
    const auto file = on_disk(scratch, made);
    const auto out = scratch / "carta.json";
    BOOST_TEST(run("pdfdetach -savefile carta.json -o " + out.string() + " " + file.string()).code == 0);
    BOOST_TEST(slurp(out) == write_data(made.data));
    BOOST_TEST((read_data(slurp(out)).value() == made.data));
}

BOOST_AUTO_TEST_CASE(shows_a_fingerprint_of_sixteen_groups) {
    BOOST_TEST(grouped_fingerprint(Bytes(32, 0x3F)).size() == 16 * 5 - 1);
    BOOST_TEST(grouped_fingerprint(Bytes{0x3F, 0x9A, 0x0C, 0x11}) == "3F9A 0C11");
}

BOOST_DATA_TEST_CASE(is_signed_in_the_field_it_was_made_with, data::make(shipped), name) {
    const Scratch scratch;
    const auto first = name.starts_with("renovacion-1");
    const auto made = made_or_say(sample(first ? Signs::previous : Signs::renewed), template_of(name));
    const auto file = on_disk(scratch, made), out = scratch / "firmada.pdf";
    const auto report = sign_pdf(file, out, first ? rsa().signer() : ec().signer(), {});
    BOOST_REQUIRE(report);
    BOOST_TEST(report->field == (first ? "FirmaAnterior" : "FirmaNueva"));
    BOOST_TEST(slurp(out).starts_with(as_text(made.pdf)));
    BOOST_TEST(pdfsig_valid_count(out) == 1);
    BOOST_TEST(openssl_accepts(scratch, out));
    BOOST_TEST(verified(out).signatures.at(0).sound());
    BOOST_TEST(qpdf_is_content(out));
}

BOOST_AUTO_TEST_CASE(carries_two_visible_signatures_if_its_wording_has_two_fields) {
    const Scratch scratch;
    auto words = template_of("renovacion-1.es");
    words.blocks.push_back(
        {.kind = Block::Kind::signature, .text = "Firma con la clave nueva", .field = "FirmaNueva"});
    const auto file = on_disk(scratch, made_or_say(sample(), words));
    SignOptions first, second;
    first.field = "FirmaAnterior";
    second.field = "FirmaNueva";
    first.draw = second.draw = [](double width, double height) {
        return draw_signature(width, height, {"LUCÍA", "Firmado"});
    };
    BOOST_REQUIRE(sign_pdf(file, scratch / "1.pdf", rsa().signer(), first));
    BOOST_REQUIRE(sign_pdf(scratch / "1.pdf", scratch / "2.pdf", ec().signer(), second));
    BOOST_TEST(pdfsig_valid_count(scratch / "2.pdf") == 2);
    const auto report = verified(scratch / "2.pdf");
    BOOST_REQUIRE(report.signatures.size() == 2U);
    BOOST_TEST(report.signatures[0].sound());
    BOOST_TEST(report.signatures[1].sound());
    BOOST_TEST(openssl_accepts(scratch, scratch / "2.pdf", 0));
    BOOST_TEST(openssl_accepts(scratch, scratch / "2.pdf", 1));
}

BOOST_AUTO_TEST_CASE(draws_no_signature_where_there_is_no_room_for_one) {
    BOOST_TEST(draw_signature(20, 10, {"LUCÍA ÑANDÚ MUESTRA DE LA PRÁCTICA"}).empty());
    BOOST_TEST(!draw_signature(200, 60, {"LUCÍA ÑANDÚ MUESTRA DE LA PRÁCTICA"}).empty());
}

BOOST_AUTO_TEST_CASE(of_keys_as_large_as_they_come_keeps_each_key_in_one_piece) {
    auto letter = sample();
    letter.previous.spki = Bytes(550, 0x30);
    letter.renewed.spki = Bytes(550, 0x31);
    BOOST_TEST(made_or_say(letter, template_of("renovacion-1.es")).pages == 2U);
}

BOOST_AUTO_TEST_CASE(without_an_end_is_not_made) {
    auto words = template_of("renovacion-1.es");
    for (int i = 0; i < 7; ++i)
        words.blocks.push_back({.kind = Block::Kind::sheet}), words.blocks.push_back(words.blocks[4]);
    const auto made = make_letter(sample(), words);
    BOOST_REQUIRE(!made);
    BOOST_TEST(is(made.error(), document_errc::too_long));
}

BOOST_AUTO_TEST_CASE(has_no_name_that_writes_lines_of_its_own) {
    auto letter = sample();
    letter.person.name = "LUCÍA\nMUESTRA";
    const auto made = make_letter(letter, template_of("renovacion-1.es"));
    BOOST_REQUIRE(!made);
    BOOST_TEST(is(made.error(), document_errc::bad_value));
    BOOST_TEST(made.error().detail == "name");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_wording_of_a_letter)

BOOST_AUTO_TEST_CASE(that_is_not_understood_is_named_by_its_line) {
    const std::pair<std::string, std::string> mistakes[] = {
        {"kind = \"date-line\"", "kind = \"dateline\""},
        {"kind = \"addressee\"", "kind = \"addressee\"\nfont = \"Comic\""},
        {"version = 2", "version = 0"},
        {"version = 2", "version = \"2\""},
        {"\"enero\", ", ""},
        {"field = \"FirmaAnterior\"\n", ""},
        {"field = \"renewed\"", "field = \"other\""},
        {"items = [", "items = [ 3,"},
        {"title = ", "titulo = "},
        {"fingerprint = ", "huella = "},
        {"[[block]]", "[[block"},
        {"date = \"", "date = "},
    };
    for (const auto& [from, to] : mistakes) BOOST_TEST_CONTEXT(to) {
            const auto read = changed(from, to);
            BOOST_REQUIRE(!read);
            BOOST_TEST(is(read.error(), document_errc::bad_template));
            BOOST_TEST(read.error().detail.starts_with("line "));
        }
}

BOOST_AUTO_TEST_CASE(that_asks_for_a_value_nobody_has_names_it) {
    const auto made = make_letter(sample(), changed("{email}", "{correo}").value());
    BOOST_REQUIRE(!made);
    BOOST_TEST(is(made.error(), document_errc::missing_value));
    BOOST_TEST(made.error().detail == "correo");
}

BOOST_AUTO_TEST_CASE(that_is_no_text_or_too_much_of_it_is_refused) {
    for (const auto& text : {std::string("\xFF\xFE"), std::string(70000, '#'), std::string()})
        BOOST_TEST(!parse_template(text));
    BOOST_TEST(!read_template("/nowhere/carta.toml"));
}

BOOST_AUTO_TEST_CASE(may_contain_braces) {
    BOOST_TEST(fill("{{a} {b}", {{"b", "c"}}).value() == "{a} c");
    BOOST_TEST(!fill("{b", {{"b", "c"}}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_data_of_a_letter)

BOOST_AUTO_TEST_CASE(have_one_spelling) {
    const auto made = made_or_say(sample(), template_of("renovacion-1.es"));
    const auto text = write_data(made.data);
    BOOST_TEST(text.find(": ") == text.npos);
    BOOST_TEST(text.find(", ") == text.npos);
    for (const auto& [from, to] :
         std::vector<std::pair<std::string, std::string>>{{"{", "{ "},
                                                          {"\"v\":1", "\"v\":1.0"},
                                                          {"\"v\":1", "\"v\":2"},
                                                          {"\"v\":1", "\"v\":1,\"w\":1"},
                                                          {"\"seq\":1", "\"seq\":1,\"seq\":1"},
                                                          {"\"seq\":1", "\"seq\":3"},
                                                          {"\"seq\":1", "\"seq\":2"},
                                                          {"\"id\":", "\"nif\":"},
                                                          {"abab", "ABAB"},
                                                          {"abab", "ab"},
                                                          {"RSA 2048", "RSA\\u00202048"}}) {
        auto other = text;
        other.replace(other.find(from), from.size(), to);
        BOOST_TEST_CONTEXT(to) BOOST_TEST(!read_data(other));
    }
    BOOST_TEST(!read_data(""));
    BOOST_TEST(!read_data("[]"));
    BOOST_TEST(!read_data(std::string(20000, ' ')));
    BOOST_TEST(!read_data(std::string(8000, '[')));
}

BOOST_AUTO_TEST_CASE(of_the_second_letter_name_the_first_as_it_was_signed) {
    auto letter = sample(Signs::renewed);
    letter.previous_letter = Bytes(32, 0x77);
    const auto made = made_or_say(letter, template_of("renovacion-2.es"));
    BOOST_TEST(equal(read_data(write_data(made.data)).value().previous_letter, letter.previous_letter));
}

BOOST_AUTO_TEST_SUITE_END()
