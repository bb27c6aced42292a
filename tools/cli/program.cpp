// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/program.hpp"

#include "tools/diagnosis/diagnosis.hpp"

#include <cstdlib>
#include <iostream>

#include <unistd.h>

namespace acredita::cli {
namespace {

bool coloured() { return ::isatty(STDERR_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr; }

// A step's name in a detail becomes the words people know it by, and so do the figures of a backup's fault.
Error with_words(const Error& error, catalogue::Language language) {
    const std::string key = "step." + error.detail;
    if (!catalogue::has_text(key)) return diagnosis::in_words(error, language);
    return Error{error.code, catalogue::text(key, language), error.where};
}

} // namespace

std::string Program::say(std::string_view key, std::initializer_list<catalogue::Fill> fills) const {
    return catalogue::text("cli." + std::string(key), language_, fills);
}

CLI::App& Program::group(CLI::App& parent, const std::string& name, std::string_view key) {
    auto* app = parent.add_subcommand(name, say("help." + std::string(key)));
    app->group(say("commands"));
    app->set_help_flag("-h,--help", say("help.help"))->group(say("options"));
    app->require_subcommand(1);
    return *app;
}

CLI::App& Program::command(CLI::App& parent, const std::string& name, std::string_view key,
                           std::function<int()> run) {
    auto* app = parent.add_subcommand(name, say("help." + std::string(key)));
    app->group(say("commands"));
    app->set_help_flag("-h,--help", say("help.help"))->group(say("options"));
    app->add_flag("--json", json_, say("help.json"));
    app->callback([this, app, run = std::move(run)] {
        if (app->get_subcommands().empty()) chosen_ = run; // the callbacks of those come first
    });
    return *app;
}

void Program::module_option(CLI::App& app) {
    app.add_option("--module", module_, say("help.module"))->type_name("PATH");
}
void Program::reader_option(CLI::App& app) {
    app.add_option("--reader", reader_, say("help.reader"))->type_name("NAME");
}

int Program::report(const Error& error, const Json& more) const {
    const auto message = catalogue::message(with_words(error, language_), language_);
    if (json_) {
        Json all = {{"ok", false},
                    {"error",
                     {{"code", message.code},
                      {"name", error_name(error.code)},
                      {"detail", error.detail},
                      {"what", message.what},
                      {"means", message.means},
                      {"action", message.action}}}};
        all.update(more);
        print(all);
    } else {
        const bool colour = coloured();
        std::cerr << '\n'
                  << (colour ? "\033[1;31m✗ " : "✗ ") << message.what << (colour ? "\033[0m\n" : "\n") << "  "
                  << message.means << "\n  → " << message.action << "\n  ("
                  << say("code", {{"code", std::to_string(message.code)}}) << ", " << error_name(error.code)
                  << ")\n";
    }
    if (std::getenv("ACREDITA_DEBUG") != nullptr) std::cerr << describe(error) << '\n';
    return static_cast<int>(message.code);
}

void print(const Json& json) {
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << std::endl;
}

} // namespace acredita::cli
