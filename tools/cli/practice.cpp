// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita practice: any command, with readers and cards that are not there.
#include "tools/cli/command.hpp"
#include "tools/practice/run.hpp"
#include "tools/practice/session.hpp"

#include <iostream>

namespace acredita::cli {

namespace {

// As shells have it: 126 for what could not be prepared, 127 for a command that is not there.
constexpr int not_prepared = 126;
constexpr int not_there = 127;

struct Wanted {
    std::vector<std::string> cards;
    std::string state;
    std::string transcript;
    unsigned latency = 0;
    std::uint64_t tear = 0;
    std::string reader_name = "Acredita Practice";
    std::vector<std::string> command;
};

int complain(const Error& error, int code) {
    std::cerr << "acredita practice: " << describe(error) << '\n';
    return code;
}

Result<practice::Options> options_of(const Wanted& wanted) {
    practice::Options options;
    for (const auto& text : wanted.cards) {
        ACREDITA_TRY(spec, practice::parse_card(text));
        options.cards.push_back(std::move(spec));
    }
    options.state = wanted.state;
    options.transcript = wanted.transcript;
    options.latency = std::chrono::milliseconds(wanted.latency);
    options.reader_name = wanted.reader_name;
    if (wanted.tear != 0) options.tear = practice::Tear{.exchange = wanted.tear};
    return options;
}

int run(const Wanted& wanted) {
    const auto options = options_of(wanted);
    if (!options) return complain(options.error(), not_prepared);
    const auto session = practice::Session::start(*options);
    if (!session) return complain(session.error(), not_prepared);
    const auto code = practice::run_inside(**session, wanted.command);
    if (!code) return complain(code.error(), not_there);
    return *code;
}

} // namespace

void add_practice(CLI::App& app, Chosen& chosen) {
    const auto wanted = std::make_shared<Wanted>();
    auto* command = app.add_subcommand("practice", "Run a command with virtual readers and cards");
    command->add_option("--card", wanted->cards, "KIND[:OPTION,...]: piv, unknown, mute or none")->take_all();
    command->add_option("--state", wanted->state, "File with the memory of the cards");
    command->add_option("--transcript", wanted->transcript, "File for what goes over the wire");
    command->add_option("--latency", wanted->latency, "Milliseconds added to each exchange");
    command->add_option("--tear", wanted->tear, "Tear the first card out at this exchange");
    command->add_option("--reader-name", wanted->reader_name, "What the readers are called");
    command->add_option("command", wanted->command, "The command, behind --")->required();
    command->positionals_at_end();
    command->callback([wanted, &chosen] { chosen = [wanted] { return run(*wanted); }; });
}

} // namespace acredita::cli
