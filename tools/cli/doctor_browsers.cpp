// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita doctor browsers: what keeps a card from working in the browsers, and the repair. The exit code is
// that of the first finding that is left.
#include "pcsc/reader/context.hpp"
#include "pkcs11/client/module.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/register_options.hpp"
#include "tools/register/inspect.hpp"

#include <algorithm>
#include <iostream>

namespace acredita::cli {
namespace {

using registration::Finding;
using registration::Repair;
using registration::Report;

struct BrowserOptions {
    RegisterOptions site;
    bool repair = false;
    bool without_opensc = false;
};

// What only the machine itself can tell, not its files: does the service answer, does the module load?
void add_live_findings(const Program& program, std::vector<Finding>& findings) {
    reader::Context context;
    if (const auto readers = context.snapshot(); !readers)
        findings.push_back({readers.error(), Repair::by_hand});
    const auto module = program.module();
    if (!registration::check_module(module)) return;
    if (const auto loaded = client::open(client::chosen_road(program.choice())); !loaded)
        findings.push_back({loaded.error(), Repair::by_hand});
}

unsigned code_of(const Error& error) { return catalogue::message(error, catalogue::Language::english).code; }

int browsers(const Program& program, const BrowserOptions& options) {
    auto who = options.site;
    who.trial = !options.repair; // everybody may look
    const auto site = site_of(who);
    if (!site) return program.report(site.error());
    const auto what = what_of(program);
    auto findings = registration::inspect(*site, what);
    const auto before = findings.size();
    std::vector<Error> failed;
    if (options.repair) {
        auto report = registration::repair(*site, what, options.without_opensc);
        findings = std::move(report.findings);
        failed = std::move(report.failed);
    }
    const auto repaired = before - std::min(before, findings.size());
    if (site->root == "/") add_live_findings(program, findings);

    const Error* first = !failed.empty()     ? &failed.front()
                         : !findings.empty() ? &findings.front().fault
                                             : nullptr;
    const int code = first == nullptr ? 0 : static_cast<int>(code_of(*first));
    if (program.json()) {
        Json list = Json::array();
        for (const auto& [fault, repair] : findings) {
            auto one = error_json(program, fault);
            one["repair"] = registration::name_of(repair);
            list.push_back(std::move(one));
        }
        Json errors = Json::array();
        for (const auto& error : failed) errors.push_back(error_json(program, error));
        print({{"ok", code == 0}, {"repaired", repaired}, {"findings", list}, {"failed", errors}});
        return code;
    }
    for (const auto& error : failed) print_error(program, error);
    for (const auto& finding : findings) print_error(program, finding.fault);
    if (options.repair)
        std::cout << program.say("browsers.repaired", {{"count", std::to_string(repaired)}}) << '\n';
    if (code == 0)
        std::cout << program.say("browsers.sound") << '\n';
    else
        std::cout << program.say("browsers.left", {{"count", std::to_string(findings.size())}}) << '\n';
    return code;
}

} // namespace

void add_doctor_browsers(CLI::App& doctor, Program& program) {
    auto options = std::make_shared<BrowserOptions>();
    auto& command = program.command(doctor, "browsers", "doctor_browsers",
                                    [&program, options] { return browsers(program, *options); });
    site_options(command, program, options->site);
    auto& repair = program.flag(command, "--repair", options->repair, "browsers_repair");
    program.flag(command, "--without-opensc", options->without_opensc, "browsers_opensc").needs(&repair);
}

} // namespace acredita::cli
