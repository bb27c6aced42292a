// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita pin hand-over: a card with the PIN or the PUK of its factory becomes its holder's.
#include "tools/cli/commands.hpp"
#include "tools/cli/terminal_pin_people.hpp"
#include "tools/desk/pin_record.hpp"
#include "tools/issue/administration.hpp"
#include "tools/issue/target.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

struct Options {
    PinAnswers answers;
    std::string puk; // empty: as the configuration says
    bool fresh_card = false;
};

// What the card does not say itself, the person who knows that it is new does.
desk::HandOverDue what_is_due(const client::CardFacts& facts, bool fresh_card) {
    auto what = desk::due(facts);
    if (!fresh_card) return what;
    what.pin = what.pin || !facts.factory_pin.has_value();
    what.puk = what.puk || (!facts.factory_puk.has_value() && what.puk_changeable);
    return what;
}

Result<desk::HandedOver> hand_over(const Program& program, const Options& options) {
    ACREDITA_TRY(configuration, issue::read_configuration(desk::configuration_file));
    ACREDITA_TRY(office, desk::open_office());
    const auto policy = desk::puk_policy_named(options.puk.empty() ? configuration.puk : options.puk).value();
    ACREDITA_TRY(target, issue::find_target(program.choice(), program.reader()));
    ACREDITA_TRY(session, client::Session::open(target.module, target.slot, client::Access::read_write));
    ACREDITA_TRY(facts, client::card_facts(session, client::Ask::pin | client::Ask::puk));
    const auto what = what_is_due(facts, options.fresh_card);
    if (!what.any()) return desk::HandedOver{};
    TerminalPinPeople people(program, options.answers);
    auto done = desk::hand_over(session, people, {.digits_only = false}, policy, what);
    ACREDITA_CHECK(desk::record_hand_over(office ? &office->journal : nullptr, target.token.serial, done));
    return done;
}

int hand_over_command(const Program& program, const Options& options) {
    desk::guard_process();
    const auto done = hand_over(program, options);
    if (!done) return program.report(done.error());
    if (program.json()) {
        print({{"ok", true}, {"pin", done->pin ? "by_holder" : "left"}, {"puk", name_of(done->puk)}});
        return 0;
    }
    std::cout << program.say(done->pin ? "pin_changed" : "hand_over.pin_left") << '\n'
              << program.say("hand_over.puk." + std::string(name_of(done->puk))) << '\n';
    return 0;
}

} // namespace

void add_pin_hand_over(CLI::App& group, Program& program) {
    auto options = std::make_shared<Options>();
    auto& answers = options->answers;
    auto& command = program.command(group, "hand-over", "pin_hand_over",
                                    [&program, options] { return hand_over_command(program, *options); });
    program.reader_option(command);
    program.module_option(command);
    program.option(command, "--puk", options->puk, "puk_policy")
        .type_name("holder|sealed|blocked")
        ->check(CLI::IsMember({"holder", "sealed", "blocked"}));
    program.flag(command, "--new-card", options->fresh_card, "new_card");
    program.option(command, "--new-pin-fd", answers.new_pin, "new_pin_fd").type_name("N");
    program.option(command, "--new-puk-fd", answers.new_puk, "new_puk_fd").type_name("N");
    program.option(command, "--pin-fd", answers.pin, "pin_fd").type_name("N");
    program.option(command, "--puk-fd", answers.puk, "puk_fd").type_name("N");
    program.flag(command, "--last-try", answers.last_try, "last_try");
}

} // namespace acredita::cli
