// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita: the office's program for the terminal.
#include "tools/cli/commands.hpp"
#include "tools/p12/crypto.hpp"

#include <iostream>

namespace {

using namespace acredita;

// CLI11 knows no languages; these are the words it puts around ours.
void translate(CLI::App& app, const cli::Program& program) {
    auto formatter = std::make_shared<CLI::Formatter>();
    formatter->column_width(34);
    for (const auto* label : {"Usage", "OPTIONS", "SUBCOMMAND", "SUBCOMMANDS", "REQUIRED", "Positionals",
                              "TEXT", "FILE", "Excludes", "Needs"})
        formatter->label(label, program.say(std::string("label.") + label));
    app.formatter(formatter);
    app.option_defaults()->group(program.say("options"));
    app.set_help_flag("-h,--help", program.say("help.help"));
}

int parsed(CLI::App& app, const cli::Program& program, int argc, char** argv) {
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& wish) {
        return app.exit(wish);
    } catch (const CLI::ParseError& error) {
        std::cerr << program.say("usage_error", {{"why", error.what()}}) << '\n';
        return cli::usage_error;
    }
    const int code = program.run_chosen();
    if (code >= 0) return code;
    std::cout << app.help();
    return cli::usage_error;
}

} // namespace

int main(int argc, char** argv) {
    (void)acredita::p12::zeroise_what_openssl_frees();
    cli::Program program(catalogue::language_from_environment());
    CLI::App app(program.say("help.program"), "acredita");
    translate(app, program);
    app.set_version_flag("--version", std::string("acredita ") + ACREDITA_VERSION,
                         program.say("help.version"));
    app.require_subcommand(0, 1);
    for (const auto add :
         {cli::add_readers, cli::add_card, cli::add_p12, cli::add_issue, cli::add_letter, cli::add_portals,
          cli::add_renew, cli::add_journal, cli::add_appointments, cli::add_pin, cli::add_profile,
          cli::add_practice, cli::add_trace, cli::add_register, cli::add_browser_test, cli::add_doctor})
        add(app, program);
    return parsed(app, program, argc, argv);
}
