// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita card prepare: a card as its maker delivers it (IsoApplet) gets its PUK, its directory and its
// first PIN. A card that has them is left alone: nothing of ours erases one.
#include "pkcs11/client/pin.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/issue/target.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

using client::cryptoki_errc;

struct Options {
    int puk_descriptor = -1;
    int new_pin_descriptor = -1;
    std::string label = "Acredita";
};

// Typed twice, because nobody can read it from the card again.
Result<Secret> chosen(const Program& program, int descriptor, const std::string& key,
                      const std::string& option) {
    ACREDITA_TRY(first, secret_from(descriptor, program.say(key) + ": ", option));
    if (descriptor >= 0) return std::move(first);
    ACREDITA_TRY(second, secret_from_terminal(program.say(key + "_again") + ": ", option));
    if (!first.equals(second.view())) return fail(cli_errc::secrets_differ);
    return std::move(first);
}

Result<void> prepare(const Program& program, const Options& options) {
    ACREDITA_TRY(target, issue::find_target(program.choice(), program.reader()));
    if (target.road.apart || target.token.has(CKF_TOKEN_INITIALIZED)) return fail(cli_errc::card_not_blank);
    ACREDITA_TRY(puk, chosen(program, options.puk_descriptor, "ask_new_puk", "--puk-fd"));
    ACREDITA_TRY(pin, chosen(program, options.new_pin_descriptor, "ask_new_pin", "--new-pin-fd"));
    // Before the PUK is there, which no second try replaces.
    if (pin.size() < target.token.min_pin || pin.size() > target.token.max_pin)
        return fail(cryptoki_errc::pin_len_range);
    const auto prepared = client::prepare_token(*target.module, target.slot, puk, options.label);
    if (!prepared && is(prepared.error(), cryptoki_errc::pin_len_range)) return fail(cli_errc::puk_malformed);
    if (!prepared && is(prepared.error(), cryptoki_errc::function_not_supported))
        return fail(cli_errc::card_not_blank);
    ACREDITA_CHECK(prepared);
    ACREDITA_TRY(session, client::Session::open(target.module, target.slot, client::Access::read_write));
    ACREDITA_CHECK(session.login(client::Role::administrator, puk));
    ACREDITA_CHECK(client::set_pin_as_administrator(session, pin));
    return session.logout();
}

int prepare_command(const Program& program, const Options& options) {
    desk::guard_process();
    if (const auto done = prepare(program, options); !done) return program.report(done.error());
    if (program.json())
        print({{"ok", true}});
    else
        std::cout << program.say("card_prepared") << '\n';
    return 0;
}

} // namespace

void add_card_prepare(CLI::App& card, Program& program) {
    auto options = std::make_shared<Options>();
    auto& command = program.command(card, "prepare", "card_prepare",
                                    [&program, options] { return prepare_command(program, *options); });
    program.reader_option(command);
    program.module_option(command);
    program.option(command, "--puk-fd", options->puk_descriptor, "puk_fd").type_name("N");
    program.option(command, "--new-pin-fd", options->new_pin_descriptor, "new_pin_fd").type_name("N");
    program.option(command, "--label", options->label, "card_label").type_name("TEXT");
}

} // namespace acredita::cli
