// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What every command of the program shares: the language, the way results and errors are told, and how a
// command joins the program. One command a file; each has an add_... function here.
#pragma once

#include "pcsc/base/error.hpp"
#include "tools/catalogue/catalogue.hpp"
#include "tools/desk/surroundings.hpp"

#include <filesystem>
#include <functional>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace acredita::cli {

using Json = nlohmann::ordered_json;

class Program {
public:
    explicit Program(catalogue::Language language) : language_(language) {}

    [[nodiscard]] catalogue::Language language() const noexcept { return language_; }
    [[nodiscard]] bool json() const noexcept { return json_; }
    // The text "cli.<key>".
    [[nodiscard]] std::string say(std::string_view key,
                                  std::initializer_list<catalogue::Fill> fills = {}) const;

    // A subcommand with its help ("cli.help.<key>"), --json and --help. `run` is called if it was the one
    // chosen.
    CLI::App& command(CLI::App& parent, const std::string& name, std::string_view key,
                      std::function<int()> run);
    // A group of subcommands.
    CLI::App& group(CLI::App& parent, const std::string& name, std::string_view key);
    CLI::Option& option(CLI::App& command, const std::string& names, auto& value, std::string_view key) {
        return *command.add_option(names, value, say("help." + std::string(key)));
    }
    CLI::Option& flag(CLI::App& command, const std::string& names, bool& value, std::string_view key) {
        return *command.add_flag(names, value, say("help." + std::string(key)));
    }
    // --module PATH and --reader NAME, of which most commands have one or both.
    void module_option(CLI::App& command);
    void reader_option(CLI::App& command);
    // Where --module leads to, or what stands in its place.
    [[nodiscard]] std::filesystem::path module() const { return desk::module_file(module_); }
    [[nodiscard]] client::Choice choice() const { return desk::module_choice(module_); }
    [[nodiscard]] const std::string& reader() const noexcept { return reader_; }

    // Says what went wrong, to people or as JSON (then with what `more` adds), and gives the office's code as
    // exit code.
    [[nodiscard]] int report(const Error& error, const Json& more = Json::object()) const;
    // The chosen command; -1 if there is none.
    [[nodiscard]] int run_chosen() const { return chosen_ ? chosen_() : -1; }

private:
    catalogue::Language language_;
    bool json_ = false;
    std::string module_;
    std::string reader_;
    std::function<int()> chosen_;
};

// JSON on standard output, with a final newline; bytes that are not UTF-8 are replaced.
void print(const Json& json);

inline constexpr int usage_error = 2;

} // namespace acredita::cli
