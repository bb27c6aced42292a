// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita p12 inspect: what a backup is, before and (with its password) after it is opened, and what to do
// about it. Nothing is written.
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/diagnosis/diagnosis.hpp"
#include "tools/diagnosis/pair.hpp"
#include "tools/p12/file.hpp"
#include "tools/p12/isolated.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

struct Options {
    std::string file;
    int passphrase_descriptor = -1;
    int key_passphrase_descriptor = -1;
    bool ask = false;
    std::vector<std::string> revocation_lists, ocsp_answers;
};

Result<p12::Evidence> evidence(const Options& options) {
    p12::Evidence at_hand;
    at_hand.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    for (const auto& file : options.revocation_lists) {
        ACREDITA_TRY(list, p12::read_file(file));
        at_hand.revocation_lists.emplace_back(list.begin(), list.end());
    }
    for (const auto& file : options.ocsp_answers) {
        ACREDITA_TRY(answer, p12::read_file(file));
        at_hand.ocsp_answers.emplace_back(answer.begin(), answer.end());
    }
    return at_hand;
}

Result<p12::Inspection> inspect(const Program& program, const Options& options) {
    // Started first: it gets ready while the file is read.
    auto reader = p12::isolated::Session::start();
    ACREDITA_TRY(file, p12::read_file(options.file));
    ACREDITA_TRY(at_hand, evidence(options));
    auto seen = p12::inspect(file.size(), reader ? reader->sniff(file) : fail(reader.error()));
    if (seen.fault || (options.passphrase_descriptor < 0 && !options.ask)) return seen;
    ACREDITA_TRY(passphrase, secret_from(options.passphrase_descriptor, program.say("ask_passphrase") + ": ",
                                         "--passphrase-fd"));
    std::optional<Secret> of_key;
    if (options.key_passphrase_descriptor >= 0) {
        ACREDITA_TRY(given, secret_from_descriptor(options.key_passphrase_descriptor));
        of_key = std::move(given);
    }
    const auto opened = reader->examine(passphrase, of_key ? &*of_key : nullptr);
    p12::add_opened(seen, opened);
    if (!opened) return seen;
    ACREDITA_TRY(crypto, p12::Crypto::shared());
    p12::add_examination(seen, *crypto, *opened, at_hand);
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

Json examination_json(const p12::Examination& seen) {
    Json faults = Json::array();
    for (const auto fault : seen.health.faults) faults.push_back(p12::name_of(fault));
    return {{"holder", p12::name_of(seen.holder)},
            {"key_home", p12::name_of(seen.home)},
            {"fnmt", seen.fnmt},
            {"validity", p12::name_of(seen.validity)},
            {"days_left", seen.days_left},
            {"renewal", p12::name_of(seen.renewal)},
            {"sign", seen.uses.sign},
            {"authenticate", seen.uses.authenticate},
            {"decrypt", seen.uses.decrypt},
            {"key_faults", faults},
            {"self_test", !seen.health.self_test.has_value()},
            {"key_reused", seen.key_reused},
            {"revocation", p12::name_of(seen.revocation)}};
}

Json found_json(const p12::Found& found) {
    Json pairs = Json::array();
    for (const auto& pair : found.pairs) {
        const auto summary = issue::summarise(pair.leaf.der, issue::Clock::now());
        if (!summary) continue;
        auto one = certificate_json(*summary);
        one["chain"] = pair.chain;
        one["chain_complete"] = pair.chain_complete;
        if (pair.examination) one["examination"] = examination_json(*pair.examination);
        pairs.push_back(std::move(one));
    }
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

struct Pair {
    issue::CertificateSummary certificate;
    std::vector<std::string> remarks;
};

std::vector<Pair> pairs_of(const p12::Inspection& seen, catalogue::Language language) {
    std::vector<Pair> all;
    if (!seen.found) return all;
    for (const auto& pair : seen.found->pairs) {
        auto summary = issue::summarise(pair.leaf.der, issue::Clock::now());
        if (!summary) continue;
        all.push_back({*std::move(summary), {}});
        if (pair.examination) all.back().remarks = diagnosis::remarks_on(*pair.examination, language);
    }
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
    if (seen.found) result.update(found_json(*seen.found));
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
    const auto pairs = pairs_of(seen, program.language());
    for (std::size_t n = 0; n < pairs.size(); ++n) {
        std::cout << "\n  " << n + 1 << ")\n" << describe_certificate(program, pairs[n].certificate) << '\n';
        for (const auto& remark : pairs[n].remarks) std::cout << "      " << remark << '\n';
    }
    if (told.recipes.empty()) return;
    std::cout << '\n' << program.say("recipes") << '\n';
    for (const auto one : told.recipes)
        std::cout << "  acredita p12 recipe " << diagnosis::name_of(one) << '\n';
}

int inspect_command(const Program& program, const Options& options) {
    desk::guard_process();
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
    program.option(command, "--crl", options->revocation_lists, "crl").type_name("FILE");
    program.option(command, "--ocsp", options->ocsp_answers, "ocsp").type_name("FILE");
}

} // namespace acredita::cli
