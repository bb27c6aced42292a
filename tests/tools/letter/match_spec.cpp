// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// "Error 71": which file is the letter to be signed, and which is not, sub-code by sub-code.
#include "tests/tools/letter/renewal_letters.hpp"
#include "tests/tools/letter/signed_letter.hpp"
#include "tools/letter/match/printed.hpp"

#include <regex>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;
using namespace std::chrono;

namespace {

// One more revision of a letter, in which a page is blank.
std::string blanked(const std::string& letter) {
    std::smatch contents;
    BOOST_REQUIRE(std::regex_search(letter, contents, std::regex("/Contents (\\d+) 0 R")));
    return append_object(letter, std::stoi(contents[1]), "<< /Length 3 >>\nstream\nq Q\nendstream");
}

// One more revision, whose catalogue does not know of the data inside.
std::string without_data(const std::string& letter) {
    const std::string head = "\n1 0 obj\n";
    const auto from = letter.find(head) + head.size();
    const auto catalogue = letter.substr(from, letter.find("\nendobj", from) - from);
    return append_object(letter, 1, std::regex_replace(catalogue, std::regex("/AF \\[[^\\]]*\\]"), ""));
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(the_letter_to_be_signed, Renewal)

BOOST_AUTO_TEST_CASE(is_the_one_that_was_issued) {
    const auto matched = match_letter(scratch / "1.pdf", request);
    BOOST_REQUIRE(matched);
    BOOST_TEST(matched->by_bytes);
    BOOST_TEST(matched->data->folio == "R-2026-000123");
    BOOST_REQUIRE(matched->printed.size() == 2U);
    BOOST_TEST(matched->printed[0] == spki_of(ec()));
    BOOST_TEST(matched->printed[1] == spki_of(rsa()));
}

BOOST_AUTO_TEST_CASE(is_known_without_a_memory_by_what_it_says) {
    request.remembers = false;
    request.issued.reset();
    BOOST_TEST(said_of("1.pdf") == "");
}

BOOST_AUTO_TEST_CASE(is_the_second_after_the_first) {
    come_to_the_second();
    BOOST_TEST(said_of("2.pdf") == "");
}

BOOST_AUTO_TEST_CASE(is_no_other_kind_of_file_71_1) {
    spill(scratch / "text.pdf", "Carta de renovación");
    BOOST_TEST(said_of("text.pdf") == "match.not_admissible");
    auto broken = slurp(scratch / "1.pdf");
    broken.resize(broken.size() / 2);
    spill(scratch / "half.pdf", broken);
    BOOST_TEST(said_of("half.pdf") == "match.not_admissible");
    BOOST_TEST(run("qpdf --encrypt a b 256 -- " + (scratch / "1.pdf").string() + " " +
                   (scratch / "locked.pdf").string())
                   .code == 0);
    BOOST_TEST(said_of("locked.pdf") == "match.not_admissible");
    BOOST_TEST(said_of("nothing.pdf") == "letter.read_failed");
}

BOOST_AUTO_TEST_CASE(does_nothing_by_itself_71_1) {
    for (const std::string entry : {"/OpenAction << /S /GoTo >>", "/AA << >>", "/OCProperties << >>",
                                    "/AcroForm << /XFA [] /Fields [] >>",
                                    "/Names << /JavaScript << /Names [] >> >>", "/Other << /S /Launch >>"}) {
        auto parts = simple_letter();
        auto& root = parts.objects[1];
        root.insert(root.rfind(">>"), " " + entry + " ");
        spill(scratch / "acts.pdf", to_pdf(parts));
        BOOST_TEST_CONTEXT(entry) BOOST_TEST(said_of("acts.pdf") == "match.not_admissible");
    }
}

BOOST_AUTO_TEST_CASE(is_not_one_nobody_issued_71_2) {
    request.issued.reset();
    BOOST_TEST(said_of("1.pdf") == "match.unknown_letter");
    request.issued = remembered("1.pdf");
    spill(scratch / "other.pdf", to_pdf(simple_letter()));
    BOOST_TEST(said_of("other.pdf") == "match.unknown_letter");
}

BOOST_AUTO_TEST_CASE(has_not_one_byte_changed_71_3) {
    auto bytes = slurp(scratch / "1.pdf");
    const auto at = bytes.find("LUC") != bytes.npos ? bytes.find("LUC") : bytes.find("stream") + 60;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    spill(scratch / "changed.pdf", bytes);
    const auto said = said_of("changed.pdf");
    BOOST_TEST((said == "match.altered" || said == "match.not_admissible"), said);
}

BOOST_AUTO_TEST_CASE(has_no_page_added_71_3) {
    BOOST_REQUIRE(run("qpdf " + (scratch / "1.pdf").string() + " --pages . 1-z . 1 -- " +
                      (scratch / "longer.pdf").string())
                      .code == 0);
    BOOST_TEST(said_of("longer.pdf") == "match.altered");
}

BOOST_AUTO_TEST_CASE(has_nothing_laid_over_it_71_3) {
    spill(scratch / "over.pdf", to_pdf(simple_letter()));
    BOOST_REQUIRE(run("qpdf " + (scratch / "1.pdf").string() + " --overlay " +
                      (scratch / "over.pdf").string() + " -- " + (scratch / "covered.pdf").string())
                      .code == 0);
    BOOST_TEST(said_of("covered.pdf") == "match.altered");
}

BOOST_AUTO_TEST_CASE(has_nothing_behind_what_was_issued_71_3) {
    const auto letter = slurp(scratch / "1.pdf");
    for (const auto& longer : {letter + "% more\n", letter + "\n", blanked(letter), without_data(letter)}) {
        spill(scratch / "longer.pdf", longer);
        request.looked = true; // what somebody has seen of the page says nothing of the file
        BOOST_TEST(said_of("longer.pdf") == "match.altered");
    }
}

BOOST_AUTO_TEST_CASE(has_nothing_but_its_signature_behind_what_was_issued_71_3) {
    spill(scratch / "longer.pdf", blanked(slurp(scratch / "1.pdf")));
    sign("longer.pdf", "before.pdf", rsa());
    BOOST_TEST(said_of("before.pdf") == "match.altered");
    sign("1.pdf", "1s.pdf", rsa());
    spill(scratch / "after.pdf", blanked(slurp(scratch / "1s.pdf")));
    BOOST_TEST(said_of("after.pdf") == "match.altered");
}

BOOST_AUTO_TEST_CASE(is_of_this_folio_71_4) {
    auto letter = values(Signs::previous);
    letter.folio = "R-2026-000999";
    put("other.pdf", letter);
    request.remembers = false;
    BOOST_TEST(said_of("other.pdf") == "match.other_letter");
}

BOOST_AUTO_TEST_CASE(is_the_one_of_the_two_whose_turn_it_is_71_4) {
    put("2.pdf", Signs::renewed);
    request.remembers = false;
    BOOST_TEST(said_of("2.pdf") == "match.other_letter");
}

BOOST_AUTO_TEST_CASE(is_signed_in_its_time_71_4) {
    request.now = issued + days(31);
    BOOST_TEST(said_of("1.pdf") == "match.other_letter");
}

BOOST_AUTO_TEST_CASE(is_signed_by_the_card_it_is_about_71_5) {
    request.signing_key = Bytes(32, 7);
    BOOST_TEST(said_of("1.pdf") == "match.other_card");
}

BOOST_AUTO_TEST_CASE(is_about_the_other_key_of_this_renewal_71_5) {
    request.other_key = Bytes(32, 7);
    BOOST_TEST(said_of("1.pdf") == "match.other_card");
}

BOOST_AUTO_TEST_CASE(changes_the_key_71_5) {
    auto letter = values(Signs::previous);
    letter.renewed = letter.previous;
    put("same.pdf", letter);
    request.remembers = false;
    request.other_key.clear();
    BOOST_TEST(said_of("same.pdf") == "match.other_card");
}

BOOST_AUTO_TEST_CASE(prints_the_keys_it_is_about_71_6) {
    auto words = read_template(fs::path(ACREDITA_TEMPLATES) / "renovacion-1.es.toml").value();
    for (auto& block : words.blocks)
        if (block.kind == Block::Kind::key) block.field = "renewed";
    spill(scratch / "twice.pdf", as_text(make_letter(values(Signs::previous), words).value().pdf));
    request.remembers = false;
    BOOST_TEST(said_of("twice.pdf") == "match.other_print");
    std::erase_if(words.blocks, [](const Block& block) { return block.kind == Block::Kind::key; });
    spill(scratch / "none.pdf", as_text(make_letter(values(Signs::previous), words).value().pdf));
    BOOST_TEST(said_of("none.pdf") == "match.other_print");
}

BOOST_AUTO_TEST_CASE(is_signed_once_71_7) {
    sign("1.pdf", "1s.pdf", rsa());
    BOOST_TEST(said_of("1s.pdf") == "match.out_of_turn");
}

BOOST_AUTO_TEST_CASE(is_not_the_second_before_the_first_71_7) {
    come_to_the_second();
    request.first.reset();
    BOOST_TEST(said_of("2.pdf") == "match.out_of_turn");
    request.first = scratch / "1.pdf"; // not signed
    BOOST_TEST(said_of("2.pdf") == "match.out_of_turn");
    sign("1.pdf", "wrong.pdf", ec()); // with the wrong key
    request.first = scratch / "wrong.pdf";
    BOOST_TEST(said_of("2.pdf") == "match.out_of_turn");
}

BOOST_AUTO_TEST_CASE(follows_the_very_first_letter_that_was_signed_71_7) {
    come_to_the_second();
    auto letter = values(Signs::previous);
    letter.nonce = Bytes(16, 1);
    put("1b.pdf", letter);
    sign("1b.pdf", "1bs.pdf", rsa());
    request.first = scratch / "1bs.pdf";
    BOOST_TEST(said_of("2.pdf") == "match.out_of_turn");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_letter_of_another_authority, Renewal)

BOOST_AUTO_TEST_CASE(is_signed_after_a_person_has_compared_its_page) {
    // The same pages without data inside, as a word processor makes them.
    BOOST_REQUIRE(
        run("pdftocairo -pdf " + (scratch / "1.pdf").string() + " " + (scratch / "plain.pdf").string())
            .code == 0);
    request.remembers = false;
    BOOST_TEST(said_of("plain.pdf") == "match.nobody_looked");
    request.looked = true;
    BOOST_TEST(said_of("plain.pdf") == "");
    request.other_key = Bytes(32, 7);
    BOOST_TEST(said_of("plain.pdf") == "match.other_print");
}

BOOST_AUTO_TEST_CASE(is_read_however_its_lines_are_broken) {
    const auto one = to_hex(spki_of(rsa())), other = to_hex(spki_of(ec()));
    std::string text = "Clave anterior\n";
    for (std::size_t i = 0; i < one.size(); i += 2) text += one.substr(i, 2) + (i % 32 == 30 ? "-\n" : " ");
    text += "\nClave nueva: " + other + "\n";
    const auto keys = keys_in_text(text);
    BOOST_REQUIRE(keys.size() == 2U);
    BOOST_TEST(keys[0] == spki_of(rsa()));
    BOOST_TEST(keys[1] == spki_of(ec()));
}

BOOST_AUTO_TEST_CASE(prints_nothing_that_only_looks_like_a_key) {
    auto text = to_hex(spki_of(rsa()));
    BOOST_TEST(keys_in_text(text.substr(0, text.size() - 2)).empty());
    text[40] = text[40] == '0' ? '1' : '0';
    BOOST_TEST(keys_in_text(std::string(100000, '3') + "0").empty());
    BOOST_TEST(keys_in_text("").empty());
    std::string many;
    for (int i = 0; i < 20; ++i) many += to_hex(spki_of(ec())) + "\n";
    BOOST_TEST(keys_in_text(many).size() == 8U);
}

BOOST_AUTO_TEST_SUITE_END()
