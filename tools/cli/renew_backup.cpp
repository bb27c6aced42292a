// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/renew_backup.hpp"

#include "tools/cli/secrets.hpp"
#include "tools/issue/error.hpp"
#include "tools/p12/file.hpp"
#include "tools/p12/isolated.hpp"

#include <algorithm>
#include <iostream>

namespace acredita::cli {
namespace {

using p12::p12_errc;
using renewal::renewal_errc;

bool wrong(const Error& error) {
    return is(error, p12_errc::wrong_password) || is(error, p12_errc::cannot_decrypt);
}

// Was it the old backup's password that somebody typed for the new one?
bool opens_old(const OldBackup& old, const Secret& typed) {
    if (old.file.empty()) return false;
    const auto file = p12::read_file(old.file);
    return file && p12::isolated::examine(*file, typed).has_value();
}

void complain(const Program& program, const Error& error) {
    const auto told = catalogue::message(error, program.language());
    std::cerr << "  ✗ " << told.what << "\n    " << told.means << "\n    → " << told.action << std::endl;
}

struct Unlocked {
    p12::Opened opened;
    Secret passphrase;
};

// Asks until it is right; a descriptor has one answer only. `explain` may know better why it was wrong.
Result<Unlocked> unlock(const Program& program, ByteView file, int descriptor, std::string_view prompt,
                        const std::string& option,
                        const std::function<Error(const Secret&, Error)>& explain) {
    for (;;) {
        ACREDITA_TRY(typed, secret_from(descriptor, "  " + program.say(prompt) + ": ", option));
        auto opened = p12::isolated::examine(file, typed);
        if (opened) return Unlocked{*std::move(opened), std::move(typed)};
        if (!wrong(opened.error())) return fail(std::move(opened).error());
        const auto why = explain(typed, opened.error());
        if (descriptor >= 0) return fail(Error(why));
        complain(program, why);
    }
}

} // namespace

void old_backup_options(CLI::App& command, Program& program, OldBackup& options) {
    program.option(command, "--old-backup", options.file, "renew_old_backup").type_name("FILE");
    program.option(command, "--old-passphrase-fd", options.passphrase_descriptor, "old_passphrase_fd")
        .type_name("N");
}

Result<OldKey> open_old(const Program& program, const OldBackup& options, ByteView certificate) {
    ACREDITA_TRY(file, p12::read_file(options.file));
    ACREDITA_TRY(envelope, p12::isolated::sniff(file));
    if (envelope.refusal) return fail(Error(*envelope.refusal));
    ACREDITA_TRY(unlocked, unlock(program, file, options.passphrase_descriptor, "ask_old_passphrase",
                                  "--old-passphrase-fd", [](const Secret&, Error error) { return error; }));
    auto& all = unlocked.opened.credentials;
    std::erase_if(all, [&](const auto& one) {
        return certificate.empty() ? !renewal::party_of(one.leaf.der) : !equal(one.leaf.der, certificate);
    });
    if (all.empty()) return fail(renewal_errc::old_key_missing);
    if (all.size() > 1) return fail(issue::issue_errc::several_credentials, std::to_string(all.size()));
    ACREDITA_TRY(key, p12::load_key(all.front()));
    return OldKey{all.front().leaf.der, all.front().chain, std::move(key)};
}

Result<NewBackup> open_new(const Program& program, const std::string& name, int descriptor,
                           const OldBackup& old_backup) {
    NewBackup backup;
    ACREDITA_TRY(file, p12::read_file(name));
    backup.file = std::move(file);
    ACREDITA_TRY(envelope, p12::isolated::sniff(backup.file));
    if (envelope.refusal) return fail(Error(*envelope.refusal));
    ACREDITA_TRY(unlocked, unlock(program, backup.file, descriptor, "ask_new_passphrase", "--passphrase-fd",
                                  [&](const Secret& typed, Error error) {
                                      return opens_old(old_backup, typed)
                                                 ? fail(renewal_errc::old_password).value()
                                                 : error;
                                  }));
    backup.passphrase = std::move(unlocked.passphrase);
    for (const auto& one : unlocked.opened.credentials) backup.certificates.push_back(one.leaf.der);
    backup.has_key = !backup.certificates.empty();
    for (const auto& one : unlocked.opened.lone_certificates) backup.certificates.push_back(one.der);
    return backup;
}

Result<void> choose_renewal(NewBackup& backup, const renewal::Party& old) {
    std::optional<Error> why;
    renewal::Time latest{};
    for (const auto& der : backup.certificates) {
        const auto party = renewal::party_of(der);
        const auto renews = party ? renewal::check_renews(old, *party) : fail(Error(party.error()));
        if (!renews) {
            if (!why) why = renews.error();
            continue;
        }
        if (!backup.certificate.empty() && party->not_after <= latest) continue;
        latest = party->not_after;
        backup.certificate = der;
        backup.fingerprint = party->sha256;
    }
    if (!backup.certificate.empty()) return {};
    return fail(why ? *why : fail(renewal_errc::no_certificate).value());
}

Result<void> same_certificate(NewBackup& backup, const renewal::Record& record) {
    ACREDITA_TRY(renewed, renewal::party_of(record.new_certificate));
    bool old = false;
    for (const auto& der : backup.certificates) {
        old = old || der == record.old_certificate;
        if (der != record.new_certificate) continue;
        backup.certificate = der;
        backup.fingerprint = renewed.sha256;
        return {};
    }
    return fail(old ? renewal_errc::old_certificate : renewal_errc::other_key);
}

} // namespace acredita::cli
