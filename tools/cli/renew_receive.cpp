// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita renew receive: what the authority has given comes onto the card, the new key in its backup or the
// certificate for the key that the card has made.
#include "tools/cli/commands.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/output_file.hpp"
#include "tools/cli/renew_key.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/p12/file.hpp"
#include "tools/p12/isolated.hpp"
#include "tools/renewal/arrival.hpp"

namespace acredita::cli {
namespace {

using renewal::Event;
using renewal::renewal_errc;

struct Options {
    LoadOptions load;
    std::vector<std::string> receipts;
};

// The certificate in a file of any of the kinds an authority sends.
Result<Bytes> arrived(const Program& program, const LoadOptions& options, const renewal::Record& record) {
    ACREDITA_TRY(file, p12::read_file(options.file));
    auto plain = renewal::certificates_in(file);
    if (plain) return renewal::fitting(*plain, record);
    const auto looks = p12::isolated::sniff(file);
    const auto* refusal = !looks ? &looks.error() : looks->refusal ? &*looks->refusal : nullptr;
    if (refusal != nullptr && is(*refusal, p12::p12_errc::not_a_backup))
        return fail(renewal_errc::no_certificate);
    if (refusal != nullptr) return fail(Error(*refusal));
    ACREDITA_TRY(backup, open_new(program, options.file, options.passphrase_descriptor, options.old_backup));
    return renewal::fitting(backup.certificates, record);
}

// The certificate that an interrupted run has stored already needs no file.
Result<Bytes> on_card(const Visit& visit, const renewal::Record& record) {
    std::vector<Bytes> all;
    for (const auto& entry : visit.certificates) all.push_back(entry.der);
    return renewal::fitting(all, record);
}

Result<Loaded> receive(const Program& program, const LoadOptions& options) {
    ACREDITA_TRY(visit, begin_visit(program));
    ACREDITA_TRY(at, visit->unfinished());
    const auto due = renewal::due(at.record.path, at.state);
    if (due == Event::receive_certificate) {
        auto certificate =
            options.file.empty() ? on_card(*visit, at.record) : arrived(program, options, at.record);
        if (!certificate) return failed_step(*visit, at, *due, certificate.error());
        return store_new_certificate(program, options, *visit, at, *certificate);
    }
    if (due != Event::load_key)
        return fail(renewal_errc::out_of_order, std::string(renewal::name(Event::receive_certificate)) +
                                                    ", " + std::string(renewal::name(at.state)));
    if (options.file.empty()) return fail(cli_errc::answer_needed, "FILE");
    auto backup = open_new(program, options.file, options.passphrase_descriptor, options.old_backup);
    if (!backup) return failed_step(*visit, at, *due, backup.error());
    if (const auto same = same_certificate(*backup, at.record); !same)
        return failed_step(*visit, at, *due, same.error());
    return load_new_key(program, options, *visit, at, *backup);
}

int receive_command(const Program& program, const Options& options) {
    desk::guard_process();
    const auto done = receive(program, options.load);
    if (!done) return program.report(done.error());
    for (const auto& name : options.receipts) {
        const auto text = name.ends_with(".json") ? issue::to_json(done->receipt)
                                                  : issue::to_text(done->receipt, program.language());
        if (const auto written = write_file(name, as_bytes(text)); !written)
            return program.report(
                fail(issue::issue_errc::receipt_not_written, written.error().detail).value());
    }
    return tell(program, done->renewal, {{"receipt", Json::parse(issue::to_json(done->receipt))}},
                program.say("loaded"));
}

} // namespace

void add_renew_receive(CLI::App& group, Program& program) {
    auto options = std::make_shared<Options>();
    auto& command = program.command(group, "receive", "renew_receive",
                                    [&program, options] { return receive_command(program, *options); });
    program.option(command, "FILE", options->load.file, "renew_arrival");
    old_backup_options(command, program, options->load.old_backup);
    program.option(command, "--receipt", options->receipts, "receipt").type_name("FILE");
    program.option(command, "--document", options->load.document, "document").type_name("TEXT");
    program.reader_option(command);
    program.module_option(command);
    program.option(command, "--passphrase-fd", options->load.passphrase_descriptor, "passphrase_fd")
        .type_name("N");
    card_options(command, program, options->load.card);
}

} // namespace acredita::cli
