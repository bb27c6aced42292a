// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita journal verify: is the journal, or an exported one, as it was written?
#include "tools/cli/commands.hpp"
#include "tools/cli/error.hpp"
#include "tools/desk/office.hpp"

#include <fstream>
#include <iostream>

namespace acredita::cli {
namespace {

using office::office_errc;

struct Options {
    std::string file;
    std::vector<std::string> heads;
};

Result<std::vector<office::Head>> known_heads(const std::vector<std::string>& texts) {
    std::vector<office::Head> heads;
    for (const auto& text : texts) {
        const auto head = office::parse_head(text);
        if (!head) return fail(office_errc::head_malformed);
        heads.push_back(*head);
    }
    return heads;
}

Result<office::ChainReport> judge_file(const std::string& name, std::vector<office::Head> heads) {
    std::ifstream file(name, std::ios::binary);
    if (!file) return fail(cli_errc::file_unreadable, name);
    office::Chain chain(std::move(heads));
    std::string line;
    while (!file.eof()) {
        line.clear();
        for (int c = file.get(); c != std::char_traits<char>::eof() && c != '\n'; c = file.get())
            if (line.size() <= office::longest_line) line += static_cast<char>(c);
        if (!file.eof() || !line.empty()) chain.add(line);
    }
    if (file.bad()) return fail(cli_errc::file_unreadable, name);
    return chain.finish();
}

Result<office::ChainReport> judge_database(std::vector<office::Head> heads) {
    ACREDITA_TRY(office, desk::need_office());
    ACREDITA_CHECK(desk::record_reading(*office, {.action = "journal.verify"}));
    office::Chain chain(std::move(heads));
    ACREDITA_CHECK(office->journal.each(1, [&](std::string_view line) {
        chain.add(line);
        return true;
    }));
    return chain.finish();
}

Json as_json(const office::ChainReport& report) {
    Json faults = Json::array();
    for (const auto& fault : report.faults)
        faults.push_back({{"flaw", office::name(fault.flaw)},
                          {"number", fault.number},
                          {"last", fault.last},
                          {"line", fault.line}});
    return {{"ok", report.whole()},
            {"records", report.records},
            {"head", report.head.text()},
            {"faults", faults},
            {"clock_back", report.clock_back},
            {"signers", report.signers},
            {"without_anchor", report.free_of_anchor}};
}

void print_text(const Program& program, const office::ChainReport& report) {
    for (const auto& fault : report.faults)
        std::cout << "✗ "
                  << program.say("flaw." + std::string(office::name(fault.flaw)),
                                 {{"number", std::to_string(fault.number)},
                                  {"last", std::to_string(fault.last)},
                                  {"line", std::to_string(fault.line)}})
                  << '\n';
    for (const auto number : report.clock_back)
        std::cout << program.say("journal_clock_back", {{"number", std::to_string(number)}}) << '\n';
    for (const auto& signer : report.signers)
        std::cout << program.say("journal_signer", {{"sha256", signer}}) << '\n';
    const auto records = std::to_string(report.records);
    std::cout << (report.whole() ? "✓ " : "✗ ")
              << program.say(report.whole() ? "journal_whole" : "journal_not_whole", {{"records", records}})
              << '\n'
              << program.say("journal_head") << ' ' << report.head.text() << '\n'
              << program.say("journal_not_proven", {{"number", std::to_string(report.head.number)},
                                                    {"free", std::to_string(report.free_of_anchor)}})
              << '\n';
}

int verify(const Program& program, const Options& options) {
    auto heads = known_heads(options.heads);
    if (!heads) return program.report(heads.error());
    const auto report = options.file.empty() ? judge_database(*std::move(heads))
                                             : judge_file(options.file, *std::move(heads));
    if (!report) return program.report(report.error());
    if (program.json())
        print(as_json(*report));
    else
        print_text(program, *report);
    if (report->whole()) return 0;
    const auto broken = fail(office_errc::journal_broken).value();
    return static_cast<int>(catalogue::message(broken, program.language()).code);
}

} // namespace

void add_journal(CLI::App& app, Program& program) {
    auto& group = program.group(app, "journal", "journal");
    auto options = std::make_shared<Options>();
    auto& command = program.command(group, "verify", "journal_verify",
                                    [&program, options] { return verify(program, *options); });
    program.option(command, "FILE", options->file, "journal_file");
    program.option(command, "--head", options->heads, "journal_known").type_name("HEAD");
    add_journal_read(group, program);
    add_journal_card(group, program);
}

} // namespace acredita::cli
