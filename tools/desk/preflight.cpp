// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/preflight.hpp"

#include "pcsc/reader/context.hpp"
#include "pkcs11/client/module.hpp"
#include "pkcs11/client/road.hpp"
#include "tools/desk/clock_facts.hpp"
#include "tools/desk/office.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <future>
#include <thread>

#include <sys/statvfs.h>

namespace acredita::desk {
namespace {

constexpr std::int64_t minute = 60, day = 24 * 60 * minute;
constexpr std::int64_t years = 365 * day;
constexpr std::uint64_t megabyte = 1'000'000;

Check fine(Subject subject, std::string fact) { return {subject, Health::ok, std::move(fact), {}}; }
Check trouble(Subject subject, Health health, Error fault, std::string fact = {}) {
    return {subject, health, std::move(fact), std::move(fault)};
}

Check service() {
    reader::Context context;
    const auto readers = context.readers();
    if (!readers) return trouble(Subject::service, Health::bad, readers.error());
    return fine(Subject::service, "pcscd");
}

Check readers() {
    reader::Context context;
    const auto found = context.readers();
    if (!found) return trouble(Subject::reader, Health::bad, found.error());
    if (found->empty())
        return trouble(Subject::reader, Health::bad, fail(reader::reader_errc::no_reader).value());
    std::string names;
    for (const auto& one : *found) names += (names.empty() ? "" : "; ") + one.text;
    return fine(Subject::reader, names);
}

Check module(const client::Choice& choice) {
    const auto opened = client::open(client::chosen_road(choice));
    if (!opened) return trouble(Subject::module, Health::bad, opened.error());
    const auto description = (*opened)->description();
    return fine(Subject::module, description ? *description : choice.file.filename().string());
}

// Where the database is, or where logs and print queues go.
Check disk() {
    std::filesystem::path folder = "/var";
    if (const auto office = office_configuration();
        office && *office && (*office)->database.engine == office::Engine::sqlite)
        folder = std::filesystem::path((*office)->database.target).parent_path();
    struct statvfs about {};
    if (::statvfs(folder.c_str(), &about) != 0)
        return trouble(Subject::disk, Health::doubtful, fail(desk_errc::disk_unknown).value());
    return judge_disk(std::uint64_t{about.f_bavail} * about.f_frsize);
}

// A connection of its own: an open one belongs to another thread.
Check database() {
    auto office = open_office();
    if (!office) return trouble(Subject::database, Health::bad, office.error());
    if (!*office) return fine(Subject::database, "-");
    const auto head = (*office)->journal.head();
    if (!head) return trouble(Subject::database, Health::bad, head.error());
    return fine(Subject::database, std::to_string(head->number));
}

} // namespace

std::string_view name_of(Subject subject) noexcept {
    constexpr std::string_view names[] = {"service", "reader", "module", "clock", "disk", "database"};
    return names[static_cast<std::size_t>(subject)];
}

std::string_view name_of(Health health) noexcept {
    constexpr std::string_view names[] = {"ok", "doubtful", "bad"};
    return names[static_cast<std::size_t>(health)];
}

Check judge_clock(const ClockFacts& facts) {
    using enum desk_errc;
    const auto fault = [](Health health, desk_errc code) {
        return trouble(Subject::clock, health, fail(code).value());
    };
    if (facts.now + day < facts.built) return fault(Health::bad, clock_before_program);
    if (facts.newest && facts.now + minute < *facts.newest) return fault(Health::bad, clock_before_journal);
    if (facts.now > facts.built + 10 * years) return fault(Health::doubtful, clock_far_ahead);
    if (facts.rtc && std::abs(facts.now - *facts.rtc) > 5 * minute)
        return fault(Health::doubtful, clock_differs);
    if (!facts.synchronised) return fault(Health::doubtful, clock_free);
    return fine(Subject::clock, "NTP");
}

Check judge_disk(std::uint64_t free_bytes) {
    const auto fact = std::to_string(free_bytes / megabyte) + " MB";
    if (free_bytes < 50 * megabyte)
        return trouble(Subject::disk, Health::bad, fail(desk_errc::disk_full, fact).value(), fact);
    if (free_bytes < 500 * megabyte)
        return trouble(Subject::disk, Health::doubtful, fail(desk_errc::disk_low, fact).value(), fact);
    return fine(Subject::disk, fact);
}

Check check_now(Subject subject, const client::Choice& choice) {
    switch (subject) {
    case Subject::service:
        return service();
    case Subject::reader:
        return readers();
    case Subject::module:
        return module(choice);
    case Subject::clock:
        return judge_clock(clock_facts());
    case Subject::disk:
        return disk();
    case Subject::database:
        return database();
    }
    return fine(subject, {});
}

std::vector<Check> preflight(const Preflight& what) {
    constexpr std::array all = {Subject::service, Subject::reader, Subject::module,
                                Subject::clock,   Subject::disk,   Subject::database};
    const auto until = std::chrono::steady_clock::now() + what.patience;
    std::vector<std::future<Check>> asked;
    for (const auto subject : all) {
        std::packaged_task<Check()> task(
            [subject, choice = what.module] { return check_now(subject, choice); });
        asked.push_back(task.get_future());
        // A question that hangs must not keep the program: its thread is left alone with what it owns.
        std::thread(std::move(task)).detach();
    }
    std::vector<Check> checks;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (asked[i].wait_until(until) == std::future_status::ready)
            checks.push_back(asked[i].get());
        else
            checks.push_back(trouble(all[i], Health::bad, fail(desk_errc::check_hung).value()));
    }
    return checks;
}

} // namespace acredita::desk
