// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The schema: which keys a profile has, and where it may come from.
#include "firmware-profiles/profile/load_files.hpp"
#include "firmware-profiles/profile/load_module.hpp"
#include "firmware-profiles/profile/load_pkcs15.hpp"
#include "firmware-profiles/profile/load_tables.hpp"
#include "firmware-profiles/profile/match.hpp"

#include <algorithm>
#include <fstream>

namespace acredita::profile {

namespace {

// A profile that names a module instead of a dialect says how to know the card and nothing else: what it is
// told by is the answer to reset, because nobody here knows a command for it. Without a rule it is for those
// who name the module.
void read_makers(TableReader& root, Profile& profile, Report& report) {
    auto in = root.table("match");
    profile.match = read_match(in, report, Need::optional);
    for (const auto* key : {"aid", "label_prefix", "no_label", "generic"})
        if (in.has(key)) in.mistake(profile_errc::contradiction, key);
    root.finish();
}

void read_profile(TableReader root, Profile& profile, Report& report) {
    profile.name = root.text("name", Need::required);
    profile.title = root.text("title", Need::required);
    root.word("evidence", profile.evidence, Need::required);
    profile.source = root.text("source", Need::required);
    profile.module = read_module(root.table("module"), report);
    if (root.has("module")) return read_makers(root, profile, report);
    profile.match = read_match(root.table("match", Need::required), report);
    profile.transport = read_transport(root.table("transport", Need::required));
    profile.naming = read_naming(root.table("naming", Need::required));
    profile.pin = read_pin(root.table("pin", Need::required));
    profile.puk = read_pin(root.table("puk"));
    profile.metadata = root.yes("metadata");
    profile.metadata_since = root.version("metadata_since");
    profile.logout = root.yes("logout");
    profile.admin = read_admin(root.table("admin"), report);
    profile.algorithms = read_algorithms(root, report);
    profile.operations = root.words<card::Operation>("operations");
    profile.places = read_places(root, report);
    read_writing(root, profile);
    profile.file_rules = read_file_rules(root, report, profile.objects.directory == DirectoryKind::files);
    profile.openpgp = read_openpgp(root.table("openpgp"));
    profile.quirks = root.words<Quirk>("quirks");
    read_pkcs15(root, profile);
    check_together(root, profile);
    root.finish();
}

} // namespace

Checked check(std::string_view text, std::string file) {
    Checked checked;
    checked.loaded.file = file;
    Report report{std::move(file), checked.loaded.arena};
    std::string plain(text);
    if (const auto line = make_plain_toml(plain); line != 0) {
        checked.mistakes.push_back(
            {profile_errc::not_toml, report.file, line, "not what a line may look like"});
        return checked;
    }
    const auto parsed = toml::parse(std::string_view(plain), report.file);
    if (parsed) {
        const TableReader root(&parsed.table(), "", 0, report);
        checked.loaded.match_line = root.line("match");
        checked.loaded.name_line = root.line("name");
        read_profile(root, checked.loaded.profile, report);
    } else {
        report.add(profile_errc::not_toml, static_cast<unsigned>(parsed.error().source().begin.line),
                   std::string(parsed.error().description()));
    }
    checked.mistakes = std::move(report.mistakes);
    return checked;
}

Checked check_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string text(longest_profile + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    if (in.bad() || (!in.eof() && in.fail()) || !in.is_open() || text.empty() ||
        text.size() > longest_profile) {
        Checked checked;
        checked.mistakes.push_back({profile_errc::unreadable, path, 0, {}});
        return checked;
    }
    return check(text, path);
}

std::vector<Mistake> check_overlaps(std::span<const LoadedProfile> loaded, std::span<const Profile> others) {
    std::vector<Mistake> mistakes;
    const auto compare = [&](const LoadedProfile& later, const Profile& earlier) {
        if (overlap(later.profile, earlier))
            mistakes.push_back(
                {profile_errc::overlap, later.file, later.match_line, std::string(earlier.name)});
        else if (later.profile.name == earlier.name)
            mistakes.push_back({profile_errc::duplicate, later.file, later.name_line, "name"});
    };
    for (std::size_t i = 0; i < loaded.size(); ++i) {
        for (const auto& other : others) compare(loaded[i], other);
        for (std::size_t j = 0; j < i; ++j) compare(loaded[i], loaded[j].profile);
    }
    return mistakes;
}

std::string describe(const Mistake& mistake) {
    const std::error_code code(static_cast<int>(mistake.code), error_category<profile_errc>());
    return mistake.file + ":" + std::to_string(mistake.line) + ": " + error_name(code) + ": " + mistake.what;
}

} // namespace acredita::profile
