// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita practice: any command, with readers and cards that are not there.
#include "tools/cli/commands.hpp"
#include "tools/practice/run.hpp"
#include "tools/practice/session.hpp"

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
    bool vpcd = false;
    std::vector<std::string> command;
};

int complain(const Program& program, const Error& error, int code) {
    static_cast<void>(program.report(error));
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
    options.carrier = wanted.vpcd ? practice::Carrier::vpcd : practice::Carrier::ifd;
    if (wanted.tear != 0) options.tear = practice::Tear{.exchange = wanted.tear};
    return options;
}

int run(const Program& program, const Wanted& wanted) {
    const auto options = options_of(wanted);
    if (!options) return complain(program, options.error(), not_prepared);
    const auto session = practice::Session::start(*options);
    if (!session) return complain(program, session.error(), not_prepared);
    const auto code = practice::run_inside(**session, wanted.command);
    if (!code) return complain(program, code.error(), not_there);
    return *code;
}

} // namespace

void add_practice(CLI::App& app, Program& program) {
    const auto wanted = std::make_shared<Wanted>();
    auto& command =
        program.command(app, "practice", "practice", [&program, wanted] { return run(program, *wanted); });
    std::string kinds;
    for (const auto kind : practice::card_kinds()) kinds += (kinds.empty() ? "" : ", ") + std::string(kind);
    program.option(command, "--card", wanted->cards, "practice_card")
        .take_all()
        ->description(program.say("help.practice_card", {{"kinds", kinds}}));
    program.option(command, "--state", wanted->state, "practice_state");
    program.option(command, "--transcript", wanted->transcript, "practice_transcript");
    program.option(command, "--latency", wanted->latency, "practice_latency");
    program.option(command, "--tear", wanted->tear, "practice_tear");
    const std::map<std::string, bool> transports{{"ifd", false}, {"vpcd", true}};
    program.option(command, "--transport", wanted->vpcd, "practice_transport")
        .transform(CLI::CheckedTransformer(transports));
    program.option(command, "--reader-name", wanted->reader_name, "practice_reader_name");
    program.option(command, "COMMAND", wanted->command, "practice_command").required();
    command.positionals_at_end();
}

} // namespace acredita::cli
