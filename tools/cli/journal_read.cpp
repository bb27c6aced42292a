// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita journal show, find, export: reading, which is itself recorded.
#include "tools/cli/commands.hpp"
#include "tools/cli/error.hpp"
#include "tools/desk/office.hpp"
#include "tools/letter/file.hpp"
#include "tools/office/folio.hpp"

#include <algorithm>
#include <iostream>

namespace acredita::cli {
namespace {

struct Options {
    std::int64_t last = 20;
    bool months = false;
    office::Journal::Search search;
    std::string file;
};

void print_records(const Program& program, const std::vector<std::string>& lines) {
    Json all = Json::array();
    for (const auto& line : lines) {
        const auto record = office::parse(line);
        if (program.json()) all.push_back(record ? Json::parse(line) : Json(line));
        if (program.json()) continue;
        if (!record) {
            std::cout << program.say("journal_unreadable") << '\n';
            continue;
        }
        std::cout << record->number << "  " << record->time << "  " << record->kiosk << "  "
                  << record->operator_name << " (" << record->role << ")  " << record->action << "  "
                  << record->outcome;
        if (record->code != 0) std::cout << ' ' << record->code;
        for (const auto& [name, value] : record->facts) {
            auto words = value.substr(0, 64);
            std::ranges::replace_if(
                words, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
            std::cout << "  " << name << '=' << words;
        }
        std::cout << '\n';
    }
    if (program.json()) print({{"ok", true}, {"records", all}});
}

Result<std::vector<std::string>> newest(office::Journal& journal, std::int64_t count) {
    ACREDITA_TRY(rows, journal.database().rows("SELECT COALESCE(MAX(number), 0) FROM journal", "i"));
    std::vector<std::string> lines;
    const auto from = std::max<std::int64_t>(1, office::number(rows.at(0).at(0)) - count + 1);
    ACREDITA_CHECK(journal.each(from, [&](std::string_view line) {
        lines.emplace_back(line);
        return true;
    }));
    return lines;
}

Result<void> show_months(const Program& program) {
    ACREDITA_TRY(office, desk::need_office());
    ACREDITA_TRY(months, office->journal.pseudonyms().months());
    Json all = Json::array();
    for (const auto& month : months) {
        all.push_back(
            {{"month", month.name}, {"destroyed", month.destroyed.empty() ? Json() : Json(month.destroyed)}});
        if (!program.json())
            std::cout << month.name << "  "
                      << (month.destroyed.empty()
                              ? program.say("journal_key_kept")
                              : program.say("journal_key_destroyed", {{"when", month.destroyed}}))
                      << '\n';
    }
    if (program.json()) print({{"ok", true}, {"months", all}});
    return {};
}

Result<void> show(const Program& program, const Options& options) {
    if (options.months) return show_months(program);
    ACREDITA_TRY(office, desk::need_office());
    ACREDITA_CHECK(desk::record_reading(*office, {.action = "journal.show"}));
    ACREDITA_TRY(lines, newest(office->journal, std::clamp<std::int64_t>(options.last, 1, 100'000)));
    print_records(program, lines);
    return {};
}

Result<void> find(const Program& program, Options options) {
    ACREDITA_TRY(office, desk::need_office());
    auto& search = options.search;
    office::Facts by;
    if (!search.folio.empty()) {
        // One of ours in its one spelling; a letter of another authority has a folio of its own kind.
        if (const auto folio = office::read_folio(search.folio)) search.folio = *folio;
        by["folio"] = search.folio;
    }
    std::string asked;
    for (const auto& [word, value] : {std::pair<std::string, std::string>{"folio", search.folio},
                                      {"card", search.card},
                                      {"nif", search.holder}})
        if (!value.empty()) asked += (asked.empty() ? "" : " ") + word;
    if (asked.empty()) return fail(cli_errc::answer_needed, "--folio, --card, --nif");
    by["by"] = asked;
    // Found first, so that the search does not find itself; shown only when it is recorded.
    ACREDITA_TRY(lines, office->journal.find(search));
    ACREDITA_CHECK(desk::record_reading(
        *office, {.action = "journal.find", .holder = search.holder, .card = search.card, .facts = by}));
    print_records(program, lines);
    return {};
}

// Line after line into a file that has its name only when it is whole.
Result<void> export_to(const Program& program, const Options& options) {
    ACREDITA_TRY(office, desk::need_office());
    ACREDITA_TRY(file, letter::OutputFile::create(options.file));
    ACREDITA_CHECK(desk::record_reading(*office, {.action = "journal.export"}));
    std::uint64_t written = 0;
    std::int64_t records = 0;
    Result<void> trouble;
    ACREDITA_CHECK(office->journal.each(1, [&](std::string_view line) {
        const auto whole = std::string(line) + "\n";
        trouble = file.write_at(written, as_bytes(whole));
        written += whole.size();
        ++records;
        return trouble.has_value();
    }));
    if (!trouble) return trouble;
    ACREDITA_CHECK(file.sync());
    ACREDITA_CHECK(file.deliver());
    if (program.json())
        print({{"ok", true}, {"file", options.file}, {"records", records}});
    else
        std::cout << program.say("journal_exported", {{"records", std::to_string(records)}}) << ' '
                  << options.file << '\n';
    return {};
}

std::function<int()> told(const Program& program, std::function<Result<void>()> work) {
    return [&program, work = std::move(work)] {
        const auto done = work();
        return done ? 0 : program.report(done.error());
    };
}

} // namespace

void add_journal_read(CLI::App& group, Program& program) {
    auto options = std::make_shared<Options>();
    auto& show_command =
        program.command(group, "show", "journal_show",
                        told(program, [&program, options] { return show(program, *options); }));
    program.option(show_command, "--last", options->last, "journal_last").type_name("N");
    program.flag(show_command, "--months", options->months, "journal_months");
    auto& find_command =
        program.command(group, "find", "journal_find",
                        told(program, [&program, options] { return find(program, *options); }));
    program.option(find_command, "--folio", options->search.folio, "journal_folio").type_name("FOLIO");
    program.option(find_command, "--card", options->search.card, "journal_card").type_name("N");
    program.option(find_command, "--nif", options->search.holder, "journal_nif").type_name("NIF");
    auto& export_command =
        program.command(group, "export", "journal_export",
                        told(program, [&program, options] { return export_to(program, *options); }));
    program.option(export_command, "FILE", options->file, "journal_to").required();
}

} // namespace acredita::cli
