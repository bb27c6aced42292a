// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/load_family.hpp"

#include "firmware-profiles/profile/load_atr.hpp"

namespace acredita::profile {

namespace {

Family read_family(TableReader& in, Report& report) {
    Family family;
    family.name = in.text("name", Need::required);
    family.title = in.text("title", Need::required);
    in.word("verdict", family.verdict, Need::required);
    family.modules = in.text_list("modules");
    family.import_never = in.yes("import_never");
    family.source = in.text("source", Need::required);
    family.atr = read_atr_rules(in, "atr", 2, report);
    family.historical = read_atr_rules(in, "historical", 1, report);
    if (family.atr.empty() && family.historical.empty()) in.mistake(profile_errc::missing_key, "atr");
    if ((family.verdict == Verdict::makers_module) == family.modules.empty())
        in.mistake(profile_errc::contradiction, "modules");
    in.finish();
    return family;
}

} // namespace

CheckedFamilies check_families(std::string_view text, std::string file) {
    CheckedFamilies checked;
    Report report{std::move(file), checked.arena};
    std::string plain(text);
    if (const auto line = make_plain_toml(plain); line != 0) {
        checked.mistakes.push_back(
            {profile_errc::not_toml, report.file, line, "not what a line may look like"});
        return checked;
    }
    const auto parsed = toml::parse(std::string_view(plain), report.file);
    if (!parsed) {
        report.add(profile_errc::not_toml, static_cast<unsigned>(parsed.error().source().begin.line),
                   std::string(parsed.error().description()));
    } else {
        TableReader root(&parsed.table(), "", 0, report);
        for (auto& row : root.tables("family")) {
            auto family = read_family(row, report);
            for (const auto& earlier : checked.families) {
                if (earlier.name == family.name) row.mistake(profile_errc::duplicate, "name");
                if (overlap(earlier, family))
                    report.add(profile_errc::overlap, row.line(), std::string(earlier.name));
            }
            checked.families.push_back(family);
        }
        if (checked.families.empty()) root.mistake(profile_errc::missing_key, "family");
        root.finish();
    }
    checked.mistakes = std::move(report.mistakes);
    return checked;
}

} // namespace acredita::profile
