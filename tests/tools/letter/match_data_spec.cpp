// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// "Error 71" where the data inside of a letter are not what they should be, and where it is somebody else's.
#include "tests/tools/letter/renewal_letters.hpp"

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;

namespace {

// The first letter with its list of associated files changed.
struct Changed : Renewal {
    Changed() { request.remembers = false; }
    template <class Change>
    std::string said_after(Change change) {
        QPDF pdf;
        pdf.processFile((scratch / "1.pdf").c_str());
        change(pdf, pdf.getRoot().getKey("/AF"));
        QPDFWriter writer(pdf, (scratch / "x.pdf").c_str());
        writer.setStaticID(true);
        writer.write();
        return said_of("x.pdf");
    }
    static void refill(QPDF& pdf, QPDFObjectHandle files, const std::string& text) {
        auto file = files.getArrayItem(0);
        file.getKey("/EF").replaceKey("/F", QPDFObjectHandle::newStream(&pdf, text));
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(a_letter_whose_data_are_not_right, Changed)

BOOST_AUTO_TEST_CASE(is_otherwise_taken) {
    BOOST_TEST(said_after([](QPDF&, QPDFObjectHandle) {}) == "");
}

BOOST_AUTO_TEST_CASE(has_them_twice_71_3) {
    BOOST_TEST(said_after([](QPDF&, QPDFObjectHandle files) { files.appendItem(files.getArrayItem(0)); }) ==
               "match.altered");
}

BOOST_AUTO_TEST_CASE(has_too_much_or_something_else_in_them_71_3) {
    for (const auto& text : {std::string(), std::string("{}"), std::string(100000, ' '),
                             std::string("{\"v\":1}"), std::string("\xFF\xFE")})
        BOOST_TEST(said_after([&](QPDF& pdf, QPDFObjectHandle files) { refill(pdf, files, text); }) ==
                   "match.altered");
}

BOOST_AUTO_TEST_CASE(says_another_folio_inside_than_is_asked_for_71_4) {
    BOOST_TEST(said_after([&](QPDF& pdf, QPDFObjectHandle files) {
                   auto letter = values(Signs::previous);
                   letter.folio = "R-2026-000777";
                   const auto words =
                       read_template(fs::path(ACREDITA_TEMPLATES) / "renovacion-1.es.toml").value();
                   refill(pdf, files, write_data(make_letter(letter, words).value().data));
               }) == "match.other_letter");
}

BOOST_AUTO_TEST_CASE(is_another_person_s_71_5) {
    const auto other = make_identity(KeyKind::p256, "OTRA PERSONA - 00000001R");
    auto letter = values(Signs::previous);
    letter.person = {"OTRA PERSONA", "00000001R", "otra", "otra@universidad.example"};
    letter.previous = {spki_of(other), "EC P-256", 256, "03", "2026-11-30"};
    put("theirs.pdf", letter);
    BOOST_TEST(said_of("theirs.pdf") == "match.other_card");
}

BOOST_AUTO_TEST_CASE(prints_other_keys_than_its_data_say_71_6) {
    // Data of our letter in the pages of another one.
    const auto ours = values(Signs::previous);
    const auto words = read_template(fs::path(ACREDITA_TEMPLATES) / "renovacion-1.es.toml").value();
    const auto data = write_data(make_letter(ours, words).value().data);
    auto pages = ours;
    pages.renewed = {spki_of(make_identity(KeyKind::p256, "OTRA")), "EC P-256", 256, "02", "2030-11-30"};
    put("1.pdf.other", pages);
    fs::rename(scratch / "1.pdf.other", scratch / "1.pdf");
    BOOST_TEST(said_after([&](QPDF& pdf, QPDFObjectHandle files) { refill(pdf, files, data); }) ==
               "match.other_print");
}

BOOST_AUTO_TEST_SUITE_END()
