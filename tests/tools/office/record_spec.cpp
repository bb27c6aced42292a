// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A record has one spelling, and nothing else is read as a record.
#include "tests/tools/office/lines.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;
using office::parse;

BOOST_AUTO_TEST_SUITE(a_record)

BOOST_AUTO_TEST_CASE(is_spelled_as_the_documentation_says) {
    office::Sha256 digest;
    auto record = sample_record(1);
    record.facts = {{"reason", "a\"b\\c\nd\x01 ñ"}, {"document", "dni"}};
    const auto line = office::serialise(record, digest);
    const std::string expected =
        R"({"n":1,"time":"2026-11-21T09:00:01.000Z","clock":"synchronised","kiosk":"mostrador-1",)"
        R"("build":"acredita 0.1.0","session":"0A1B2C3D4E5F","operator":"ana","role":"operator",)"
        R"("action":"issue.store_key","outcome":"done","code":0,"holder":")" +
        std::string(64, 'A') + R"(","card":")" + std::string(64, 'B') + R"(","certificate":")" +
        std::string(64, 'C') + R"(","facts":{"document":"dni","reason":"a\"b\\c\nd\u0001 ñ"},"previous":")" +
        std::string(64, '0') + R"(")";
    BOOST_TEST(line == expected + ",\"hash\":\"" + office::Sha256().of(expected) + "\"}");
}

BOOST_AUTO_TEST_CASE(comes_back_as_it_was_written) {
    office::Sha256 digest;
    auto record = sample_record(7);
    record.facts = {{"a", std::string("\0\x1f\x7f\t\r\b\f", 7)}, {"b", ""}, {"z9_", "€𝄞"}};
    record.code = 71;
    const auto line = office::serialise(record, digest);
    const auto read = parse(line);
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((read->facts == record.facts));
    BOOST_TEST((read->number == 7 && read->code == 71 && read->operator_name == "ana"));
    BOOST_TEST(office::serialise(*read, digest) == line);
}

BOOST_AUTO_TEST_CASE(cut_at_any_byte_is_no_record) {
    const auto line = sound_journal(1).front();
    for (std::size_t length = 0; length < line.size(); ++length)
        BOOST_TEST(!parse(line.substr(0, length)).has_value(), length);
    BOOST_TEST(parse(line).has_value());
    BOOST_TEST(!parse(line + " ").has_value());
    BOOST_TEST(!parse(" " + line).has_value());
}

BOOST_AUTO_TEST_CASE(changed_at_any_byte_is_another_record_or_none) {
    const auto line = sound_journal(1).front();
    for (std::size_t at = 0; at < line.size(); ++at) {
        auto other = line;
        other[at] = static_cast<char>(other[at] ^ 1);
        const auto read = office::read_link(other);
        if (read) BOOST_TEST(office::Sha256().of(read->hashed) != std::string(read->hash), at);
    }
}

BOOST_AUTO_TEST_CASE(spelled_in_any_other_way_is_no_record) {
    const auto line = sound_journal(1).front();
    const auto with = [&](const std::string& what, const std::string& instead) {
        auto other = line;
        const auto at = other.find(what);
        BOOST_REQUIRE(at != std::string::npos);
        return other.replace(at, what.size(), instead);
    };
    for (const auto& other : {with("\"n\":1", "\"n\":01"),
                              with("\"n\":1", "\"n\":-1"),
                              with("\"n\":1", "\"n\":0"),
                              with("\"n\":1", "\"n\":1.0"),
                              with("\"n\":1", "\"n\":99999999999999999999"),
                              with("{\"n\"", "{ \"n\""),
                              with("\"ana\"", "\"an\\u0061\""),
                              with("\"ana\"", "\"\\u000a\""),
                              with("\"ana\"", "\"\\u001F\""),
                              with("\"ana\"", "\"\\/\""),
                              with("\"ana\"", "\"\n\""),
                              with("\"ana\"", "\"\xC3\""),
                              with("\"ana\"", "\"\xC0\x80\""),
                              with("\"ana\"", "\"\xED\xA0\x80\""),
                              with("\"ana\"", "\"\\\""),
                              with("\"ana\"", "null"),
                              with("\"role\"", "\"rule\""),
                              with("2026-11-21T", "2026-11-21 "),
                              with("{\"folio\"", "{\"Folio\""),
                              with("{\"folio\":", "{\"zz\":\"\",\"folio\":"),
                              with("{\"folio\":", "{\"folio\":\"\",\"folio\":"),
                              with("{\"folio\":", "{,\"folio\":"),
                              with("{\"folio\":", "{\"\":"),
                              with(std::string(64, '0'), std::string(64, 'a'))})
        BOOST_TEST(!parse(other).has_value(), other);
}

BOOST_AUTO_TEST_CASE(of_any_length_is_bounded) {
    office::Sha256 digest;
    auto record = sample_record(1);
    record.facts = {{"a", std::string(office::longest_value + 1, 'x')}};
    BOOST_TEST(!parse(office::serialise(record, digest)).has_value());
    record.facts = {{"a", std::string(office::longest_value, 'x')}};
    BOOST_TEST(parse(office::serialise(record, digest)).has_value());
    record.facts.clear();
    for (std::size_t i = 0; i <= office::most_facts; ++i) record.facts["f" + std::to_string(i)] = "";
    BOOST_TEST(!parse(office::serialise(record, digest)).has_value());
    BOOST_TEST(!parse(std::string(1'000'000, '{')).has_value());
}

BOOST_AUTO_TEST_CASE(takes_bytes_that_are_no_text_as_question_marks) {
    BOOST_TEST(office::as_utf8("a\xFF\xC3(\xE2\x82") == std::string("a?") + "?(" + "??");
    BOOST_TEST(office::as_utf8("ñ€𝄞") == "ñ€𝄞");
}

BOOST_AUTO_TEST_SUITE_END()
