// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita portals: the portals that are known, the way through one of them, and the sheet about it for a
// holder.
#include "tools/cli/card_login.hpp"
#include "tools/cli/certificate_files.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/letterhead.hpp"
#include "tools/cli/output_file.hpp"
#include "tools/desk/office.hpp"
#include "tools/issue/certificate.hpp"
#include "tools/portals/known.hpp"
#include "tools/portals/sheet.hpp"
#include "tools/practice/places.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

struct Options {
    std::string portal, renewed, previous, output, office;
    CardKeyOptions card;
};

// The certificate in a file, or, if none is named, on the card; neither needs a PIN.
Result<Bytes> certificate_of(const Program& program, const Options& options, const std::string& file) {
    if (file.empty()) {
        ACREDITA_TRY(card, find_card_key(program, options.card));
        return std::move(card.entry.der);
    }
    ACREDITA_TRY(certificates, read_certificates({file}));
    if (certificates.empty()) return fail(cli_errc::file_unreadable, file);
    return std::move(certificates.front());
}

struct Subject {
    portals::Holder holder;
    std::string identity, fingerprint; // for the journal
};

portals::Holder::Certificate marks_of(const issue::CertificateSummary& summary) {
    return {summary.serial, summary.not_after.substr(0, 10)};
}

Result<Subject> subject_of(const Program& program, const Options& options) {
    ACREDITA_TRY(renewed, certificate_of(program, options, options.renewed));
    ACREDITA_TRY(summary, issue::summarise(renewed, issue::Clock::now()));
    ACREDITA_TRY(identity, issue::identity_number(renewed));
    portals::Holder holder{.name = summary.holder,
                           .masked_id = summary.masked_id,
                           .issuer = summary.issuer,
                           .renewed = marks_of(summary)};
    if (!options.previous.empty()) {
        ACREDITA_TRY(previous, certificate_of(program, options, options.previous));
        ACREDITA_TRY(before, issue::summarise(previous, issue::Clock::now()));
        ACREDITA_TRY(same, issue::identity_number(previous));
        if (same != identity) return fail(letter::document_errc::other_person);
        if (equal(previous, renewed)) return fail(letter::document_errc::same_key);
        holder.previous = marks_of(before);
    }
    return Subject{std::move(holder), std::move(identity), summary.fingerprint};
}

Result<void> remember(const Options& options, const Subject& subject) {
    ACREDITA_TRY(office, desk::open_office());
    if (!office) return {};
    ACREDITA_CHECK(office->journal.append({.action = "portals.sheet",
                                           .holder = subject.identity,
                                           .certificate = subject.fingerprint,
                                           .facts = {{"portal", options.portal}}}));
    return {};
}

Result<portals::Portal> portal_named(const std::string& name) {
    return portals::known_portals(practice::places::portals()).find(name);
}

Result<portals::Sheet> make_sheet(const Program& program, const Options& options) {
    ACREDITA_TRY(portal, portal_named(options.portal));
    ACREDITA_TRY(office, letterhead(options.office));
    ACREDITA_TRY(subject, subject_of(program, options));
    ACREDITA_TRY(sheet, portals::sheet_of(portal, subject.holder, program.language()));
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    ACREDITA_TRY(pdf, portals::draw_sheet(sheet, office, now));
    ACREDITA_CHECK(remember(options, subject));
    ACREDITA_CHECK(write_file(options.output, pdf));
    return std::move(sheet);
}

Json to_json(const portals::Sheet& sheet) {
    auto sections = Json::array();
    for (const auto& one : sheet.sections)
        sections.push_back(
            {{"part", portals::name_of(one.part)}, {"title", one.heading}, {"steps", one.steps}});
    return {{"ok", true},
            {"title", sheet.title},
            {"url", sheet.url.empty() ? Json(nullptr) : Json(sheet.url)},
            {"sections", std::move(sections)},
            {"closing", sheet.closing}};
}

int list(const Program& program) {
    const auto known = portals::known_portals(practice::places::portals());
    auto rows = Json::array();
    for (const auto& one : known.all) {
        const auto& name = one.in(program.language()).name;
        rows.push_back({{"portal", one.id},
                        {"name", name},
                        {"url", one.url.empty() ? Json(nullptr) : Json(one.url)},
                        {"own", one.own}});
        if (program.json()) continue;
        std::cout << one.id << std::string(one.id.size() < 22 ? 22 - one.id.size() : 1, ' ') << name << "  "
                  << (one.url.empty() ? program.say("portal_without_address") : one.url)
                  << (one.own ? "  [" + program.say("portal_own") + "]" : "") << '\n';
    }
    if (!known.mistakes.empty()) {
        auto mistakes = Json::array();
        for (const auto& one : known.mistakes) mistakes.push_back(one.error.detail);
        int code = 0;
        if (program.json())
            return program.report(known.mistakes.front().error, {{"portals", rows}, {"mistakes", mistakes}});
        for (const auto& one : known.mistakes) code = program.report(one.error);
        return code;
    }
    if (program.json()) print({{"ok", true}, {"portals", rows}});
    return 0;
}

int show(const Program& program, const Options& options) {
    const auto portal = portal_named(options.portal);
    if (!portal) return program.report(portal.error());
    const auto sheet = portals::sheet_of(*portal, std::nullopt, program.language());
    if (!sheet) return program.report(sheet.error());
    if (program.json()) {
        print(to_json(*sheet));
        return 0;
    }
    std::cout << sheet->title << '\n' << (sheet->url.empty() ? "" : sheet->url + "\n");
    for (const auto& section : sheet->sections) {
        std::cout << '\n' << section.heading << '\n';
        for (const auto& step : section.steps) std::cout << "  - " << step << '\n';
    }
    std::cout << '\n' << sheet->closing << '\n';
    return 0;
}

int sheet(const Program& program, const Options& options) {
    const auto made = make_sheet(program, options);
    if (!made) return program.report(made.error());
    if (program.json())
        print({{"ok", true}, {"file", options.output}, {"portal", options.portal}});
    else
        std::cout << options.output << '\n';
    return 0;
}

} // namespace

void add_portals(CLI::App& app, Program& program) {
    auto& group = program.group(app, "portals", "portals");
    program.command(group, "list", "portals_list", [&program] { return list(program); });
    auto options = std::make_shared<Options>();
    auto& showing = program.command(group, "show", "portals_show",
                                    [&program, options] { return show(program, *options); });
    program.option(showing, "PORTAL", options->portal, "portal").required();
    auto& making = program.command(group, "sheet", "portals_sheet",
                                   [&program, options] { return sheet(program, *options); });
    program.option(making, "PORTAL", options->portal, "portal").required();
    program.option(making, "--out", options->output, "letter_out").type_name("FILE")->required();
    program.option(making, "--renewed", options->renewed, "portals_renewed").type_name("FILE");
    program.option(making, "--previous", options->previous, "portals_previous").type_name("FILE");
    program.option(making, "--office", options->office, "letter_office").type_name("FILE");
    program.option(making, "--certificate", options->card.certificate, "certificate").type_name("N");
    program.reader_option(making);
    program.module_option(making);
}

} // namespace acredita::cli
