// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita renew abandon: the end of a renewal that will not be finished, with its reason.
#include "tools/cli/commands.hpp"
#include "tools/cli/renew_visit.hpp"
#include "tools/cli/secrets.hpp"

namespace acredita::cli {
namespace {

using renewal::Event;
using renewal::Renewal;
using renewal::renewal_errc;

struct Options {
    CardOptions card;
    std::string reason;
    std::int64_t number = 0; // of a case whose card is not here
    bool lost = false, keep_key = false, yes = false;
};

struct Ended {
    Renewal renewal;
    bool discarded = false; // the key that was made for it
};

Result<void> allowed(const Options& options, const desk::Office& office) {
    // A card that is not here and a key that is lost leave nothing that shows it: somebody answers for it.
    if ((options.lost || options.number != 0) && office.journal.origin().role != "supervisor")
        return fail(renewal_errc::supervisor_needed);
    if (options.reason.empty()) return fail(renewal_errc::reason_needed);
    return {};
}

Result<Renewal> end(const Options& options, Visit& visit, const Renewal& at, bool discarded) {
    office::Facts told{{"reason", options.reason}};
    if (discarded) told["discarded"] = "yes";
    return visit.desk.step(at, options.lost ? Event::lose_old_key : Event::abandon, at.record, visit.parties,
                           told);
}

Result<Ended> abandon_elsewhere(const Options& options) {
    ACREDITA_TRY(office, desk::need_office());
    Visit visit(std::move(office));
    ACREDITA_CHECK(allowed(options, *visit.office));
    ACREDITA_TRY(at, visit.desk.numbered(options.number));
    ACREDITA_TRY(old, renewal::party_of(at.record.old_certificate));
    visit.parties.holder = old.nif;
    ACREDITA_TRY(done, end(options, visit, at, false));
    return Ended{std::move(done)};
}

// A key of the card that no certificate will ever name is only in the way.
bool useless_key(const Renewal& at) {
    return at.record.path == renewal::Path::request && !at.record.new_identifier.empty() &&
           at.record.new_certificate.empty();
}

Result<Ended> abandon(const Program& program, const Options& options) {
    if (options.number != 0) return abandon_elsewhere(options);
    ACREDITA_TRY(visit, begin_visit(program));
    ACREDITA_TRY(at, visit->unfinished());
    ACREDITA_CHECK(allowed(options, *visit->office));
    ACREDITA_CHECK(
        renewal::next(at.record.path, at.state, options.lost ? Event::lose_old_key : Event::abandon));
    if (!agreed(program, "renew.ask_abandon", options.yes)) return fail(renewal_errc::not_agreed);
    bool discarded = false;
    if (useless_key(at) && !options.keep_key) {
        ACREDITA_TRY(keys, ask_for_keys(program, options.card, *visit));
        auto card = keys.card(program, *visit);
        ACREDITA_TRY(gone, renewal::discard_key(card, at.record.new_identifier, at.record.place));
        discarded = gone;
    }
    ACREDITA_TRY(done, end(options, *visit, at, discarded));
    return Ended{std::move(done), discarded};
}

int abandon_command(const Program& program, const Options& options) {
    desk::guard_process();
    const auto done = abandon(program, options);
    if (!done) return program.report(done.error());
    return tell(program, done->renewal, {{"discarded", done->discarded}},
                program.say(options.lost ? "renew.lost" : "renew.abandoned"));
}

} // namespace

void add_renew_abandon(CLI::App& group, Program& program) {
    auto options = std::make_shared<Options>();
    auto& command = program.command(group, "abandon", "renew_abandon",
                                    [&program, options] { return abandon_command(program, *options); });
    program.option(command, "--reason", options->reason, "renew_reason").type_name("TEXT");
    program.option(command, "--case", options->number, "renew_case").type_name("N");
    program.flag(command, "--old-key-lost", options->lost, "renew_lost");
    program.flag(command, "--keep-key", options->keep_key, "renew_keep_key");
    program.flag(command, "--yes", options->yes, "renew_yes_abandon");
    program.reader_option(command);
    program.module_option(command);
    card_options(command, program, options->card);
}

} // namespace acredita::cli
