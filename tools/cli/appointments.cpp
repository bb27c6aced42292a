// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita appointments import, list, arrive, forget: who is expected.
#include "tools/office/appointments.hpp"

#include "tools/cli/commands.hpp"
#include "tools/cli/error.hpp"
#include "tools/desk/office.hpp"

#include <ctime>
#include <fstream>
#include <iostream>

namespace acredita::cli {
namespace {

using office::Appointments;
using office::office_errc;

struct Options {
    std::string file, day, code;
};

std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::localtime_r(&now, &parts);
    char text[16];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d", &parts)};
}

Result<std::string> day_of(const Options& options) {
    if (options.day.empty()) return today();
    auto day = office::as_day(options.day);
    if (day.empty()) return fail(office_errc::import_unreadable, office::as_field(options.day));
    return day;
}

// No more of the file than the reader would take.
Result<std::string> content(const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    std::string text(office::longest_list + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad() || (file.gcount() == 0 && !file.eof())) return fail(cli_errc::file_unreadable, name);
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

Result<void> import(const Program& program, const Options& options) {
    ACREDITA_TRY(text, content(options.file));
    ACREDITA_TRY(office, desk::need_office());
    ACREDITA_TRY(list, office::read_appointments(text, office->configuration.time_zone));
    ACREDITA_TRY(done, office->database.write([&]() -> Result<Appointments::Imported> {
        ACREDITA_TRY(counts, Appointments(office->database).import(list.appointments));
        ACREDITA_CHECK(office->journal.append({.action = "appointments.import",
                                               .facts = {{"added", std::to_string(counts.added)},
                                                         {"changed", std::to_string(counts.changed)},
                                                         {"skipped", std::to_string(list.skipped.size())}}}));
        return counts;
    }));
    Json skipped = Json::array();
    for (const auto& row : list.skipped) {
        skipped.push_back({{"line", row.line}, {"why", row.why}});
        if (!program.json())
            std::cout << program.say("appointment_skipped",
                                     {{"line", std::to_string(row.line)}, {"why", row.why}})
                      << '\n';
    }
    if (program.json())
        print({{"ok", true},
               {"added", done.added},
               {"changed", done.changed},
               {"unchanged", done.unchanged},
               {"skipped", skipped}});
    else
        std::cout << program.say("appointments_imported", {{"added", std::to_string(done.added)},
                                                           {"changed", std::to_string(done.changed)},
                                                           {"unchanged", std::to_string(done.unchanged)}})
                  << '\n';
    return {};
}

Result<void> list(const Program& program, const Options& options) {
    ACREDITA_TRY(day, day_of(options));
    ACREDITA_TRY(office, desk::need_office());
    ACREDITA_TRY(all, Appointments(office->database).of_day(day));
    Json json = Json::array();
    for (const auto& one : all) {
        json.push_back({{"starts", one.starts},
                        {"minutes", one.minutes},
                        {"code", one.code},
                        {"name", one.name},
                        {"service", one.service},
                        {"state", one.state}});
        if (!program.json())
            std::cout << one.starts << "  " << program.say("appointment." + one.state) << "  " << one.code
                      << "  " << one.name << "  " << one.service << '\n';
    }
    if (program.json()) print({{"ok", true}, {"day", day}, {"appointments", json}});
    return {};
}

// The record does not say who: his own follow as soon as his card is in the reader.
Result<void> arrive(const Program& program, const Options& options) {
    ACREDITA_TRY(day, day_of(options));
    ACREDITA_TRY(office, desk::need_office());
    Appointments appointments(office->database);
    ACREDITA_TRY(one, appointments.by_code(day, options.code));
    ACREDITA_TRY(head, office->database.write([&]() -> Result<office::Head> {
        ACREDITA_CHECK(appointments.mark(one.source, "arrived"));
        return office->journal.append({.action = "appointments.arrive", .facts = {{"starts", one.starts}}});
    }));
    if (program.json())
        print({{"ok", true}, {"name", one.name}, {"starts", one.starts}, {"journal_head", head.text()}});
    else
        std::cout << one.starts << "  " << program.say("appointment.arrived") << "  " << one.name << '\n';
    return {};
}

Result<void> forget(const Program& program, const Options& options) {
    ACREDITA_TRY(day, day_of(options));
    ACREDITA_TRY(office, desk::need_office());
    ACREDITA_CHECK(office->journal.append({.action = "appointments.forget", .facts = {{"before", day}}}));
    ACREDITA_TRY(count, Appointments(office->database).forget_before(day));
    if (program.json())
        print({{"ok", true}, {"forgotten", count}});
    else
        std::cout << program.say("appointments_forgotten", {{"count", std::to_string(count)}}) << '\n';
    return {};
}

} // namespace

void add_appointments(CLI::App& app, Program& program) {
    auto& group = program.group(app, "appointments", "appointments");
    auto options = std::make_shared<Options>();
    const auto add = [&](const char* name, const char* help,
                         Result<void> (*work)(const Program&, const Options&)) -> CLI::App& {
        return program.command(group, name, help, [&program, options, work] {
            const auto done = work(program, *options);
            return done ? 0 : program.report(done.error());
        });
    };
    auto& importing = add("import", "appointments_import", import);
    program.option(importing, "FILE", options->file, "appointments_file").required();
    auto& listing = add("list", "appointments_list", list);
    program.option(listing, "--day", options->day, "appointments_day").type_name("DAY");
    auto& arriving = add("arrive", "appointments_arrive", arrive);
    program.option(arriving, "CODE", options->code, "appointments_code").required();
    program.option(arriving, "--day", options->day, "appointments_day").type_name("DAY");
    auto& forgetting = add("forget", "appointments_forget", forget);
    program.option(forgetting, "--before", options->day, "appointments_before").type_name("DAY");
}

} // namespace acredita::cli
