// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita register, acredita unregister: the module in the lists of browsers and other programs, or out of
// them.
#include "tools/cli/commands.hpp"
#include "tools/cli/register_options.hpp"
#include "tools/register/browser.hpp"
#include "tools/register/snippets.hpp"

#include <iostream>
#include <sstream>

namespace acredita::cli {
namespace {

using registration::Change;
using registration::Place;
using Verb = Result<Change> (*)(const Place&, bool);

// How one place went, and whether something is to be said about it.
struct Went {
    const Place& place;
    Result<Change> change;
};

std::string words(const Program& program, const Went& went, bool adding, bool trial) {
    if (went.change->changed && trial)
        return program.say(adding ? "register.would_add" : "register.would_remove");
    if (went.change->changed) return program.say(adding ? "register.added" : "register.removed");
    if (went.change->before == registration::State::covered) return program.say("register.covered");
    return program.say(adding ? "register.was_there" : "register.was_not_there");
}

void tell(const Program& program, const Went& went, bool adding, bool trial) {
    if (!went.change) {
        print_error(program, went.change.error());
        return;
    }
    std::cout << (went.change->changed ? "✓ " : "· ")
              << program.say("register.kind." + std::string(registration::name_of(went.place.kind()))) << "  "
              << went.place.file().string() << "\n    " << words(program, went, adding, trial) << '\n';
}

Json json_of(const Program& program, const Went& went) {
    Json one = {{"kind", registration::name_of(went.place.kind())}, {"file", went.place.file().string()}};
    if (went.change) {
        one["before"] = registration::name_of(went.change->before);
        one["changed"] = went.change->changed;
    } else {
        one["error"] = error_json(program, went.change.error());
    }
    return one;
}

void tell_snippets(const Program& program, const std::filesystem::path& module) {
    std::cout << '\n'
              << program.say("register.openssh") << "\n    " << registration::openssh_snippet(module) << '\n'
              << program.say("register.java") << '\n';
    std::istringstream lines(registration::java_snippet(module));
    for (std::string line; std::getline(lines, line);) std::cout << "    " << line << '\n';
}

struct Outcome {
    int code = 0;
    bool changed = false;
    Json places = Json::array();
};

Outcome visit(const Program& program, const RegisterOptions& options, const registration::Places& places,
              bool adding) {
    const Verb verb = adding ? registration::register_here : registration::unregister_here;
    Outcome outcome;
    for (const auto& place : places) {
        if (!options.wants(place->kind())) continue;
        const Went went{*place, verb(*place, options.trial)};
        if (!went.change && outcome.code == 0)
            outcome.code = static_cast<int>(catalogue::message(went.change.error(), program.language()).code);
        outcome.changed = outcome.changed || (went.change && went.change->changed);
        if (program.json())
            outcome.places.push_back(json_of(program, went));
        else
            tell(program, went, adding, options.trial);
    }
    return outcome;
}

void tell_end(const Program& program, const RegisterOptions& options, const Outcome& outcome,
              const std::vector<Error>& restart) {
    if (outcome.code != 0) return;
    std::cout << '\n'
              << program.say(!outcome.changed ? "register.nothing_changed"
                             : options.trial  ? "register.trial"
                                              : "register.done")
              << '\n';
    for (const auto& browser : restart)
        std::cout << program.say("register.restart", {{"browser", browser.detail}}) << '\n';
}

int carry_out(const Program& program, const RegisterOptions& options, bool adding) {
    const auto wanted = what_of(program, options);
    if (!wanted) return program.report(wanted.error());
    const auto& what = *wanted;
    if (adding)
        if (const auto sound = registration::check_module(what.module); !sound)
            return program.report(sound.error());
    const auto site = site_of(options);
    if (!site) return program.report(site.error());

    const auto places = registration::places_of(*site, what);
    const auto outcome = visit(program, options, places, adding);
    const auto restart = adding && outcome.changed && !options.trial
                             ? registration::browsers_to_restart(*site, places, what.module)
                             : std::vector<Error>();
    if (program.json()) {
        Json result = {{"ok", outcome.code == 0},
                       {"dry_run", options.trial},
                       {"changed", outcome.changed},
                       {"places", outcome.places}};
        if (adding) {
            result["restart"] = Json::array();
            for (const auto& browser : restart) result["restart"].push_back(browser.detail);
            result["snippets"] = {{"openssh", registration::openssh_snippet(what.module)},
                                  {"java", registration::java_snippet(what.module)}};
        }
        print(result);
        return outcome.code;
    }
    tell_end(program, options, outcome, restart);
    if (adding && outcome.code == 0) tell_snippets(program, what.module);
    return outcome.code;
}

void add_one(CLI::App& app, Program& program, const std::string& name, bool adding) {
    auto options = std::make_shared<RegisterOptions>();
    auto& command = program.command(
        app, name, name, [&program, options, adding] { return carry_out(program, *options, adding); });
    site_options(command, program, *options);
    place_options(command, program, *options);
}

} // namespace

void add_register(CLI::App& app, Program& program) {
    add_one(app, program, "register", true);
    add_one(app, program, "unregister", false);
}

} // namespace acredita::cli
