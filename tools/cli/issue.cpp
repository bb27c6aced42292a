// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita issue: a backup's key and certificate onto the card, proven there, with a receipt.
#include "tools/cli/acta.hpp"
#include "tools/cli/administration.hpp"
#include "tools/cli/card_verdict.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/letterhead.hpp"
#include "tools/cli/output_file.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/desk/load.hpp"
#include "tools/desk/receipt_page.hpp"
#include "tools/p12/file.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

struct Options {
    std::string backup;
    std::vector<std::string> receipts;
    std::filesystem::path sheet;
    ActaChoice acta;
    Answers answers;
    std::string document, reason; // what the journal is told of the visit
    AdministrationOptions administration;
};

// What is only known of the visit, not of the job.
office::Facts visit(const Options& options) {
    office::Facts facts;
    if (!options.document.empty()) facts["document"] = options.document;
    if (!options.reason.empty()) facts["reason"] = options.reason;
    return facts;
}

Result<issue::Receipt> load(const Program& program, const Options& options, ScreenProgress& screen) {
    ACREDITA_TRY(office, desk::open_office());
    ACREDITA_TRY(backup, p12::read_file(options.backup));
    ACREDITA_TRY(configuration, issue::read_configuration(desk::configuration_file));
    ACREDITA_TRY(key, administration_key(options.administration, configuration));
    TerminalPeople terminal(program, screen, options.answers);
    ACREDITA_TRY(so_pin, makers_administration(options.administration, configuration));
    const issue::Request request{
        .module = program.choice(),
        .reader = program.reader(),
        .backup = backup,
        .administration = std::move(key),
        .allow_factory_key = options.administration.factory_key || desk::practising(),
        .so_pin = std::move(so_pin),
        .office = configuration.place,
        .version = ACREDITA_VERSION,
        .practice = desk::practising(),
    };
    return desk::load(request, terminal, screen, office ? &office->journal : nullptr, visit(options));
}

// What the holder takes home.
Result<void> write_page(const Program& program, const Options& options, const issue::Receipt& receipt,
                        const std::string& name) {
    ACREDITA_TRY(office, letterhead(options.acta.office));
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    ACREDITA_TRY(page, desk::draw_receipt(receipt, office, program.language(), now));
    if (const auto written = write_file(name, page); !written)
        return fail(issue::issue_errc::receipt_not_written, written.error().detail);
    return {};
}

Result<void> write_receipts(const Program& program, const Options& options, const issue::Receipt& receipt) {
    for (const std::string& name : options.receipts) {
        if (name.ends_with(".pdf")) {
            ACREDITA_CHECK(write_page(program, options, receipt, name));
            continue;
        }
        const auto text =
            name.ends_with(".json") ? issue::to_json(receipt) : issue::to_text(receipt, program.language());
        if (const auto written = write_file(name, as_bytes(text)); !written)
            return fail(issue::issue_errc::receipt_not_written, written.error().detail);
    }
    return {};
}

int issue_command(const Program& program, const Options& options) {
    desk::guard_process();
    if (const auto free = room_for_acta(options.acta); !free) return program.report(free.error());
    Result<issue::Receipt> receipt = [&] {
        ScreenProgress screen(program);
        return load(program, options, screen);
    }();
    if (!receipt) return report_with_verdict(program, receipt.error(), options.sheet);
    if (auto written = write_receipts(program, options, *receipt); !written)
        return program.report(written.error());
    const CardKeyOptions holder{.fingerprint = receipt->certificate.fingerprint,
                                .pin_descriptor = options.answers.pin_descriptor,
                                .last_try = options.answers.last_try};
    if (const auto done = write_acta(program, options.acta, holder, *receipt); !done)
        return program.report(done.error(), {{"receipt", Json::parse(issue::to_json(*receipt))}});
    if (program.json()) {
        print({{"ok", true}, {"receipt", Json::parse(issue::to_json(*receipt))}});
    } else if (options.receipts.empty()) {
        std::cout << '\n' << issue::to_text(*receipt, program.language());
    } else {
        std::cout << '\n' << program.say("loaded") << '\n';
        for (const std::string& name : options.receipts)
            std::cout << program.say("receipt_at") << " " << name << '\n';
    }
    return 0;
}

} // namespace

void add_issue(CLI::App& app, Program& program) {
    auto options = std::make_shared<Options>();
    auto& answers = options->answers;
    auto& command = program.command(app, "issue", "issue",
                                    [&program, options] { return issue_command(program, *options); });
    program.option(command, "BACKUP", options->backup, "backup").required();
    program.reader_option(command);
    program.module_option(command);
    program.option(command, "--receipt", options->receipts, "receipt").type_name("FILE");
    program.option(command, "--acta", options->acta.file, "acta").type_name("FILE");
    program.option(command, "--office", options->acta.office, "letter_office").type_name("FILE");
    program.option(command, "--sheet", options->sheet, "sheet").type_name("FILE");
    program.option(command, "--choose", answers.choice, "choose").type_name("N");
    program.flag(command, "--yes-overwrite", answers.overwrite, "yes_overwrite");
    program.flag(command, "--last-try", answers.last_try, "last_try");
    program.flag(command, "--allow-expired", answers.expired, "allow_expired");
    program.option(command, "--document", options->document, "document").type_name("TEXT");
    program.option(command, "--journal-reason", options->reason, "journal_reason").type_name("TEXT");
    program.option(command, "--passphrase-fd", answers.passphrase_descriptor, "passphrase_fd").type_name("N");
    program.option(command, "--pin-fd", answers.pin_descriptor, "pin_fd").type_name("N");
    administration_options(command, program, options->administration);
}

} // namespace acredita::cli
