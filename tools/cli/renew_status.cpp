// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita renew status: unfinished business first, then how each certificate on the card stands.
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/renew_notice.hpp"
#include "tools/cli/renew_portals.hpp"
#include "tools/cli/renew_visit.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

using renewal::Standing;

struct Row {
    issue::CertificateSummary summary;
    renewal::Validity validity;
    bool personal = false;
};

std::string_view name_of(Standing standing) {
    switch (standing) {
    case Standing::valid:
        return "valid";
    case Standing::ends_soon:
        return "ends_soon";
    case Standing::expired:
        return "expired";
    case Standing::not_yet_valid:
        return "not_yet_valid";
    }
    return "";
}

Result<std::vector<Row>> rows_of(const Visit& visit) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::vector<Row> rows;
    for (const auto& entry : visit.certificates) {
        auto summary = issue::summarise(entry.der, now);
        if (!summary) continue;
        const auto party = renewal::party_of(entry.der);
        Row row{*std::move(summary), {}, party.has_value()};
        if (party) row.validity = renewal::validity(party->not_before, party->not_after, now);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string words_of(const Program& program, const std::vector<Row>& rows) {
    std::string text;
    std::size_t dying = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        text += std::to_string(i + 1) + ")\n" + describe_certificate(program, row.summary) + "\n";
        if (!row.personal) continue;
        text += "      " +
                program.say("renew.standing." + std::string(name_of(row.validity.standing)),
                            {{"days", std::to_string(row.validity.days)}}) +
                "\n";
        if (row.validity.standing == Standing::ends_soon || row.validity.standing == Standing::expired)
            ++dying;
    }
    if (dying > 0) text += "\n" + program.say("renew.notice") + "\n";
    if (dying > 1) text += program.say("renew.notice_others") + "\n";
    return text;
}

Json rows_json(const std::vector<Row>& rows) {
    Json all = Json::array();
    for (const auto& row : rows) {
        auto one = certificate_json(row.summary);
        one["personal"] = row.personal;
        one["standing"] = row.personal ? Json(name_of(row.validity.standing)) : Json(nullptr);
        one["days"] = row.personal ? Json(row.validity.days) : Json(nullptr);
        all.push_back(std::move(one));
    }
    return all;
}

Result<void> status(const Program& program) {
    ACREDITA_TRY(visit, begin_visit(program));
    ACREDITA_TRY(rows, rows_of(*visit));
    const auto& found = visit->found;
    const auto notice =
        found ? waiting_notice(program, visit->office->configuration.renewal, *found) : std::string();
    if (program.json()) {
        Json open = Json::array();
        if (found)
            for (const auto& one : open_portals(program, found->record)) open.push_back(one.id);
        print({{"ok", true},
               {"portals", std::move(open)},
               {"notice", notice.empty() ? Json(nullptr) : Json(notice)},
               {"renewal", found ? renewal_json(program, *found) : Json(nullptr)},
               {"certificates", rows_json(rows)}});
        return {};
    }
    if (found) std::cout << renewal_words(program, *found) << "\n\n";
    if (found && found->state == renewal::State::second_signed) {
        std::cout << program.say("renew.portals") << '\n';
        for (const auto& one : open_portals(program, found->record))
            std::cout << "  " << one.id << "  " << one.name << '\n';
        std::cout << '\n';
    }
    if (!notice.empty()) std::cout << notice << '\n';
    std::cout << words_of(program, rows);
    if (!found) std::cout << program.say("renew.nothing_open") << '\n';
    return {};
}

int status_command(const Program& program) {
    const auto done = status(program);
    return done ? 0 : program.report(done.error());
}

} // namespace

void add_renew_status(CLI::App& group, Program& program) {
    auto& command =
        program.command(group, "status", "renew_status", [&program] { return status_command(program); });
    program.reader_option(command);
    program.module_option(command);
}

void add_renew(CLI::App& app, Program& program) {
    auto& group = program.group(app, "renew", "renew");
    for (const auto add : {add_renew_status, add_renew_start, add_renew_letter, add_renew_receive,
                           add_renew_finish, add_renew_abandon})
        add(group, program);
}

} // namespace acredita::cli
