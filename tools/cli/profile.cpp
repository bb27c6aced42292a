// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita profile list, check, explain, draft: what the program knows of card firmwares, whether a file is a
// good profile, and the beginning of another one.
#include "firmware-profiles/profile/known.hpp"
#include "firmware-profiles/profile/match.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/output_file.hpp"
#include "tools/cli/profile_draft.hpp"
#include "tools/issue/target.hpp"

#include <fstream>
#include <iostream>
#include <sstream>

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

bool imports(const Profile& known) {
    if (known.module.present()) return known.module.import_role != profile::StoresAs::nobody;
    return known.import.kind != profile::ImportKind::none;
}

Json as_json(const Profile& profile) {
    return {{"name", profile.name},
            {"title", profile.title},
            {"evidence", std::string(word(profile.evidence)).substr(9)},
            {"source", profile.source},
            {"imports", imports(profile)},
            {"places", profile.places.size()}};
}

// What a mistake in a profile is called for people.
std::string told(const Program& program, const profile::Mistake& mistake) {
    return catalogue::message(fail(mistake.code, mistake.what).value(), program.language()).what;
}

Json as_json(const profile::Mistake& mistake) {
    return {{"file", mistake.file},
            {"line", mistake.line},
            {"name", error_name(fail(mistake.code).value().code)},
            {"what", mistake.what}};
}

void print_mistakes(const Program& program, const std::vector<profile::Mistake>& mistakes) {
    for (const auto& mistake : mistakes)
        std::cout << mistake.file << ':' << mistake.line << ": " << told(program, mistake) << '\n';
}

Json list_makers(const Program& program) {
    Json all = Json::array();
    for (const auto& profile : profile::built_in_makers()) {
        auto row = as_json(profile);
        row["files"] = Json::array();
        for (const auto& file : profile.module.files) row["files"].push_back(file.path);
        all.push_back(std::move(row));
        if (program.json()) continue;
        std::cout << profile.name << "\n    " << profile.title << "\n    " << program.say("makers_module")
                  << "; " << program.say(word(profile.evidence)) << '\n';
    }
    return all;
}

int list(const Program& program) {
    const auto known = profile::known_profiles();
    Json all = Json::array();
    const auto first_own = known.all.size() - known.own.size();
    for (std::size_t i = 0; i < known.all.size(); ++i) {
        const auto& profile = known.all[i];
        auto row = as_json(profile);
        row["file"] = i < first_own ? Json(nullptr) : Json(known.own[i - first_own].file);
        all.push_back(std::move(row));
        if (program.json()) continue;
        std::cout << profile.name << "\n    " << profile.title << "\n    "
                  << program.say(imports(profile) ? "import_yes" : "import_no") << "; "
                  << program.say(word(profile.evidence));
        if (i >= first_own)
            std::cout << "; " << program.say("own_profile") << ": " << known.own[i - first_own].file;
        std::cout << '\n';
    }
    const auto makers = list_makers(program);
    if (program.json()) {
        Json mistakes = Json::array();
        for (const auto& mistake : known.mistakes) mistakes.push_back(as_json(mistake));
        print({{"ok", true}, {"profiles", all}, {"makers_modules", makers}, {"not_used", mistakes}});
    } else if (!known.mistakes.empty()) {
        std::cout << '\n'
                  << program.say("own_profiles_bad", {{"folder", profile::own_profiles_folder}}) << '\n';
        print_mistakes(program, known.mistakes);
    }
    return 0;
}

// Beside all others of this computer, but not beside itself where it is installed already.
std::vector<profile::Mistake> mistakes_beside_others(const profile::LoadedProfile& one) {
    auto known = profile::known_profiles();
    std::error_code absent;
    for (std::size_t i = 0; i < known.own.size(); ++i)
        if (std::filesystem::equivalent(known.own[i].file, one.file, absent)) {
            known.all.erase(known.all.end() - static_cast<std::ptrdiff_t>(known.own.size() - i));
            break;
        }
    return profile::check_beside(one, known.all);
}

int check(const Program& program, const std::string& file) {
    auto checked = profile::check_file(file);
    if (checked.mistakes.empty()) checked.mistakes = mistakes_beside_others(checked.loaded);
    const bool good = checked.mistakes.empty();
    if (program.json()) {
        Json all = Json::array();
        for (const auto& mistake : checked.mistakes) all.push_back(as_json(mistake));
        print({{"ok", good}, {"mistakes", all}});
    } else {
        print_mistakes(program, checked.mistakes);
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
    const auto known = profile::known_profiles();
    for (const auto& profile : known.all) {
        const bool fits = profile::possible(profile, *atr);
        if (fits) possible.push_back(as_json(profile));
        if (!program.json())
            std::cout << (fits ? "✓ " : "✗ ") << profile.name << ": "
                      << program.say(fits ? "profile_possible" : "profile_excluded") << '\n';
    }
    if (program.json()) {
        Json aids = Json::array();
        for (const auto aid : profile::aids_to_probe(known.all, *atr)) aids.push_back(to_hex(aid));
        print({{"ok", true}, {"atr", to_hex(*atr)}, {"possible", possible}, {"probes", aids}});
    }
    return 0;
}

struct DraftOptions {
    std::filesystem::path report, out;
    std::string name = "my-card";
};

Result<std::string> text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return fail(cli_errc::file_unreadable, file.filename().string());
    return text.str();
}

Result<Draft> draft_from(const DraftOptions& options) {
    std::error_code none;
    if (!std::filesystem::is_regular_file(options.report, none))
        return fail(cli_errc::file_unreadable, options.report.filename().string());
    ACREDITA_TRY(report, text_of(options.report));
    return draft_profile(report, options.name);
}

int draft(const Program& program, const DraftOptions& options) {
    const auto made = draft_from(options);
    if (!made) return program.report(made.error());
    if (!options.out.empty())
        if (const auto written = write_file(options.out, as_bytes(made->text)); !written)
            return program.report(written.error());
    if (program.json())
        print({{"ok", true}, {"name", options.name}, {"base", made->base}, {"profile", made->text}});
    else if (options.out.empty())
        std::cout << made->text;
    if (!program.json()) std::cerr << program.say("draft_from", {{"base", made->base}}) << '\n';
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
    auto wish = std::make_shared<DraftOptions>();
    auto& drafting =
        program.command(group, "draft", "profile_draft", [&program, wish] { return draft(program, *wish); });
    program.option(drafting, "REPORT", wish->report, "probe_file").required();
    program.option(drafting, "--name", wish->name, "draft_name").type_name("NAME");
    program.option(drafting, "--out", wish->out, "draft_out").type_name("FILE");
    auto atr = std::make_shared<std::string>();
    auto& explaining = program.command(group, "explain", "profile_explain",
                                       [&program, atr] { return explain(program, *atr); });
    program.option(explaining, "--atr", *atr, "atr").type_name("HEX");
    program.reader_option(explaining);
}

} // namespace acredita::cli
