// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita pin change, pin unblock: a new PIN with the old one, or with the PUK when the old one is blocked
// or forgotten.
#include "tools/cli/commands.hpp"
#include "tools/cli/terminal_pin_people.hpp"
#include "tools/desk/pin_visit.hpp"
#include "tools/issue/target.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

struct Options {
    bool with_puk = false;
    PinAnswers answers;
};

Result<void> change(const Program& program, const Options& options) {
    ACREDITA_TRY(target, issue::find_target(program.choice(), program.reader()));
    ACREDITA_TRY(session, client::Session::open(target.module, target.slot, client::Access::read_write));
    TerminalPinPeople people(program, options.answers);
    const desk::PinChoice choice{.digits_only = false}; // a terminal has letters, and so may the card
    return options.with_puk ? desk::unblock_pin(session, people, choice)
                            : desk::change_pin(session, people, choice);
}

int pin_command(const Program& program, const Options& options) {
    desk::guard_process();
    if (const auto done = change(program, options); !done) return program.report(done.error());
    if (program.json())
        print({{"ok", true}});
    else
        std::cout << program.say(options.with_puk ? "pin_unblocked" : "pin_changed") << '\n';
    return 0;
}

void add(CLI::App& group, Program& program, const std::string& name, bool with_puk) {
    auto options = std::make_shared<Options>();
    options->with_puk = with_puk;
    auto& answers = options->answers;
    auto& command = program.command(group, name, "pin_" + name,
                                    [&program, options] { return pin_command(program, *options); });
    program.reader_option(command);
    program.module_option(command);
    program
        .option(command, with_puk ? "--puk-fd" : "--pin-fd", with_puk ? answers.puk : answers.pin,
                with_puk ? "puk_fd" : "pin_fd")
        .type_name("N");
    program.option(command, "--new-pin-fd", answers.new_pin, "new_pin_fd").type_name("N");
    program.flag(command, "--last-try", answers.last_try, "last_try");
}

} // namespace

void add_pin(CLI::App& app, Program& program) {
    auto& group = program.group(app, "pin", "pin");
    add(group, program, "change", false);
    add(group, program, "unblock", true);
    add_pin_hand_over(group, program);
}

} // namespace acredita::cli
