// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita p12 inspect: what a backup is, before and (with its password) after it is opened, and what to do
// about it. Nothing is written.
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/diagnosis/diagnosis.hpp"
#include "tools/p12/file.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

struct Options {
    std::string file;
    int passphrase_descriptor = -1;
    int key_passphrase_descriptor = -1;
    bool ask = false;
};

Result<p12::Inspection> inspect(const Program& program, const Options& options) {
    ACREDITA_TRY(file, p12::read_file(options.file));
    auto seen = p12::inspect(file);
    if (seen.fault || (options.passphrase_descriptor < 0 && !options.ask)) return seen;
    ACREDITA_TRY(passphrase, secret_from(options.passphrase_descriptor, program.say("ask_passphrase") + ": ",
                                         "--passphrase-fd"));
    std::optional<Secret> of_key;
    if (options.key_passphrase_descriptor >= 0) {
        ACREDITA_TRY(given, secret_from_descriptor(options.key_passphrase_descriptor));
        of_key = std::move(given);
    }
    p12::OpenOptions how;
    how.key_passphrase = of_key ? &*of_key : nullptr;
    p12::add_opened(seen, p12::examine(file, passphrase, how));
    return seen;
}

Json envelope_json(const p12::Envelope& envelope) {
    Json safes = Json::array();
    for (const auto& safe : envelope.safes)
        safes.push_back({{"algorithm", safe.algorithm}, {"iterations", safe.iterations}});
    return {{"encryption", safes},
            {"mac", envelope.mac_algorithm},
            {"mac_kind", p12::name_of(envelope.mac)},
            {"mac_iterations", envelope.mac_iterations},
            {"armoured", envelope.armoured},
            {"ber", envelope.indefinite},
            {"trailing_bytes", envelope.trailing},
            {"keys_in_clear", envelope.plain_keys},
            {"certificates_in_clear", envelope.visible_certificates}};
}

Json found_json(const p12::Found& found, const std::vector<issue::CertificateSummary>& credentials) {
    Json pairs = Json::array();
    for (const auto& one : credentials) pairs.push_back(certificate_json(one));
    Json warnings = Json::array();
    for (const auto warning : found.warnings) warnings.push_back(p12::name_of(warning));
    return {{"credentials", pairs},
            {"keys", found.keys},
            {"certificates", found.certificates},
            {"lone_keys", found.lone_keys.size()},
            {"lone_certificates", found.lone_certificates.size()},
            {"locked_keys", found.locked_keys},
            {"warnings", warnings}};
}

std::vector<issue::CertificateSummary> summaries(const p12::Inspection& seen) {
    std::vector<issue::CertificateSummary> all;
    if (!seen.found) return all;
    for (const auto& pair : seen.found->pairs)
        if (auto summary = issue::summarise(pair.leaf.der, issue::Clock::now()))
            all.push_back(*std::move(summary));
    return all;
}

void print_json(const p12::Inspection& seen, const diagnosis::Diagnosis& told) {
    const auto& message = told.message;
    Json result = {{"ok", !seen.fault}, {"outcome", seen.outcome}};
    if (seen.fault) {
        Json known = Json::object();
        for (const auto& [name, value] : seen.fault->known) known[name] = value;
        result["error"] = {{"code", message.code},   {"name", "p12." + seen.fault->name},
                           {"known", known},         {"what", message.what},
                           {"means", message.means}, {"action", message.action}};
        result["recipes"] = Json::array();
        for (const auto one : told.recipes) result["recipes"].push_back(diagnosis::name_of(one));
    }
    result["size"] = seen.size;
    result["exporter"] = p12::name_of(seen.exporter);
    if (seen.envelope) result["envelope"] = envelope_json(*seen.envelope);
    result["opened"] = seen.found.has_value();
    if (seen.found) result.update(found_json(*seen.found, summaries(seen)));
    result["remarks"] = told.remarks;
    print(result);
}

void print_envelope(const Program& program, const p12::Envelope& envelope) {
    for (const auto& safe : envelope.safes)
        std::cout << "  "
                  << program.say("encrypted_with", {{"algorithm", safe.algorithm},
                                                    {"iterations", std::to_string(safe.iterations)}})
                  << '\n';
}

void print_text(const Program& program, const p12::Inspection& seen, const diagnosis::Diagnosis& told) {
    const auto& message = told.message;
    std::cout << (seen.fault ? "✗ " : "✓ ") << message.what << "\n  " << message.means << "\n  → "
              << message.action << '\n';
    if (seen.fault)
        std::cout << "  (" << program.say("code", {{"code", std::to_string(message.code)}}) << ", p12."
                  << seen.fault->name << ")\n";
    if (seen.envelope || !told.remarks.empty()) std::cout << '\n';
    for (const auto& remark : told.remarks) std::cout << "  " << remark << '\n';
    if (seen.envelope) print_envelope(program, *seen.envelope);
    if (!seen.fault && !seen.found) std::cout << "  " << program.say("not_opened") << '\n';
    const auto credentials = summaries(seen);
    for (std::size_t i = 0; i < credentials.size(); ++i)
        std::cout << "\n  " << i + 1 << ")\n" << describe_certificate(program, credentials[i]) << '\n';
    if (told.recipes.empty()) return;
    std::cout << '\n' << program.say("recipes") << '\n';
    for (const auto one : told.recipes)
        std::cout << "  acredita p12 recipe " << diagnosis::name_of(one) << '\n';
}

int inspect_command(const Program& program, const Options& options) {
    guard_process();
    const auto seen = inspect(program, options);
    if (!seen) return program.report(seen.error());
    const auto told = diagnosis::diagnose(*seen, program.language());
    if (program.json())
        print_json(*seen, told);
    else
        print_text(program, *seen, told);
    return static_cast<int>(told.message.code);
}

} // namespace

void add_p12_inspect(CLI::App& group, Program& program) {
    auto options = std::make_shared<Options>();
    auto& command = program.command(group, "inspect", "p12_inspect",
                                    [&program, options] { return inspect_command(program, *options); });
    program.option(command, "FILE", options->file, "backup").required();
    program.flag(command, "--ask", options->ask, "ask_password");
    program.option(command, "--passphrase-fd", options->passphrase_descriptor, "passphrase_fd")
        .type_name("N");
    program.option(command, "--key-passphrase-fd", options->key_passphrase_descriptor, "key_passphrase_fd")
        .type_name("N");
}

} // namespace acredita::cli
