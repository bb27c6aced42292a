// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/renew_portals.hpp"

#include "tools/cli/secrets.hpp"
#include "tools/portals/known.hpp"
#include "tools/practice/places.hpp"

#include <algorithm>

namespace acredita::cli {
namespace {

constexpr std::string_view left_out = "-"; // before the identifier of a portal that was not asked

bool answered(const renewal::Record& record, const std::string& id) {
    return std::ranges::any_of(record.portals, [&](const std::string& one) {
        return one == id || one == std::string(left_out) + id;
    });
}

} // namespace

void portal_options(CLI::App& command, Program& program, PortalAnswers& answers) {
    program.option(command, "--portal", answers.done, "renew_portal").type_name("PORTAL");
    program.option(command, "--without-portal", answers.without, "renew_without_portal").type_name("PORTAL");
    program.flag(command, "--portals-done", answers.all, "renew_portals");
}

std::vector<OpenPortal> open_portals(const Program& program, const renewal::Record& record) {
    std::vector<OpenPortal> open;
    for (const auto& one : portals::known_portals(practice::places::portals()).all)
        if (!answered(record, one.id)) open.push_back({one.id, one.in(program.language()).name});
    return open;
}

Result<void> answer_portals(const Program& program, const PortalAnswers& answers, renewal::Record& record) {
    auto open = open_portals(program, record);
    const auto take = [&](const std::string& id, std::string_view mark) -> Result<void> {
        if (answered(record, id)) return {};
        if (std::ranges::find(open, id, &OpenPortal::id) == open.end())
            return fail(renewal::renewal_errc::portal_unknown, id);
        record.portals.push_back(std::string(mark) + id);
        return {};
    };
    for (const auto& id : answers.done) ACREDITA_CHECK(take(id, ""));
    for (const auto& id : answers.without) ACREDITA_CHECK(take(id, left_out));
    open = open_portals(program, record);
    for (const auto& one : open) {
        const auto asked = "  " + program.say("renew.ask_portal", {{"portal", one.name}}) + " ";
        const auto answer = answers.all ? Result<std::string>(program.say("yes_word"))
                                        : answer_from_terminal(asked, "--portal");
        if (answer && *answer == program.say("yes_word")) ACREDITA_CHECK(take(one.id, ""));
    }
    return {};
}

} // namespace acredita::cli
