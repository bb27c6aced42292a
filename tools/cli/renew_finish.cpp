// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita renew finish: the portals, and then the old key leaves the card.
#include "tools/cli/commands.hpp"
#include "tools/cli/renew_portals.hpp"
#include "tools/cli/renew_visit.hpp"
#include "tools/cli/secrets.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

using renewal::Event;
using renewal::Renewal;
using renewal::renewal_errc;
using renewal::State;

struct Options {
    CardOptions card;
    PortalAnswers portals;
    bool yes = false;
};

struct Finished {
    Renewal renewal;
    std::optional<renewal::Removal> removal;
};

// What was confirmed stays, also if others are still open.
Result<Renewal> confirm_portals(const Program& program, const Options& options, Visit& visit,
                                const Renewal& at) {
    auto record = at.record;
    ACREDITA_CHECK(answer_portals(program, options.portals, record));
    std::string open, told;
    for (const auto& one : open_portals(program, record)) open += (open.empty() ? "" : ", ") + one.id;
    if (!open.empty()) {
        if (record.portals != at.record.portals) ACREDITA_CHECK(visit.desk.note(at, record));
        return fail(renewal_errc::portals_open, open);
    }
    for (const auto& one : record.portals) told += (told.empty() ? "" : " ") + one;
    return visit.desk.step(at, Event::confirm_portals, record, visit.parties, {{"portals", told}});
}

Result<Finished> remove(const Program& program, const Options& options, Visit& visit, const Renewal& at) {
    if (const auto old = issue::summarise(at.record.old_certificate, issue::Clock::now()))
        std::cerr << "  "
                  << program.say("renew.removal", {{"holder", old->holder},
                                                   {"until", old->not_after.substr(0, 10)},
                                                   {"key", old->key}})
                  << std::endl;
    if (!agreed(program, "renew.ask_removal", options.yes)) return fail(renewal_errc::removal_refused);
    ACREDITA_TRY(keys, ask_for_keys(program, options.card, visit));
    auto card = keys.card(program, visit);
    auto removal = renewal::remove_old(card, at.record.old_certificate, at.record.new_certificate);
    if (!removal) return failed_step(visit, at, Event::remove_old, removal.error());
    ACREDITA_TRY(done, visit.desk.step(at, Event::remove_old, at.record, visit.parties,
                                       {{"keys", std::to_string(removal->keys)},
                                        {"tried", std::to_string(removal->tried)}}));
    return Finished{std::move(done), *removal};
}

Result<Finished> finish(const Program& program, const Options& options) {
    ACREDITA_TRY(visit, begin_visit(program));
    ACREDITA_TRY(at, visit->unfinished());
    if (at.state == State::second_signed) {
        ACREDITA_TRY(confirmed, confirm_portals(program, options, *visit, at));
        at = std::move(confirmed);
    }
    ACREDITA_CHECK(renewal::next(at.record.path, at.state, Event::remove_old));
    return remove(program, options, *visit, at);
}

int finish_command(const Program& program, const Options& options) {
    desk::guard_process();
    const auto done = finish(program, options);
    if (!done) return program.report(done.error());
    const auto& removal = *done->removal;
    const auto words = program.say("renew.removed", {{"keys", std::to_string(removal.keys)},
                                                     {"tried", std::to_string(removal.tried)}}) +
                       "\n" + program.say("renew.thanks");
    return tell(
        program, done->renewal,
        {{"removal",
          {{"keys", removal.keys}, {"certificates", removal.certificates}, {"tried", removal.tried}}}},
        words);
}

} // namespace

void add_renew_finish(CLI::App& group, Program& program) {
    auto options = std::make_shared<Options>();
    auto& command = program.command(group, "finish", "renew_finish",
                                    [&program, options] { return finish_command(program, *options); });
    portal_options(command, program, options->portals);
    program.flag(command, "--yes", options->yes, "renew_yes_remove");
    program.reader_option(command);
    program.module_option(command);
    card_options(command, program, options->card);
}

} // namespace acredita::cli
