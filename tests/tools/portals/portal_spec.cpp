// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The file of a portal: what it may say, and that a mistake in it is named by its file and line.
#include "tests/tools/letter/support.hpp"
#include "tools/portals/portal.hpp"

#include <algorithm>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::portals;
namespace data = boost::unit_test::data;

namespace {

const std::string shipped = letter::test::slurp(ACREDITA_PORTALS "/oficina-virtual.toml");

Result<Portal> changed(const std::string& from, const std::string& to) {
    auto text = shipped;
    const auto at = text.find(from);
    BOOST_REQUIRE(at != text.npos);
    return parse_portal(text.replace(at, from.size(), to), "oficina-virtual", "a.toml");
}

Result<Portal> with_address(const std::string& url) { return changed("[es]", "url = \"" + url + "\"\n[es]"); }

std::string without(const std::string& part, std::string text) {
    const auto start = part + " = [";
    for (auto at = text.find(start); at != text.npos; at = text.find(start, at + 1))
        text.replace(at, text.find("]\n", at) + 1 - at, start + "]");
    return text;
}

struct Fault {
    const char* from;
    const char* to;
    const char* said;
};
std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.to; }

const Fault faults[] = {
    {"[es]", "color = \"red\"\n[es]", "a.toml: line 7: color is not known"},
    {"name = \"Oficina Virtual\"", "name = 3", "a.toml: line 8: name: a text is expected"},
    {"name = \"Oficina Virtual\"", "name = \"\"", "a.toml: line 8: name: 1 to 60 bytes"},
    {"name = \"Oficina Virtual\"", "nombre = \"x\"", "a.toml: line 8: nombre is not known"},
    {"name = \"Oficina Virtual\"", "name = \"Oficina\\nVirtual\"", "a character that does not print"},
    {"name = \"Oficina Virtual\"", "name = \"Oficina\\u202Elautriv\"", "a character that does not print"},
    {"name = \"Oficina Virtual\"", "name = \"Oficina\\u0085\"", "a character that does not print"},
    {"{renewed_not_after}", "{pin}", "change: {pin} is not known"},
    {"{renewed_not_after}", "{renewed_not_after", "is not known"},
    {"before = [", "after = [", "a.toml: line 9: after is not known"},
    {"before = [", "before = [ 3,", "before: a text is expected"},
    {"before = [", "before = [ \"\",", "before: 1 to 300 bytes"},
    {"change = [", "change = [ \"a\", \"b\", \"c\", \"d\", \"e\",", "change: at most 6 steps"},
    {"change = [", "change = [ \"one more\",", "change: as many steps in [es] as in [en]"},
    {"[en]", "[fr]", "fr is not known"},
    {"[en]", "[en", "a.toml: line "},
};

} // namespace

BOOST_AUTO_TEST_SUITE(the_file_of_a_portal)

BOOST_AUTO_TEST_CASE(covers_both_ways_in_both_languages) {
    const auto portal = parse_portal(shipped, "oficina-virtual", "a.toml");
    BOOST_REQUIRE_MESSAGE(portal, (portal ? "" : describe(portal.error())));
    for (const auto* words : {&portal->spanish, &portal->english})
        for (const auto part : all_parts) BOOST_TEST(!words->of(part).empty(), name_of(part));
}

BOOST_DATA_TEST_CASE(with_a_mistake_is_refused_and_the_place_named, data::make(faults), fault) {
    const auto read = changed(fault.from, fault.to);
    BOOST_REQUIRE(!read);
    BOOST_TEST(is(read.error(), portals_errc::bad_file));
    BOOST_TEST(read.error().detail.find(fault.said) != std::string::npos, read.error().detail);
    BOOST_TEST(read.error().detail.starts_with("a.toml: "));
}

BOOST_AUTO_TEST_CASE(needs_each_part_but_may_know_one_way_alone) {
    const auto one_way = without("change", shipped);
    BOOST_TEST(parse_portal(one_way, "x", "a.toml").has_value());
    BOOST_TEST(parse_portal(without("remove", one_way), "x", "a.toml")
                   .error()
                   .detail.find("change or remove is missing") != std::string::npos);
    for (const auto* part : {"before", "enter", "represented", "check"})
        BOOST_TEST(parse_portal(without(part, shipped), "x", "a.toml")
                       .error()
                       .detail.find(std::string(part) + " is missing") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(that_is_no_text_or_too_much_of_it_is_refused) {
    for (const auto& text : {std::string("\xFF\xFE"), std::string(70'000, '#'), std::string(),
                             std::string(40'000, ' '), std::string("es = 1\nen = 2"), std::string(2000, '[')})
        BOOST_TEST(!parse_portal(text, "x", "a.toml"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_address_of_a_portal)

BOOST_DATA_TEST_CASE(is_one_that_a_person_can_compare,
                     data::make({"https://oficina.universidad.example", "https://sede.gob.example:8443/a?b=c",
                                 "https://a-b.example/Perfil/1#x"}),
                     url) {
    BOOST_TEST(with_address(url).has_value());
}

BOOST_DATA_TEST_CASE(is_refused_if_it_could_deceive,
                     data::make({"http://oficina.universidad.example", "javascript:alert(1)", "https://",
                                 "https://oficina.universidad.example@evil.example/", "https://localhost",
                                 "https://OFICINA.example", "https://oficina.universidad.example/a b",
                                 "https://ofi\u0441ina.example", "https://oficina.example/<b>",
                                 "https://.example", "HTTPS://oficina.example"}),
                     url) {
    const auto read = with_address(url);
    BOOST_REQUIRE(!read);
    BOOST_TEST(read.error().detail.starts_with("a.toml: line 7: url"));
}

BOOST_AUTO_TEST_SUITE_END()
