// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a journal of many records costs: to append to, to verify, to search. Prints figures, judges nothing.
//   journal_bench RECORDS [DIRECTORY]    DIRECTORY for SQLite's file; PostgreSQL has a server of its own
#include "tests/support/postgresql.hpp"
#include "tests/support/scratch.hpp"
#include "tools/office/journal.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace {

using namespace acredita;
using office::Journal;
using Seconds = std::chrono::duration<double>;

constexpr int sample = 300;

office::Entry entry(int number) {
    return {.action = "issue.store_key",
            .holder = "12345678Z",
            .card = std::to_string(10'000'000 + number),
            .certificate = std::string(64, 'F'),
            .facts = {{"folio", "R-2026-" + std::to_string(100'000 + number)}, {"word", "9000"}}};
}

template <class Work>
double seconds(Work&& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return Seconds(std::chrono::steady_clock::now() - start).count();
}

void must(bool done, const char* what) {
    if (done) return;
    std::fprintf(stderr, "%s failed\n", what);
    std::exit(1);
}

// Microseconds for one record in a transaction of its own.
double append_cost(Journal& journal) {
    return seconds([&] {
               for (int i = 0; i < sample; ++i) must(journal.append(entry(i)).has_value(), "append");
           }) /
           sample * 1e6;
}

void measure(const char* engine, const office::Connection& connection, int records, const char* file) {
    auto database = office::Database::open(connection);
    must(database.has_value(), "open");
    Journal journal(
        *database,
        {.kiosk = "mostrador-1", .build = "acredita 0.1.0", .session = "S", .operator_name = "ana"});
    const double at_start = append_cost(journal);
    for (int done = 2 * sample; done < records;) {
        must(database
                 ->write([&]() -> Result<void> {
                     for (int i = 0; i < 1000 && done < records; ++i, ++done)
                         ACREDITA_CHECK(journal.append(entry(done)));
                     return {};
                 })
                 .has_value(),
             "fill");
    }
    const double at_end = append_cost(journal);
    office::ChainReport report;
    std::ofstream exported(file, std::ios::binary);
    const double verify = seconds([&] {
        office::Chain chain;
        must(journal
                 .each(1,
                       [&](std::string_view line) {
                           chain.add(line);
                           return true;
                       })
                 .has_value(),
             "read");
        report = chain.finish();
    });
    must(report.whole(), "verify");
    std::vector<std::string> lines;
    static_cast<void>(journal.each(1, [&](std::string_view line) {
        lines.emplace_back(line);
        return true;
    }));
    for (const auto& line : lines) exported << line << '\n';
    const double alone = seconds([&] {
        office::Chain chain;
        for (const auto& line : lines) chain.add(line);
        must(chain.finish().whole(), "verify");
    });
    const double search =
        seconds([&] { must(journal.find({.folio = "R-2026-100777"}).has_value(), "find"); });
    const auto count = static_cast<double>(report.records);
    std::printf("%-10s  %7.0f records  append %6.0f us at the start, %6.0f us at the end, ratio %.2f\n",
                engine, count, at_start, at_end, at_end / at_start);
    std::printf("%-10s  verify %8.0f records/s out of the database, %8.0f records/s in memory; find %.2f s\n",
                engine, count / verify, count / alone, search);
}

} // namespace

int main(int argc, char** argv) {
    const int records = argc > 1 ? std::atoi(argv[1]) : 100'000;
    const std::filesystem::path place = argc > 2 ? std::filesystem::path(argv[2]) : test::scratch_directory();
    const auto exported = (place / "journal.jsonl").string();
    measure("sqlite", {office::Engine::sqlite, (place / "bench.db").string()}, records, exported.c_str());
    if (const auto why = test::no_postgresql(); !why.empty())
        std::printf("postgresql  SKIPPED: %s\n", why.c_str());
    else
        measure("postgresql", {office::Engine::postgresql, test::new_database()}, records, exported.c_str());
}
