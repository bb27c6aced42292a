// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita profile list, check, explain: what the program knows of card firmwares, and whether a file is a
// good profile.
#include "firmware-profiles/profile/load.hpp"
#include "firmware-profiles/profile/match.hpp"
#include "tools/cli/commands.hpp"
#include "tools/issue/target.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

using profile::Profile;

std::string_view word(profile::Evidence evidence) {
    switch (evidence) {
    case profile::Evidence::card:
        return "evidence_card";
    case profile::Evidence::simulation:
        return "evidence_simulation";
    case profile::Evidence::documents:
        break;
    }
    return "evidence_documents";
}

bool imports(const Profile& known) { return known.import.kind != profile::ImportKind::none; }

Json as_json(const Profile& profile) {
    return {{"name", profile.name},
            {"title", profile.title},
            {"evidence", std::string(word(profile.evidence)).substr(9)},
            {"source", profile.source},
            {"imports", imports(profile)},
            {"places", profile.places.size()}};
}

int list(const Program& program) {
    Json all = Json::array();
    for (const auto& profile : profile::built_in()) {
        all.push_back(as_json(profile));
        if (program.json()) continue;
        std::cout << profile.name << "\n    " << profile.title << "\n    "
                  << program.say(imports(profile) ? "import_yes" : "import_no") << "; "
                  << program.say(word(profile.evidence)) << '\n';
    }
    if (program.json()) print({{"ok", true}, {"profiles", all}});
    return 0;
}

// What a mistake in a profile is called for people.
std::string told(const Program& program, const profile::Mistake& mistake) {
    return catalogue::message(fail(mistake.code, mistake.what).value(), program.language()).what;
}

int check(const Program& program, const std::string& file) {
    auto checked = profile::check_file(file);
    if (checked.mistakes.empty()) {
        std::vector<profile::LoadedProfile> alone;
        alone.push_back(std::move(checked.loaded));
        checked.mistakes = profile::check_overlaps(alone, profile::built_in());
    }
    const bool good = checked.mistakes.empty();
    if (program.json()) {
        Json all = Json::array();
        for (const auto& mistake : checked.mistakes)
            all.push_back({{"line", mistake.line},
                           {"name", error_name(fail(mistake.code).value().code)},
                           {"what", mistake.what}});
        print({{"ok", good}, {"mistakes", all}});
    } else {
        for (const auto& mistake : checked.mistakes)
            std::cout << mistake.file << ':' << mistake.line << ": " << told(program, mistake) << '\n';
        if (good) std::cout << program.say("profile_good") << '\n';
    }
    if (good) return 0;
    const auto row = catalogue::row("profile.faulty", program.language());
    return row ? static_cast<int>(row->code) : usage_error;
}

Result<Bytes> atr_of(const Program& program, const std::string& given) {
    if (!given.empty()) return from_hex(given);
    ACREDITA_TRY(card, issue::find_card(program.reader()));
    return card.atr;
}

int explain(const Program& program, const std::string& given) {
    const auto atr = atr_of(program, given);
    if (!atr) return program.report(atr.error());
    Json possible = Json::array();
    if (!program.json()) std::cout << "ATR " << to_hex(*atr) << '\n';
    for (const auto& profile : profile::built_in()) {
        const bool fits = profile::possible(profile, *atr);
        if (fits) possible.push_back(as_json(profile));
        if (!program.json())
            std::cout << (fits ? "✓ " : "✗ ") << profile.name << ": "
                      << program.say(fits ? "profile_possible" : "profile_excluded") << '\n';
    }
    if (program.json()) {
        Json aids = Json::array();
        for (const auto aid : profile::aids_to_probe(profile::built_in(), *atr)) aids.push_back(to_hex(aid));
        print({{"ok", true}, {"atr", to_hex(*atr)}, {"possible", possible}, {"probes", aids}});
    }
    return 0;
}

} // namespace

void add_profile(CLI::App& app, Program& program) {
    auto& group = program.group(app, "profile", "profile");
    program.command(group, "list", "profile_list", [&program] { return list(program); });
    auto file = std::make_shared<std::string>();
    auto& checking =
        program.command(group, "check", "profile_check", [&program, file] { return check(program, *file); });
    program.option(checking, "FILE", *file, "profile_file").required();
    auto atr = std::make_shared<std::string>();
    auto& explaining = program.command(group, "explain", "profile_explain",
                                       [&program, atr] { return explain(program, *atr); });
    program.option(explaining, "--atr", *atr, "atr").type_name("HEX");
    program.reader_option(explaining);
}

} // namespace acredita::cli
