// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita card: what is on the card in the reader, and the state of its PIN. Spends no try.
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/issue/target.hpp"
#include "tools/p12/nif.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

struct Contents {
    issue::Target target;
    client::CardFacts facts;
    std::vector<std::pair<client::CertificateEntry, issue::CertificateSummary>> certificates;
};

Result<Contents> read(const Program& program) {
    Contents contents;
    ACREDITA_TRY(target, issue::find_target(program.choice(), program.reader()));
    contents.target = std::move(target);
    ACREDITA_TRY(session, client::Session::open(contents.target.module, contents.target.slot,
                                                client::Access::read_only));
    using client::Ask;
    ACREDITA_TRY(facts, client::card_facts(session, Ask::pin | Ask::puk | Ask::storing | Ask::names));
    contents.facts = std::move(facts);
    ACREDITA_TRY(entries, client::certificates(session));
    for (auto& entry : entries) {
        auto summary = issue::summarise(entry.der, issue::Clock::now());
        contents.certificates.emplace_back(std::move(entry),
                                           summary ? *std::move(summary) : issue::CertificateSummary{});
    }
    return contents;
}

template <class T>
Json known(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

void print_json(const Contents& c) {
    Json certificates = Json::array();
    for (const auto& [entry, summary] : c.certificates) {
        Json one = certificate_json(summary);
        one["id"] = to_hex(entry.id);
        one["label"] = p12::hide_nif(entry.label);
        certificates.push_back(std::move(one));
    }
    const auto& token = c.target.token;
    const auto& f = c.facts;
    print({{"ok", true},
           {"reader", c.target.reader ? Json(c.target.reader->name.text) : Json(nullptr)},
           {"card",
            {{"maker", token.manufacturer},
             {"model", token.model},
             {"serial", token.serial},
             {"label", token.label},
             {"profile", known(f.profile)}}},
           {"pin",
            {{"blocked", f.pin == client::PinLight::locked},
             {"tries_left", known(f.pin_tries_left)},
             {"tries_total", known(f.pin_tries_total)},
             {"factory", known(f.factory_pin)}}},
           {"puk",
            {{"tries_left", known(f.puk_tries_left)},
             {"tries_total", known(f.puk_tries_total)},
             {"factory", known(f.factory_puk)}}},
           {"can_import", known(f.can_import)},
           {"max_certificate", known(f.max_certificate)},
           {"certificates", certificates}});
}

std::string pin_line(const Program& program, std::string_view key, const std::optional<unsigned>& tries,
                     const std::optional<bool>& factory) {
    auto line = pin_prompt(program, key, tries);
    line.resize(line.size() - 2);
    if (factory == true) line += "  " + program.say("factory_value");
    return line;
}

std::string importing(const Program& program, const client::CardFacts& facts) {
    if (!facts.can_import) return program.say("import_unknown");
    return program.say(*facts.can_import ? "import_yes" : "import_no");
}

void print_text(const Program& program, const Contents& c) {
    const auto& token = c.target.token;
    std::cout << token.manufacturer << ' ' << token.model << "  " << token.serial << '\n';
    if (c.target.reader) std::cout << "  " << c.target.reader->name.text << '\n';
    if (c.facts.profile) std::cout << "  " << program.say("profile") << " " << *c.facts.profile << '\n';
    std::cout << "  " << pin_line(program, "pin", c.facts.pin_tries_left, c.facts.factory_pin) << '\n'
              << "  " << pin_line(program, "puk", c.facts.puk_tries_left, c.facts.factory_puk) << '\n'
              << "  " << importing(program, c.facts) << '\n';
    if (c.certificates.empty()) std::cout << "  " << program.say("no_certificates") << '\n';
    for (const auto& [entry, summary] : c.certificates)
        std::cout << "\n  " << p12::hide_nif(entry.label) << '\n'
                  << describe_certificate(program, summary) << '\n';
}

int card(const Program& program) {
    const auto contents = read(program);
    if (!contents) return program.report(contents.error());
    if (program.json())
        print_json(*contents);
    else
        print_text(program, *contents);
    return 0;
}

} // namespace

void add_card(CLI::App& app, Program& program) {
    auto& command = program.command(app, "card", "card", [&program] { return card(program); });
    program.reader_option(command);
    program.module_option(command);
    command.require_subcommand(0, 1);
    add_card_probe(command, program);
}

} // namespace acredita::cli
