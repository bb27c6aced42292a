// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita renew start: from the certificate that ends to a reviewed renewal with its new key on the card.
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/output_file.hpp"
#include "tools/cli/renew_key.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/renewal/contact.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

using renewal::Path;
using renewal::renewal_errc;
using renewal::State;

struct Options {
    LoadOptions load;
    std::string email, email_again, phone, fax, user, language, reason;
    std::string key = "rsa2048", folder;
    std::size_t certificate = 0; // from 1
    bool request = false, yes = false;
};

// Everything that is reviewed before anything is done.
struct Plan {
    renewal::Record record;
    renewal::Party old;
    std::optional<renewal::Party> renewed;
    std::optional<NewBackup> backup;
};

// The certificate that is renewed: in the old backup, else the person's only one on the card.
Result<Bytes> old_certificate(const Program& program, const Options& options, Visit& visit, bool& on_card) {
    if (!options.load.old_backup.file.empty()) {
        ACREDITA_TRY(old, open_old(program, options.load.old_backup, {}));
        on_card = visit.entry_of(old.certificate) != nullptr;
        return std::move(old.certificate);
    }
    on_card = true;
    std::vector<Bytes> personal;
    for (const auto& entry : visit.certificates)
        if (renewal::party_of(entry.der)) personal.push_back(entry.der);
    if (options.certificate > 0 && options.certificate <= visit.certificates.size())
        return visit.certificates[options.certificate - 1].der;
    if (personal.empty()) return fail(renewal_errc::old_key_missing);
    if (personal.size() > 1 || options.certificate > 0)
        return fail(renewal_errc::several_old, std::to_string(personal.size()));
    return std::move(personal.front());
}

Result<renewal::Contact> contact_of(const Program& program, const Options& options, const Visit& visit) {
    auto email = options.email, again = options.email_again;
    if (email.empty()) {
        ACREDITA_TRY(first, answer_from_terminal("  " + program.say("renew.ask_email") + ": ", "--email"));
        ACREDITA_TRY(second, answer_from_terminal("  " + program.say("renew.ask_email_again") + ": ",
                                                  "--email-again"));
        email = std::move(first);
        again = std::move(second);
    }
    ACREDITA_TRY(read, renewal::read_email(email, again));
    if (const auto meant = renewal::likely_meant(read))
        std::cerr << "  " << program.say("renew.likely_meant", {{"email", *meant}}) << std::endl;
    ACREDITA_TRY(phone, renewal::read_phone(options.phone));
    ACREDITA_TRY(fax, renewal::read_phone(visit.office->configuration.renewal.fax ? options.fax : ""));
    return renewal::Contact{std::move(read), std::move(phone), std::move(fax)};
}

Result<void> permitted(const Options& options, Visit& visit, const Plan& plan) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    ACREDITA_TRY(before, visit.desk.came_of_renewal(plan.old.nif, plan.old.sha256));
    return renewal::permit(plan.record.policy,
                           {.not_before = plan.old.not_before,
                            .not_after = plan.old.not_after,
                            .now = now,
                            .renewed_before = before,
                            .supervisor = visit.office->journal.origin().role == "supervisor",
                            .reason = options.reason});
}

// How the new key comes, and whether there is room for it beside the old one.
Result<void> choose_path(const Program& program, const Options& options, Visit& visit, Plan& plan) {
    ACREDITA_TRY(room, fresh_room(visit));
    auto& record = plan.record;
    if (options.request) {
        record.path = Path::request;
        const auto kind = renewal::kind_named(options.key);
        if (!kind) return fail(renewal_errc::cannot_generate, options.key);
        ACREDITA_CHECK(renewal::can_generate(*visit.session, *kind, options.key));
        if (room.known && !room.spare) return fail(renewal_errc::no_spare_place);
        return {};
    }
    record.path = record.old_on_card && room.one_place ? Path::in_place : Path::issued;
    ACREDITA_TRY(backup, open_new(program, options.load.file, options.load.passphrase_descriptor,
                                  options.load.old_backup));
    ACREDITA_CHECK(choose_renewal(backup, plan.old));
    ACREDITA_TRY(renewed, renewal::party_of(backup.certificate));
    record.new_certificate = backup.certificate;
    record.new_key = renewed.key.spki;
    plan.renewed = std::move(renewed);
    plan.backup = std::move(backup);
    return {};
}

Result<Plan> planned(const Program& program, const Options& options, Visit& visit) {
    Plan plan;
    auto& record = plan.record;
    record.policy = renewal::policy_named(visit.office->configuration.renewal.policy)
                        .value_or(renewal::Policy::expired_allowed);
    ACREDITA_TRY(old_der, old_certificate(program, options, visit, record.old_on_card));
    ACREDITA_TRY(old, renewal::party_of(old_der));
    record.old_certificate = std::move(old_der);
    plan.old = std::move(old);
    visit.parties.holder = plan.old.nif;
    ACREDITA_CHECK(permitted(options, visit, plan));
    ACREDITA_CHECK(choose_path(program, options, visit, plan));
    ACREDITA_TRY(contact, contact_of(program, options, visit));
    record.contact = std::move(contact);
    record.user = options.user;
    record.language = !options.language.empty()                            ? options.language
                      : program.language() == catalogue::Language::spanish ? "es"
                                                                           : "en";
    return plan;
}

std::string row(const Program& program, std::string_view key, const std::string& value) {
    return value.empty() ? "" : "\n    " + program.say(key) + ": " + value;
}

// What is about to happen, for eyes that can still say no.
void review(const Program& program, const Visit& visit, const Plan& plan) {
    const auto& r = plan.record;
    const auto now = issue::Clock::now();
    std::string text = "  " + program.say("renew.review") + "\n  " + program.say("renew.review_old");
    if (const auto old = issue::summarise(r.old_certificate, now))
        text += "\n" + describe_certificate(program, *old);
    text += "\n  " + program.say("renew.review_new");
    if (const auto renewed = issue::summarise(r.new_certificate, now); plan.renewed && renewed)
        text += "\n" + describe_certificate(program, *renewed);
    else
        text += "\n      " + program.say("renew.review_request");
    if (r.path == Path::in_place) text += "\n      " + program.say("renew.review_in_place");
    text += "\n  " + program.say("renew.review_secrets") + "\n  " + program.say("renew.review_data");
    text += row(program, "renew.row_email", r.contact.email + "  (" + program.say("renew.unconfirmed") + ")");
    text += row(program, "renew.row_phone", r.contact.phone);
    text += row(program, "renew.row_fax", r.contact.fax);
    text += row(program, "renew.row_user", r.user);
    for (const auto& entry : visit.certificates)
        if (entry.der != r.old_certificate && entry.der != r.new_certificate)
            if (const auto other = issue::summarise(entry.der, now))
                text +=
                    "\n  " + program.say("renew.review_other") + "\n" + describe_certificate(program, *other);
    std::cerr << text << std::endl;
}

Result<renewal::Renewal> opened(const Program& program, const Options& options, Visit& visit,
                                const Plan& plan) {
    review(program, visit, plan);
    if (!agreed(program, "renew.ask_review", options.yes)) return fail(renewal_errc::not_agreed);
    office::Facts told;
    if (!options.load.document.empty()) told["document"] = options.load.document;
    if (!options.reason.empty()) told["reason"] = options.reason;
    ACREDITA_TRY(renewal, visit.desk.open(visit.parties, plan.record, told));
    visit.found = renewal;
    return renewal;
}

// The request for the certificate, as the authority takes it; it can be had again as long as one is waited
// for.
Result<std::string> deliver_request(const Options& options, const Visit& visit,
                                    const renewal::Renewal& renewal) {
    const auto folder = options.folder.empty() ? visit.office->configuration.renewal.folder : options.folder;
    if (folder.empty()) return fail(renewal_errc::folder_needed);
    const auto file = folder + "/solicitud-" + std::to_string(renewal.kept.number) + ".p10";
    ACREDITA_CHECK(write_file(file, as_bytes(as_text(renewal.record.request))));
    return file;
}

struct Started {
    renewal::Renewal renewal;
    std::optional<issue::Receipt> receipt;
    std::string request; // the file
};

Result<Started> make_request(const Program& program, const Options& options, Visit& visit,
                             renewal::Renewal at) {
    const auto kind = renewal::kind_named(options.key);
    if (!kind) return fail(renewal_errc::cannot_generate, options.key);
    if (at.state == State::reviewed) {
        ACREDITA_TRY(done, make_new_key(program, options.load.card, visit, at, *kind));
        at = std::move(done);
    }
    ACREDITA_TRY(file, deliver_request(options, visit, at));
    return Started{std::move(at), std::nullopt, std::move(file)};
}

// A renewal that was begun and whose new key is not there yet goes on; any other is offered as it is.
Result<Started> go_on(const Program& program, const Options& options, Visit& visit,
                      const renewal::Renewal& at) {
    const bool requests = at.record.path == Path::request && options.request;
    const bool wanted = requests && (at.state == State::reviewed || at.state == State::key_ready ||
                                     at.state == State::first_made || at.state == State::waiting);
    if (wanted) return make_request(program, options, visit, at);
    const bool loads =
        at.record.path == Path::issued && at.state == State::reviewed && !options.load.file.empty();
    if (!loads) return fail(office::office_errc::case_open, std::to_string(at.kept.number));
    ACREDITA_TRY(backup, open_new(program, options.load.file, options.load.passphrase_descriptor,
                                  options.load.old_backup));
    ACREDITA_CHECK(same_certificate(backup, at.record));
    ACREDITA_TRY(loaded, load_new_key(program, options.load, visit, at, backup));
    return Started{std::move(loaded.renewal), std::move(loaded.receipt), {}};
}

Result<Started> start(const Program& program, const Options& options,
                      std::optional<renewal::Renewal>& unfinished) {
    ACREDITA_TRY(visit, begin_visit(program));
    unfinished = visit->found;
    if (visit->found) return go_on(program, options, *visit, *visit->found);
    ACREDITA_TRY(plan, planned(program, options, *visit));
    ACREDITA_TRY(renewal, opened(program, options, *visit, plan));
    if (plan.record.path == Path::request) return make_request(program, options, *visit, std::move(renewal));
    if (plan.record.path == Path::in_place) return Started{std::move(renewal), std::nullopt, {}};
    ACREDITA_TRY(loaded, load_new_key(program, options.load, *visit, renewal, *plan.backup));
    return Started{std::move(loaded.renewal), std::move(loaded.receipt), {}};
}

int start_command(const Program& program, const Options& options) {
    desk::guard_process();
    if (options.request == !options.load.file.empty())
        return program.report(fail(cli_errc::answer_needed, "BACKUP | --request").value());
    std::optional<renewal::Renewal> unfinished;
    const auto done = start(program, options, unfinished);
    if (!done) {
        Json more = Json::object();
        if (unfinished) {
            more["renewal"] = renewal_json(program, *unfinished);
            if (!program.json()) std::cerr << renewal_words(program, *unfinished) << '\n';
        }
        return program.report(done.error(), more);
    }
    Json more = Json::object();
    if (done->receipt) more["receipt"] = Json::parse(issue::to_json(*done->receipt));
    if (!done->request.empty()) more["request"] = done->request;
    const auto words =
        done->request.empty() ? std::string() : program.say("renew.request_at", {{"file", done->request}});
    return tell(program, done->renewal, more, words);
}

} // namespace

void add_renew_start(CLI::App& group, Program& program) {
    auto options = std::make_shared<Options>();
    auto& command = program.command(group, "start", "renew_start",
                                    [&program, options] { return start_command(program, *options); });
    program.option(command, "BACKUP", options->load.file, "renew_backup");
    program.flag(command, "--request", options->request, "renew_request");
    program.option(command, "--key", options->key, "renew_key")
        .type_name("KIND")
        ->check(CLI::IsMember({"rsa2048", "rsa3072", "rsa4096", "p256", "p384"}));
    old_backup_options(command, program, options->load.old_backup);
    program.option(command, "--certificate", options->certificate, "certificate").type_name("N");
    program.option(command, "--email", options->email, "renew_email").type_name("TEXT");
    program.option(command, "--email-again", options->email_again, "renew_email_again").type_name("TEXT");
    program.option(command, "--phone", options->phone, "renew_phone").type_name("TEXT");
    program.option(command, "--fax", options->fax, "renew_fax").type_name("TEXT");
    program.option(command, "--user", options->user, "letter_user").type_name("TEXT");
    program.option(command, "--language", options->language, "letter_language")
        .type_name("LANGUAGE")
        ->check([](const std::string& text) { // part of a file's name
            return text.size() <= 12 && text.find_first_of("/.") == text.npos ? std::string() : text;
        });
    program.option(command, "--document", options->load.document, "document").type_name("TEXT");
    program.option(command, "--reason", options->reason, "renew_reason").type_name("TEXT");
    program.option(command, "--folder", options->folder, "renew_folder").type_name("FOLDER");
    program.flag(command, "--yes", options->yes, "renew_yes");
    program.reader_option(command);
    program.module_option(command);
    program.option(command, "--passphrase-fd", options->load.passphrase_descriptor, "passphrase_fd")
        .type_name("N");
    card_options(command, program, options->load.card);
}

} // namespace acredita::cli
