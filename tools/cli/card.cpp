// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita card: what is on the card in the reader, and the state of its PIN. Spends no try.
#include "tools/cli/card_applications.hpp"
#include "tools/cli/card_verdict.hpp"
#include "tools/cli/card_words.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/renew_visit.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

Result<CardContents> read(const Program& program) {
    CardContents contents;
    ACREDITA_TRY(target, issue::find_target(program.choice(), program.reader()));
    contents.target = std::move(target);
    {
        ACREDITA_TRY(session, client::Session::open(contents.target.module, contents.target.slot,
                                                    client::Access::read_only));
        using client::Ask;
        ACREDITA_TRY(facts, client::card_facts(session, Ask::pin | Ask::puk | Ask::storing |
                                                            Ask::destination | Ask::names));
        contents.facts = std::move(facts);
        ACREDITA_TRY(entries, client::certificates(session));
        for (auto& entry : entries) {
            auto summary = issue::summarise(entry.der, issue::Clock::now());
            contents.certificates.emplace_back(std::move(entry),
                                               summary ? *std::move(summary) : issue::CertificateSummary{});
        }
    }
    // Last, because it changes what is selected on the card. A card that is busy has told enough.
    if (contents.target.reader)
        if (auto found = applications_on(contents.target.reader->name))
            contents.applications = *std::move(found);
    return contents;
}

// Unfinished business comes first; an office that cannot be asked does not keep the card from being shown.
std::optional<renewal::Renewal> unfinished(const CardContents& contents) {
    const auto office = desk::open_office();
    if (!office || !*office) return std::nullopt;
    renewal::Desk desk((*office)->database, (*office)->journal);
    auto found = desk.of_card(contents.target.token.serial);
    return found ? *std::move(found) : std::nullopt;
}

int card(const Program& program, const std::filesystem::path& sheet) {
    const auto contents = read(program);
    if (!contents) return report_with_verdict(program, contents.error(), sheet);
    const auto renewal = unfinished(*contents);
    if (program.json()) {
        print_card_json(*contents, renewal ? renewal_json(program, *renewal) : Json(nullptr));
        return 0;
    }
    if (renewal) std::cout << renewal_words(program, *renewal) << "\n\n";
    print_card_text(program, *contents);
    return 0;
}

} // namespace

void add_card(CLI::App& app, Program& program) {
    auto sheet = std::make_shared<std::filesystem::path>();
    auto& command = program.command(app, "card", "card", [&program, sheet] { return card(program, *sheet); });
    program.reader_option(command);
    program.module_option(command);
    program.option(command, "--sheet", *sheet, "sheet").type_name("FILE");
    command.require_subcommand(0, 1);
    add_card_prepare(command, program);
    add_card_probe(command, program);
}

} // namespace acredita::cli
