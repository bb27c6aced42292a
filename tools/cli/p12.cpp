// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita p12 inspect: what a backup is, before and (with its password) after it is opened. Nothing is
// written.
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/p12/file.hpp"
#include "tools/p12/isolated.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

struct Options {
    std::string file;
    int passphrase_descriptor = -1;
    bool ask = false;
};

struct Inspection {
    p12::Envelope envelope;
    bool opened = false;
    std::vector<issue::CertificateSummary> credentials;
};

Result<Inspection> inspect(const Program& program, const Options& options) {
    Inspection seen;
    ACREDITA_TRY(file, p12::read_file(options.file));
    ACREDITA_TRY(envelope, p12::isolated::sniff(file));
    seen.envelope = std::move(envelope);
    if (seen.envelope.refusal) return fail(Error(*seen.envelope.refusal));
    if (options.passphrase_descriptor < 0 && !options.ask) return seen;
    ACREDITA_TRY(passphrase, secret_from(options.passphrase_descriptor, program.say("ask_passphrase") + ": ",
                                         "--passphrase-fd"));
    ACREDITA_TRY(opened, p12::isolated::open(file, passphrase));
    seen.opened = true;
    for (const auto& credential : opened.credentials) {
        ACREDITA_TRY(summary, issue::summarise(credential.leaf.der, issue::Clock::now()));
        seen.credentials.push_back(std::move(summary));
    }
    return seen;
}

void print_json(const Inspection& seen) {
    Json safes = Json::array();
    for (const auto& safe : seen.envelope.safes)
        safes.push_back({{"algorithm", safe.algorithm}, {"iterations", safe.iterations}});
    Json result = {{"ok", true},
                   {"envelope",
                    {{"encryption", safes},
                     {"mac", seen.envelope.mac_algorithm},
                     {"mac_iterations", seen.envelope.mac_iterations},
                     {"keys_in_clear", seen.envelope.plain_keys},
                     {"certificates_in_clear", seen.envelope.visible_certificates}}},
                   {"opened", seen.opened}};
    if (seen.opened) {
        result["credentials"] = Json::array();
        for (const auto& credential : seen.credentials)
            result["credentials"].push_back(certificate_json(credential));
    }
    print(result);
}

void print_text(const Program& program, const Inspection& seen) {
    std::cout << program.say("is_backup") << '\n';
    for (const auto& safe : seen.envelope.safes)
        std::cout << "  "
                  << program.say("encrypted_with", {{"algorithm", safe.algorithm},
                                                    {"iterations", std::to_string(safe.iterations)}})
                  << '\n';
    if (seen.envelope.plain_keys > 0) std::cout << "  " << program.say("key_in_clear") << '\n';
    if (!seen.opened) std::cout << "  " << program.say("not_opened") << '\n';
    for (std::size_t i = 0; i < seen.credentials.size(); ++i)
        std::cout << "\n  " << i + 1 << ")\n" << describe_certificate(program, seen.credentials[i]) << '\n';
}

int inspect_command(const Program& program, const Options& options) {
    guard_process();
    const auto seen = inspect(program, options);
    if (!seen) return program.report(seen.error());
    if (program.json())
        print_json(*seen);
    else
        print_text(program, *seen);
    return 0;
}

} // namespace

void add_p12(CLI::App& app, Program& program) {
    auto options = std::make_shared<Options>();
    auto& group = program.group(app, "p12", "p12");
    auto& command = program.command(group, "inspect", "p12_inspect",
                                    [&program, options] { return inspect_command(program, *options); });
    program.option(command, "FILE", options->file, "backup").required();
    program.flag(command, "--ask", options->ask, "ask_password");
    program.option(command, "--passphrase-fd", options->passphrase_descriptor, "passphrase_fd")
        .type_name("N");
}

} // namespace acredita::cli
