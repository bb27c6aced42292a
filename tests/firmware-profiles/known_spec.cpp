// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The administrator's own profiles: which files count, and that a bad one harms nobody else.
#include "firmware-profiles/profile/known.hpp"
#include "firmware-profiles/profile/match.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::profile;
namespace fs = std::filesystem;

namespace {

// A good profile for a card with an ATR of its own.
std::string profile_text(const std::string& name, const std::string& atr, const std::string& extra = "") {
    return "name = \"" + name + "\"\ntitle = \"A card\"\nevidence = \"card\"\nsource = \"tried\"\n" + extra +
           "operations = [\"ecdsa\"]\n"
           "algorithms = [{ type = \"ec\", bits = 256, id = 0x11, use = true }]\n"
           "places = [{ key = 0x9A, purpose = \"authentication\", certificate = 0x5FC105, pin_policy = "
           "\"once\" }]\n"
           "[match]\n" +
           (atr.empty() ? "" : "atr = [{ value = \"" + atr + "\" }]\n") +
           "aid = \"A000000308\"\nanswer_tag = 0x61\n[transport]\nextended = false\n[naming]\nmanufacturer = "
           "\"M\"\nmodel = \"N\"\n[pin]\nreference = 0x80\nmin = 6\nmax = 8\nwidth = 8\nfiller = "
           "0xFF\n[objects]\ndirectory = \"piv\"\nrole = \"nobody\"\n";
}

struct Folder {
    Folder() {
        char name[] = "/tmp/acredita-known-XXXXXX";
        outer = ::mkdtemp(name);
        folder = outer / "firmware-profiles";
        fs::create_directory(folder);
        fs::permissions(folder, fs::perms(0755));
    }
    ~Folder() { fs::remove_all(outer); }
    fs::path write(const std::string& name, const std::string& text, unsigned mode = 0644) const {
        std::ofstream(folder / name) << text;
        fs::permissions(folder / name, fs::perms(mode));
        return folder / name;
    }
    [[nodiscard]] KnownProfiles known() const { return known_profiles(folder, ::getuid()); }
    // What stands in the log of a folder with one file.
    [[nodiscard]] std::string complaint() const {
        const auto read = known();
        BOOST_TEST(read.own.empty());
        BOOST_TEST(read.all.size() == built_in().size());
        return read.mistakes.empty() ? "none" : describe(read.mistakes.front());
    }
    fs::path outer, folder;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(own_profiles, Folder)

BOOST_AUTO_TEST_CASE(stand_beside_those_that_were_built_in) {
    write("b.toml", profile_text("mine-b", "3B0102"));
    write("a.toml", profile_text("mine-a", "3B0101"));
    write("notes.txt", "not a profile");
    write(".hidden.toml", "not a profile");
    const auto read = known();
    BOOST_TEST(read.mistakes.empty());
    BOOST_TEST_REQUIRE(read.all.size() == built_in().size() + 2);
    BOOST_TEST(read.all[built_in().size()].name == "mine-a");
    BOOST_TEST(read.all.back().name == "mine-b");
    const auto answer = from_hex("61034F0100").value();
    const Bytes aid = from_hex("A000000308").value();
    const SelectAnswer one[] = {{aid, sw::ok, answer}};
    BOOST_TEST((match(read.all, from_hex("3B0102").value(), one) == &read.all.back()));
}

BOOST_AUTO_TEST_CASE(are_not_missed_where_there_is_no_folder) {
    for (const auto& path : {outer / "nowhere", fs::path("/nonexistent/acredita/firmware-profiles")}) {
        const auto read = known_profiles(path, ::getuid());
        BOOST_TEST(read.mistakes.empty());
        BOOST_TEST(read.all.size() == built_in().size());
    }
}

BOOST_AUTO_TEST_CASE(that_are_bad_do_not_disable_the_good_ones) {
    write("a.toml", "name = = 5\n");
    write("b.toml", profile_text("mine", "3B0101"));
    write("c.toml", profile_text("other", "3B0102"), 0666);
    const auto read = known();
    BOOST_TEST_REQUIRE(read.own.size() == 1U);
    BOOST_TEST(read.own.front().profile.name == "mine");
    BOOST_TEST(read.mistakes.size() == 2U);
}

BOOST_AUTO_TEST_CASE(that_others_may_write_are_refused) {
    const auto file = write("a.toml", profile_text("mine", "3B0101"), 0664);
    BOOST_TEST(complaint() == file.string() + ":0: profile.unreadable: others than root may write it");
    fs::permissions(file, fs::perms(0646));
    BOOST_TEST(complaint() == file.string() + ":0: profile.unreadable: others than root may write it");
    fs::permissions(file, fs::perms(0644));
    BOOST_TEST(known().own.size() == 1U);
    const auto read = known_profiles(folder, ::getuid() + 1);
    BOOST_TEST(read.own.empty());
    BOOST_TEST(!read.mistakes.empty());
}

BOOST_AUTO_TEST_CASE(in_a_folder_that_others_may_write_are_refused) {
    write("a.toml", profile_text("mine", "3B0101"));
    fs::permissions(folder, fs::perms(0775));
    BOOST_TEST(complaint() == folder.string() + ":0: profile.unreadable: others than root may write in it");
    fs::permissions(folder, fs::perms(0755));
    fs::permissions(outer, fs::perms(0757));
    BOOST_TEST(complaint() == outer.string() + ":0: profile.unreadable: others than root may write in it");
}

BOOST_AUTO_TEST_CASE(behind_a_symbolic_link_are_refused) {
    const auto real = outer / "elsewhere.toml";
    std::ofstream(real) << profile_text("mine", "3B0101");
    fs::create_symlink(real, folder / "a.toml");
    BOOST_TEST(complaint() == (folder / "a.toml").string() + ":0: profile.unreadable: a symbolic link");
    fs::remove(folder / "a.toml");
    fs::rename(folder, outer / "real");
    fs::create_symlink(outer / "real", folder);
    BOOST_TEST(complaint() == folder.string() + ":0: profile.unreadable: a symbolic link");
}

BOOST_AUTO_TEST_CASE(that_are_no_files_are_refused_without_waiting_for_them) {
    ::mkfifo((folder / "a.toml").c_str(), 0644);
    BOOST_TEST(complaint() == (folder / "a.toml").string() + ":0: profile.unreadable: not a plain file");
    fs::remove(folder / "a.toml");
    fs::create_directory(folder / "a.toml");
    BOOST_TEST(complaint() == (folder / "a.toml").string() + ":0: profile.unreadable: not a plain file");
}

BOOST_AUTO_TEST_CASE(that_are_too_long_or_too_many_are_refused) {
    const auto file = write("a.toml", profile_text("mine", "3B0101") + std::string(longest_profile, '#'));
    BOOST_TEST(complaint() == file.string() + ":0: profile.unreadable: too long");
    fs::remove(file);
    for (int i = 0; i <= 100; ++i) write(std::to_string(i) + ".toml", "");
    BOOST_TEST(complaint() == folder.string() + ":0: profile.unreadable: more than 100 files");
}

BOOST_AUTO_TEST_CASE(with_each_kind_of_mistake_are_named_by_file_and_line) {
    struct Spoiled {
        std::string from, to, what;
        unsigned line;
    };
    const Spoiled all[] = {
        {"name = \"mine\"", "name = = 5", "profile.not_toml", 1},
        {"name = \"mine\"\n", "name = \"mine\"\ncolour = 1\n", "profile.unknown_key: colour", 2},
        {"source = \"tried\"\n", "", "profile.missing_key: source", 0},
        {"title = \"A card\"", "title = 5", "profile.wrong_type: title", 2},
        {"bits = 256", "bits = 99999", "profile.out_of_range: algorithms.bits", 6},
        {"\"ecdsa\"", "\"dance\"", "profile.unknown_word: operations: dance", 5},
        {"A000000308", "A00000030X", "profile.not_hex: match.aid", 10},
        {"id = 0x11, use = true }", "id = 0x11, use = true }, { type = \"ec\", bits = 384, id = 0x11 }",
         "profile.duplicate: algorithms.id", 6},
        {"min = 6", "min = 9", "profile.contradiction: pin.min", 19},
        {"name = \"mine\"", "name = \"piv-generic\"", "profile.duplicate: name", 1},
    };
    for (const auto& one : all) {
        auto text = profile_text("mine", "3B0101");
        const auto at = text.find(one.from);
        BOOST_REQUIRE_MESSAGE(at != std::string::npos, one.from);
        text.replace(at, one.from.size(), one.to);
        const auto file = write("a.toml", text);
        const auto wanted = file.string() + ":" + std::to_string(one.line) + ": " + one.what;
        const auto told = complaint();
        BOOST_TEST(told.starts_with(wanted), told << " instead of " << wanted);
    }
}

BOOST_AUTO_TEST_CASE(that_match_the_card_of_an_earlier_one_are_named_by_file_and_line) {
    write("a.toml", profile_text("first", "3B0101"));
    const auto file = write("b.toml", profile_text("second", "3B0101"));
    const auto read = known();
    BOOST_TEST_REQUIRE(read.own.size() == 1U);
    BOOST_TEST(read.own.front().profile.name == "first");
    BOOST_TEST_REQUIRE(read.mistakes.size() == 1U);
    BOOST_TEST(describe(read.mistakes.front()) == file.string() + ":8: profile.overlap: first");
}

BOOST_AUTO_TEST_CASE(that_would_have_too_many_applications_asked_for_are_refused) {
    for (int i = 10; i < 30; ++i) {
        auto text = profile_text("mine-" + std::to_string(i), "");
        text.replace(text.find("A000000308"), 10, "A0000099" + std::to_string(i));
        write(std::to_string(i) + ".toml", text);
    }
    const auto read = known();
    BOOST_TEST(aids_to_probe(read.all, {}).size() <= most_applications);
    BOOST_TEST(!read.own.empty());
    BOOST_REQUIRE(!read.mistakes.empty());
    const auto told = describe(read.mistakes.front());
    BOOST_TEST(told.find(":8: profile.crowded: match.aid") != std::string::npos, told);
}

BOOST_AUTO_TEST_SUITE_END()
