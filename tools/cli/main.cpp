// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/command.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <array>

namespace {

constexpr std::array<acredita::cli::AddCommand, 1> commands{&acredita::cli::add_practice};

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Acredita: certificates on cards");
    app.name("acredita");
    app.require_subcommand(1);
    acredita::cli::Chosen chosen;
    for (const auto add : commands) add(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return chosen();
}
