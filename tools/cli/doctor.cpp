// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita doctor: is everything there that a load needs? Each check says what it found; the exit code is
// that of the first one that failed.
#include "pcsc/reader/context.hpp"
#include "pcsc/reader/holders.hpp"
#include "pkcs11/client/module.hpp"
#include "tools/cli/commands.hpp"
#include "tools/desk/preflight.hpp"
#include "tools/issue/administration.hpp"
#include "tools/p12/crypto.hpp"
#include "tools/p12/errc.hpp"

#include <chrono>
#include <iostream>

namespace acredita::cli {
namespace {

struct Finding {
    std::string_view check; // "cli.check.<name>"
    std::string fact;       // nothing_found: there was nothing to judge
    std::optional<Error> fault;
    bool doubtful = false; // the fault keeps nobody from working
};

constexpr std::string_view nothing_found = "-";

Finding service() {
    reader::Context context;
    const auto readers = context.snapshot();
    if (!readers) return {"pcscd", "", readers.error()};
    std::string names;
    for (const auto& state : *readers) names += (names.empty() ? "" : "; ") + state.name.text;
    if (readers->empty()) return {"readers", "", fail(reader::reader_errc::no_reader).value()};
    return {"readers", names, {}};
}

Finding module_loads(const Program& program) {
    const auto before = std::chrono::steady_clock::now();
    const auto module = client::open(client::chosen_road(program.choice()));
    const auto took =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count();
    if (!module) return {"module", "", module.error()};
    const auto description = (*module)->description();
    auto text = std::to_string(took);
    text.resize(text.find('.') + 2);
    return {"module",
            program.module().string() + " (" + (description ? *description : "?") + "), " + text + " ms",
            {}};
}

// Makers' modules that are installed: may they be used? They are not started.
Finding makers_modules(const Program& program) {
    std::string names;
    for (const auto& road : client::installed_roads(program.choice())) {
        const auto checked = client::check_module_file(road.file, road.custody, road.sha256);
        if (!checked) return {"makers", "", checked.error()};
        names += (names.empty() ? "" : "; ") + road.manners.name + " (" + road.file.string() + ")";
    }
    return {"makers", names.empty() ? std::string(nothing_found) : names, {}};
}

// Never a fault: that a browser holds the card is what cards are for.
Finding programs() {
    std::string names;
    for (const auto& [pid, program] : reader::holders())
        names += (names.empty() ? "" : ", ") + program + " (" + std::to_string(pid) + ")";
    return {"holders", names.empty() ? std::string(nothing_found) : names, {}};
}

Finding legacy_provider() {
    const auto crypto = p12::Crypto::shared();
    if (!crypto) return {"legacy", "", crypto.error()};
    if (!(*crypto)->has_legacy())
        return {"legacy", "", fail(p12::p12_errc::legacy_provider_missing, "RC2").value()};
    return {"legacy", "OpenSSL legacy", {}};
}

Finding administration() {
    const auto configuration = issue::read_configuration(desk::configuration_file);
    if (!configuration) return {"administration", "", configuration.error()};
    if (configuration->administration_key_file.empty())
        return {"administration", std::string(nothing_found), {}};
    const auto key = issue::administration_key_from_file(configuration->administration_key_file);
    if (!key) return {"administration", "", key.error()};
    return {"administration", configuration->administration_key_file.string(), {}};
}

// What the kiosk looks at as well before anybody comes.
Finding at_the_desk(const Program& program, desk::Subject subject) {
    auto check = desk::check_now(subject, program.choice());
    return {name_of(subject), std::move(check.fact), std::move(check.fault),
            check.health == desk::Health::doubtful};
}

int doctor(const Program& program) {
    const Finding findings[] = {service(),
                                programs(),
                                module_loads(program),
                                makers_modules(program),
                                legacy_provider(),
                                administration(),
                                at_the_desk(program, desk::Subject::clock),
                                at_the_desk(program, desk::Subject::disk),
                                at_the_desk(program, desk::Subject::database)};
    int code = 0;
    Json list = Json::array();
    for (const auto& [check, fact, fault, doubtful] : findings) {
        const auto told =
            fault ? std::optional(catalogue::message(*fault, program.language())) : std::nullopt;
        if (told && !doubtful && code == 0) code = static_cast<int>(told->code);
        if (program.json()) {
            // "ok": null where there was nothing to judge.
            Json one = {{"check", check}, {"ok", !told || doubtful}, {"fact", fact}};
            if (fact == nothing_found) one["ok"] = one["fact"] = nullptr;
            if (told)
                one["error"] = {
                    {"code", told->code}, {"name", error_name(fault->code)}, {"action", told->action}};
            list.push_back(std::move(one));
            continue;
        }
        // Nothing there is no fault, but no success to tick off either.
        std::cout << (doubtful                ? "! "
                      : told                  ? "✗ "
                      : fact == nothing_found ? "· "
                                              : "✓ ")
                  << program.say("check." + std::string(check)) << "  " << fact << '\n';
        if (told) std::cout << "    " << told->what << "\n    → " << told->action << '\n';
    }
    if (program.json()) print({{"ok", code == 0}, {"checks", list}});
    return code;
}

} // namespace

void add_doctor(CLI::App& app, Program& program) {
    auto& command = program.command(app, "doctor", "doctor", [&program] { return doctor(program); });
    program.module_option(command);
    command.require_subcommand(0, 1);
    add_doctor_browsers(command, program);
}

} // namespace acredita::cli
