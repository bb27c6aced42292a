// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/renew_visit.hpp"

#include "tools/cli/dialogue.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/letter/document/office.hpp"
#include "tools/practice/places.hpp"

#include <algorithm>
#include <iostream>

namespace acredita::cli {

using renewal::renewal_errc;

Result<renewal::Renewal> Visit::unfinished() const {
    if (!found) return fail(renewal_errc::no_case);
    return *found;
}

const client::CertificateEntry* Visit::entry_of(ByteView certificate) const {
    const auto at =
        std::ranges::find_if(certificates, [&](const auto& entry) { return equal(entry.der, certificate); });
    return at == certificates.end() ? nullptr : &*at;
}

Result<std::unique_ptr<Visit>> begin_visit(const Program& program) {
    ACREDITA_TRY(office, desk::need_office());
    auto visit = std::make_unique<Visit>(std::move(office));
    ACREDITA_TRY(target, issue::find_target(program.choice(), program.reader()));
    visit->target = std::move(target);
    ACREDITA_TRY(session,
                 client::Session::open(visit->target.module, visit->target.slot, client::Access::read_only));
    visit->session = std::make_unique<client::Session>(std::move(session));
    ACREDITA_TRY(certificates, client::certificates(*visit->session));
    visit->certificates = std::move(certificates);
    visit->parties.card = visit->target.token.serial;
    ACREDITA_TRY(found, visit->desk.of_card(visit->parties.card));
    visit->found = std::move(found);
    if (visit->found) {
        ACREDITA_TRY(old, renewal::party_of(visit->found->record.old_certificate));
        visit->parties.holder = old.nif;
    }
    return visit;
}

Result<renewal::Room> fresh_room(Visit& visit) {
    visit.session.reset();
    ACREDITA_CHECK(issue::begin_afresh(visit.target));
    ACREDITA_TRY(session,
                 client::Session::open(visit.target.module, visit.target.slot, client::Access::read_only));
    visit.session = std::make_unique<client::Session>(std::move(session));
    return renewal::room_on(*visit.session);
}

void folder_options(CLI::App& command, Program& program, FolderOptions& options) {
    options.office = letter::office_file;
    options.templates = practice::places::letter_templates().string();
    program.option(command, "--folder", options.folder, "renew_folder").type_name("FOLDER");
    program.option(command, "--office", options.office, "letter_office").type_name("FILE");
    program.option(command, "--templates", options.templates, "letter_templates").type_name("FOLDER");
}

Result<renewal::Folder> folder_of(const FolderOptions& options, const Visit& visit) {
    renewal::Folder folder;
    folder.letters = options.folder.empty() ? visit.office->configuration.renewal.folder : options.folder;
    std::error_code trouble;
    if (folder.letters.empty() || !std::filesystem::is_directory(folder.letters, trouble))
        return fail(renewal_errc::folder_needed);
    folder.templates = options.templates;
    ACREDITA_TRY(office, letter::read_office(options.office));
    folder.office = std::move(office);
    return folder;
}

void card_options(CLI::App& command, Program& program, CardOptions& options) {
    program.option(command, "--pin-fd", options.holder.pin_descriptor, "pin_fd").type_name("N");
    program.flag(command, "--last-try", options.holder.last_try, "last_try");
    administration_options(command, program, options.administration);
}

renewal::Card Keys::card(const Program& program, Visit& visit) const {
    return {.target = visit.target,
            .administration = administration,
            .so_pin = so_pin,
            .pin = pin,
            .look_at_reader = [&program] { std::cerr << program.say("look_at_reader") << std::endl; }};
}

Result<Keys> ask_for_keys(const Program& program, const CardOptions& options, Visit& visit) {
    Keys keys;
    ACREDITA_TRY(configuration, issue::read_configuration(desk::configuration_file));
    ACREDITA_TRY(administration, administration_key(options.administration, configuration));
    if (administration.is_factory() && !options.administration.factory_key && !desk::practising())
        return fail(issue::issue_errc::admin_key_unsafe, "the key of the factory");
    keys.administration = std::move(administration);
    ACREDITA_TRY(so_pin, makers_administration(options.administration, configuration));
    keys.so_pin = std::move(so_pin);
    ACREDITA_TRY(pin, login_holder(program, *visit.session, options.holder));
    keys.pin = std::move(pin);
    ACREDITA_CHECK(visit.session->logout());
    visit.session.reset();
    return keys;
}

bool agreed(const Program& program, std::string_view question, bool beforehand) {
    if (beforehand) return true;
    const auto answer = answer_from_terminal("  " + program.say(question) + " ", {});
    return answer && *answer == program.say("yes_word");
}

tl::unexpected<Error> failed_step(Visit& visit, const renewal::Renewal& renewal, renewal::Event event,
                                  const Error& error) {
    const auto code = catalogue::message(error, catalogue::Language::english).code;
    const auto noted = visit.desk.failed(renewal, event, visit.parties, code, error_name(error.code));
    if (!noted) return fail(Error(noted.error())); // what cannot be recorded is worse
    return fail(Error(error));
}

Json renewal_json(const Program& program, const renewal::Renewal& renewal) {
    const auto [done, of] = renewal::position(renewal.record.path, renewal.state);
    const auto due = renewal::due(renewal.record.path, renewal.state);
    Json json = {{"case", renewal.kept.number},
                 {"path", renewal::name(renewal.record.path)},
                 {"state", renewal::name(renewal.state)},
                 {"light", renewal::is_amber(renewal.record.path, renewal.state) ? "amber" : "green"},
                 {"done", done},
                 {"of", of},
                 {"next", due ? Json(renewal::name(*due)) : Json(nullptr)},
                 {"folio", renewal.record.folio.empty() ? Json(nullptr) : Json(renewal.record.folio)},
                 {"email", renewal::masked_email(renewal.record.contact.email)}};
    if (due) json["command"] = program.say("renew.command." + std::string(renewal::name(*due)));
    return json;
}

std::string renewal_words(const Program& program, const renewal::Renewal& renewal) {
    const auto [done, of] = renewal::position(renewal.record.path, renewal.state);
    const auto due = renewal::due(renewal.record.path, renewal.state);
    std::string text = program.say("renew.heading", {{"case", std::to_string(renewal.kept.number)},
                                                     {"done", std::to_string(done)},
                                                     {"of", std::to_string(of)}});
    text += "\n  " + program.say("renew.state." + std::string(renewal::name(renewal.state)));
    if (renewal::is_amber(renewal.record.path, renewal.state)) text += "\n  " + program.say("renew.amber");
    if (due) {
        text += "\n  → " + program.say("renew.event." + std::string(renewal::name(*due)));
        text += "\n    " + program.say("renew.command." + std::string(renewal::name(*due)));
    }
    return text;
}

int tell(const Program& program, const renewal::Renewal& renewal, const Json& more,
         const std::string& words) {
    if (program.json()) {
        Json all = {{"ok", true}, {"renewal", renewal_json(program, renewal)}};
        all.update(more);
        print(all);
        return 0;
    }
    if (!words.empty()) std::cout << words << "\n\n";
    std::cout << renewal_words(program, renewal) << '\n';
    return 0;
}

} // namespace acredita::cli
