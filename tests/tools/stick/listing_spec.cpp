// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is found on a stick, what is passed over, and where the search ends.
#include "tests/tools/stick/stick_folder.hpp"

#include <algorithm>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace acredita;
using stick::Kind;
using stick::stick_errc;
namespace fs = std::filesystem;

struct Stick {
    Stick() { fs::create_directories(top); }
    Stick(const Stick&) = delete;
    Stick& operator=(const Stick&) = delete;
    ~Stick() { fs::remove_all(top); }
    stick::Listing listing(const stick::Limits& limits = {}) const {
        return test::opened(top).list(limits).value();
    }
    std::vector<std::string> names(const stick::Limits& limits = {}) const {
        std::vector<std::string> found;
        const auto listed = listing(limits);
        std::ranges::transform(listed.entries, std::back_inserter(found), &stick::Entry::name);
        return found;
    }
    fs::path top = test::scratch_directory() / "stick";
};

using Names = std::vector<std::string>;

} // namespace

BOOST_FIXTURE_TEST_SUITE(the_listing_of_a_stick, Stick)

BOOST_AUTO_TEST_CASE(finds_backups_whatever_the_case_of_their_ending) {
    for (const char* name : {"a.p12", "b.P12", "c.pfx", "d.PFX", "e.PfX"}) test::put(top / name, "x");
    BOOST_TEST(names().size() == 5);
}

BOOST_AUTO_TEST_CASE(finds_what_people_bring_instead_and_says_what_it_is) {
    test::put(top / "certificado.cer", "x");
    test::put(top / "carta.pdf", "x");
    test::put(top / "todo.zip", "x");
    test::put(top / "privada.key", "x");
    test::put(top / "copia.p12.lnk", "x");
    test::put(top / "programa.exe", "x");
    std::vector<Kind> kinds;
    const auto found = listing();
    std::ranges::transform(found.entries, std::back_inserter(kinds), &stick::Entry::kind);
    const std::vector<Kind> expected{Kind::certificate, Kind::key, Kind::archive, Kind::document,
                                     Kind::shortcut};
    BOOST_TEST((kinds == expected));
}

BOOST_AUTO_TEST_CASE(puts_backups_first_and_the_newest_of_them_at_the_top) {
    test::put(top / "a.cer", "x");
    test::put(top / "old.p12", "x");
    test::put(top / "new.p12", "x");
    fs::last_write_time(top / "old.p12", fs::last_write_time(top / "new.p12") - std::chrono::hours(48));
    BOOST_TEST(names() == (Names{"new.p12", "old.p12", "a.cer"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(looks_into_folders_and_says_which) {
    test::put(top / "Documentos" / "FNMT" / "copia.p12", "12345");
    const auto entry = listing().entries.at(0);
    BOOST_TEST(entry.folder == "Documentos/FNMT");
    BOOST_TEST(entry.path == "Documentos/FNMT/copia.p12");
    BOOST_TEST(entry.size == 5U);
}

BOOST_AUTO_TEST_CASE(passes_over_recycle_bins_and_the_companions_of_macos) {
    test::put(top / "$RECYCLE.BIN" / "thrown.p12", "x");
    test::put(top / ".Trash-1000" / "files" / "thrown.p12", "x");
    test::put(top / "._copia.p12", "x");
    BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(follows_no_link_and_lists_neither_pipes_nor_folders_called_p12) {
    test::put(test::scratch_directory() / "elsewhere" / "secret.p12", "x");
    fs::create_directory_symlink(test::scratch_directory() / "elsewhere", top / "folder");
    fs::create_symlink(test::scratch_directory() / "elsewhere" / "secret.p12", top / "link.p12");
    BOOST_REQUIRE(::mkfifo((top / "pipe.p12").c_str(), 0600) == 0);
    fs::create_directory(top / "folder.p12");
    BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(shows_names_made_of_control_characters_or_of_no_characters_at_all) {
    test::put(top / "a\x1b[2Jb\n\xe2\x80\xaegnp.p12", "x"); // an escape sequence, a newline, right-to-left
    test::put(top / "\xff\xfe.p12", "y");
    auto mounted = test::opened(top);
    const auto found = mounted.list().value();
    for (const auto& entry : found.entries) {
        BOOST_TEST(entry.name.find_first_of("\x1b\n") == std::string::npos);
        BOOST_TEST(entry.name.find("\xe2\x80\xae") == std::string::npos);
        BOOST_TEST(entry.name.ends_with(".p12"));
        BOOST_TEST(mounted.read(entry).value().size() == 1);
    }
    BOOST_TEST(listing().entries.size() == 2);
}

BOOST_AUTO_TEST_CASE(of_a_stick_full_of_files_is_what_was_found_so_far_and_says_so) {
    test::put(top / "copia.p12", "x");
    fs::create_directory(top / "many");
    // Hard links: a name costs less than a file.
    for (int folder = 0; folder < 3; ++folder) {
        const auto inside = top / "many" / std::to_string(folder);
        fs::create_directory(inside);
        test::put(inside / "first", "x");
        for (int i = 0; i < 20'000; ++i)
            BOOST_REQUIRE(::link((inside / "first").c_str(), (inside / std::to_string(i)).c_str()) == 0);
    }
    const auto found = listing();
    BOOST_REQUIRE(found.cut_short.has_value());
    BOOST_TEST(is(*found.cut_short, stick_errc::too_many_files));
    BOOST_TEST(found.entries.size() == 1);
    BOOST_TEST(!found.verdict().has_value());
    BOOST_TEST(found.seen <= 50'001U);
}

BOOST_AUTO_TEST_CASE(with_more_backups_than_anybody_has_stops_there) {
    for (int i = 0; i < 300; ++i) test::put(top / (std::to_string(i) + ".p12"), "x");
    BOOST_TEST(listing().entries.size() == 200);
    BOOST_TEST(is(listing().cut_short.value(), stick_errc::too_many_files));
}

BOOST_AUTO_TEST_CASE(full_of_photographs_is_an_ordinary_stick) {
    for (int i = 0; i < 500; ++i) test::put(top / (std::to_string(i) + ".jpg"), "x");
    test::put(top / "z.p12", "x");
    BOOST_TEST(!listing().cut_short.has_value());
    BOOST_TEST(listing().entries.at(0).name == "z.p12");
    BOOST_TEST(listing().entries.size() == 101);
}

BOOST_AUTO_TEST_CASE(goes_no_deeper_than_people_do) {
    auto deep = top;
    for (int i = 0; i < 300; ++i) deep /= "d";
    test::put(deep / "copia.p12", "x");
    BOOST_TEST(is(listing().cut_short.value(), stick_errc::too_many_files));
    BOOST_TEST(is(listing().verdict().value(), stick_errc::too_many_files));
}

BOOST_AUTO_TEST_CASE(ends_when_its_time_is_over) {
    test::put(top / "copia.p12", "x");
    stick::Limits limits;
    limits.time = std::chrono::milliseconds(-1);
    BOOST_TEST(is(listing(limits).cut_short.value(), stick_errc::too_many_files));
}

BOOST_AUTO_TEST_CASE(ends_when_it_is_told_to) {
    test::put(top / "copia.p12", "x");
    std::stop_source stop;
    stop.request_stop();
    BOOST_TEST(is(test::opened(top).list({}, stop.get_token()).error(), stick_errc::cancelled));
}

BOOST_AUTO_TEST_CASE(of_an_empty_stick_is_the_sentence_that_there_is_no_backup) {
    BOOST_TEST(is(listing().verdict().value(), stick_errc::no_backup_file));
    test::put(top / "foto.jpg", "x");
    BOOST_TEST(is(listing().verdict().value(), stick_errc::no_backup_file));
}

BOOST_AUTO_TEST_CASE(of_a_stick_with_certificates_alone_says_that_the_key_is_missing) {
    test::put(top / "certificado.cer", "x");
    BOOST_TEST(is(listing().verdict().value(), stick_errc::certificate_only));
    test::put(top / "copia.pfx", "x");
    BOOST_TEST(!listing().verdict().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
