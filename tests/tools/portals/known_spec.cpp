// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which portals are known: ours, and beside or instead of them the administrator's own.
#include "tests/tools/letter/support.hpp"
#include "tools/portals/known.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::portals;
using letter::test::slurp;
using letter::test::spill;
namespace fs = std::filesystem;

namespace {

struct Etc {
    Etc() {
        fs::create_directories(own);
        for (const auto& folder : {own.parent_path(), own}) ::chmod(folder.c_str(), 0755);
    }
    void write(const std::string& name, const std::string& text, mode_t mode = 0644) const {
        spill(own / name, text);
        ::chmod((own / name).c_str(), mode);
    }
    [[nodiscard]] KnownPortals known() const { return known_portals(ACREDITA_PORTALS, own, ::geteuid()); }

    letter::test::Scratch scratch;
    fs::path own = scratch / "acredita/portals";
    std::string shipped = slurp(ACREDITA_PORTALS "/oficina-virtual.toml");
    std::string addressed = [this] {
        auto text = shipped;
        return text.insert(text.find("[es]"), "url = \"https://sede.universidad.example\"\n");
    }();
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(the_portals, Etc)

BOOST_AUTO_TEST_CASE(that_come_with_acredita_are_all_sound) {
    const auto all = known();
    BOOST_TEST(all.mistakes.empty());
    BOOST_TEST(all.all.size() >= 2U);
    BOOST_TEST(all.find("oficina-virtual").has_value());
    BOOST_TEST(all.find("otro-portal").has_value());
}

BOOST_AUTO_TEST_CASE(of_an_administrator_are_added_to_ours_or_take_their_place) {
    write("oficina-virtual.toml", addressed);
    write("sede.toml", addressed);
    const auto all = known();
    BOOST_TEST(all.mistakes.empty());
    for (const auto* id : {"oficina-virtual", "sede"}) {
        BOOST_REQUIRE(all.find(id).has_value());
        BOOST_TEST(all.find(id)->own);
        BOOST_TEST(all.find(id)->url == "https://sede.universidad.example");
    }
    BOOST_TEST(!all.find("otro-portal")->own);
}

BOOST_AUTO_TEST_CASE(are_not_ours_again_where_the_administrators_file_is_broken) {
    write("oficina-virtual.toml", "[es]\nname = 3\n");
    const auto all = known();
    BOOST_REQUIRE(all.mistakes.size() == 1U);
    const auto found = all.find("oficina-virtual");
    BOOST_REQUIRE(!found);
    BOOST_TEST(is(found.error(), portals_errc::bad_file));
    BOOST_TEST(found.error().detail.find("oficina-virtual.toml: line 2: name") != std::string::npos);
    BOOST_TEST(all.find("otro-portal").has_value());
}

BOOST_AUTO_TEST_CASE(that_others_could_have_written_are_refused) {
    write("oficina-virtual.toml", addressed, 0664);
    BOOST_TEST(is(known().find("oficina-virtual").error(), portals_errc::bad_file));
    write("oficina-virtual.toml", addressed, 0644);
    BOOST_TEST(known().find("oficina-virtual").has_value());
    spill(scratch / "elsewhere.toml", addressed);
    fs::create_symlink(scratch / "elsewhere.toml", own / "sede.toml");
    BOOST_TEST(known().find("sede").error().detail.find("symbolic link") != std::string::npos);
    const auto another = known_portals(ACREDITA_PORTALS, own, ::geteuid() + 1);
    BOOST_TEST(is(another.find("otro-portal").error(), portals_errc::bad_file));
}

BOOST_AUTO_TEST_CASE(are_none_at_all_where_others_may_write_in_the_folder) {
    ::chmod(own.c_str(), 0777);
    const auto found = known().find("otro-portal");
    BOOST_REQUIRE(!found);
    BOOST_TEST(found.error().detail.find("others than root may write in it") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(have_names_that_are_plain) {
    write("Sede Electrónica.toml", addressed);
    write("..toml", addressed); // hidden: left alone
    const auto all = known();
    BOOST_REQUIRE(all.mistakes.size() == 1U);
    BOOST_TEST(all.mistakes[0].error.detail.find("name of the file") != std::string::npos);
    for (const auto* id : {"", "-x", "a/b", "..", "Sede", "ñ"}) BOOST_TEST(!is_portal_id(id), id);
}

BOOST_AUTO_TEST_CASE(are_refused_beyond_a_number) {
    for (int i = 0; i < 60; ++i) write("p" + std::to_string(i) + ".toml", addressed);
    BOOST_TEST(known().find("p1").error().detail.find("more than 50 files") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(that_nobody_knows_are_named_with_those_that_are_known) {
    const auto found = known().find("sede");
    BOOST_REQUIRE(!found);
    BOOST_TEST(is(found.error(), portals_errc::unknown));
    BOOST_TEST(found.error().detail == "sede (oficina-virtual, otro-portal)");
}

BOOST_AUTO_TEST_SUITE_END()
