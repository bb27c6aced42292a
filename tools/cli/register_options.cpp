// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/register_options.hpp"

#include "tools/issue/target.hpp"

#include <iostream>
#include <vector>

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

namespace acredita::cli {

using registration::register_errc;
using registration::Site;

bool RegisterOptions::wants(registration::Kind kind) const noexcept {
    if (!firefox && !nss && !p11_kit) return true;
    switch (kind) {
    case registration::Kind::firefox:
        return firefox;
    case registration::Kind::nss:
        return nss;
    case registration::Kind::p11_kit:
        return p11_kit;
    }
    return false;
}

void site_options(CLI::App& command, Program& program, RegisterOptions& options) {
    auto& system = program.flag(command, "--system", options.system, "register_system");
    program.option(command, "--user", options.user, "register_user").type_name("NAME")->excludes(&system);
    program.module_option(command);
    // Another root and home than the machine's own: for tests, so in no help.
    command.add_option("--root", options.root)->group("");
    command.add_option("--home", options.home)->group("");
}

void place_options(CLI::App& command, Program& program, RegisterOptions& options) {
    program.flag(command, "--firefox", options.firefox, "register_firefox");
    program.flag(command, "--nss", options.nss, "register_nss");
    program.flag(command, "--p11-kit", options.p11_kit, "register_p11_kit");
    program.flag(command, "--dry-run", options.trial, "register_trial");
    program.flag(command, "--for-card", options.for_card, "register_for_card");
}

namespace {

Result<Site> person(const passwd* entry) {
    if (entry == nullptr || entry->pw_dir == nullptr || entry->pw_dir[0] != '/')
        return fail(register_errc::no_such_user);
    return Site{"/", entry->pw_dir, entry->pw_uid};
}

Result<Site> become(const std::string& name) {
    const auto* entry = ::getpwnam(name.c_str());
    if (entry == nullptr) return fail(register_errc::no_such_user, name);
    auto site = person(entry);
    if (!site || ::geteuid() == entry->pw_uid) return site;
    if (::geteuid() != 0) return fail(register_errc::administrator_needed, name);
    // For good: every one of the three ids.
    if (::initgroups(name.c_str(), entry->pw_gid) != 0 || ::setgid(entry->pw_gid) != 0 ||
        ::setuid(entry->pw_uid) != 0)
        return fail(register_errc::administrator_needed, name);
    return site;
}

} // namespace

Result<Site> site_of(const RegisterOptions& options) {
    const bool machine = options.root == "/" && options.home.empty();
    if (!machine) return Site{options.root, options.system ? "" : options.home, ::geteuid()};
    if (options.system) {
        if (::geteuid() != 0 && !options.trial) return fail(register_errc::administrator_needed, "--system");
        return Site{};
    }
    if (!options.user.empty()) return become(options.user);
    if (::geteuid() == 0) return fail(register_errc::which_user);
    return person(::getpwuid(::geteuid()));
}

registration::What what_of(const Program& program) { return {program.module(), ACREDITA_INSTALLED_PROGRAM}; }

Result<registration::What> what_of(const Program& program, const RegisterOptions& options) {
    auto what = what_of(program);
    if (!options.for_card) return what;
    ACREDITA_TRY(target, issue::find_target(program.choice(), program.reader()));
    what.module = target.road.file;
    return what;
}

Json error_json(const Program& program, const Error& error) {
    const auto told = catalogue::message(error, program.language());
    return {{"code", told.code},      {"name", error_name(error.code)},
            {"detail", error.detail}, {"what", told.what},
            {"means", told.means},    {"action", told.action}};
}

void print_error(const Program& program, const Error& error) {
    const auto told = catalogue::message(error, program.language());
    std::cout << "✗ " << told.what << "\n  " << told.means << "\n  → " << told.action << "\n  ("
              << program.say("code", {{"code", std::to_string(told.code)}}) << ", " << error_name(error.code)
              << ")\n";
}

} // namespace acredita::cli
