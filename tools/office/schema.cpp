// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/schema.hpp"

#include <optional>
#include <span>

namespace acredita::office {
namespace {

// {number}, {text} and {strict} are spelled by each engine in its own way: SQLite's INTEGER has 64 bits and
// its text has no collation, PostgreSQL's has 32 and the server's. `only` is for what exists on one engine
// alone.
struct Statement {
    const char* sql;
    std::optional<Engine> only{};
};

constexpr Statement first[] = {
    {"CREATE TABLE journal (number {number} PRIMARY KEY, line {text} NOT NULL){strict}"},
    {"CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal BEGIN "
     "SELECT RAISE(ABORT, 'the journal only grows'); END",
     Engine::sqlite},
    {"CREATE TRIGGER journal_undeleted BEFORE DELETE ON journal BEGIN "
     "SELECT RAISE(ABORT, 'the journal only grows'); END",
     Engine::sqlite},
    {"CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
     "'BEGIN RAISE EXCEPTION ''the journal only grows''; END'",
     Engine::postgresql},
    {"CREATE TRIGGER journal_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
     "FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows()",
     Engine::postgresql},
    {"CREATE TABLE month_keys (month {text} PRIMARY KEY, secret {text} NOT NULL, destroyed {text} NOT NULL)"
     "{strict}"},
    {"CREATE TABLE cases (number {number} PRIMARY KEY, kind {text} NOT NULL, state {text} NOT NULL, "
     "finished {number} NOT NULL, opened {text} NOT NULL, changed {text} NOT NULL, revision {number} NOT "
     "NULL, "
     "month {text} NOT NULL, holder {text} NOT NULL, card {text} NOT NULL, facts {text} NOT NULL){strict}"},
    {"CREATE INDEX cases_by_card ON cases (card)"},
    {"CREATE INDEX cases_by_holder ON cases (holder)"},
    {"CREATE TABLE letters (folio {text} NOT NULL, part {number} NOT NULL, case_number {number} NOT NULL, "
     "template {text} NOT NULL, issued {text} NOT NULL, length {number} NOT NULL, sha256 {text} NOT NULL, "
     "signed {text} NOT NULL, signed_sha256 {text} NOT NULL, PRIMARY KEY (folio, part)){strict}"},
    {"CREATE TABLE folios (year {number} PRIMARY KEY, last {number} NOT NULL){strict}"},
    {"CREATE TABLE appointments (source {text} PRIMARY KEY, code {text} NOT NULL, day {text} NOT NULL, "
     "starts {text} NOT NULL, minutes {number} NOT NULL, name {text} NOT NULL, service {text} NOT NULL, "
     "state {text} NOT NULL, reason {text} NOT NULL){strict}"},
    {"CREATE INDEX appointments_by_day ON appointments (day, starts)"},
};

struct Step {
    std::span<const Statement> statements;
};
constexpr Step steps[] = {{first}};

void replace_all(std::string& in, std::string_view what, std::string_view with) {
    for (auto at = in.find(what); at != std::string::npos; at = in.find(what, at + with.size()))
        in.replace(at, what.size(), with);
}

std::string spelled(std::string sql, Engine engine) {
    const bool file = engine == Engine::sqlite;
    replace_all(sql, "{number}", file ? "INTEGER" : "BIGINT");
    replace_all(sql, "{text}", file ? "TEXT" : "TEXT COLLATE \"C\"");
    replace_all(sql, "{strict}", file ? " STRICT" : "");
    return sql;
}

Result<std::int64_t> version_of(Database& database) {
    ACREDITA_CHECK(database.run(
        spelled("CREATE TABLE IF NOT EXISTS schema_version (version {number} PRIMARY KEY){strict}",
                database.engine())));
    ACREDITA_TRY(found, database.rows("SELECT COALESCE(MAX(version), 0) FROM schema_version", "i"));
    return number(found.at(0).at(0));
}

} // namespace

std::int64_t newest_version() noexcept { return static_cast<std::int64_t>(std::size(steps)); }

Result<void> migrate(Database& database) {
    return database.write([&]() -> Result<void> {
        ACREDITA_TRY(version, version_of(database));
        if (version > newest_version())
            return fail(office_errc::database_newer,
                        std::to_string(version) + " > " + std::to_string(newest_version()));
        for (auto step = version; step < newest_version(); ++step) {
            for (const auto& statement : steps[step].statements)
                if (!statement.only || *statement.only == database.engine())
                    ACREDITA_CHECK(database.run(spelled(statement.sql, database.engine())));
            ACREDITA_CHECK(database.run("INSERT INTO schema_version (version) VALUES (:a)", {step + 1}));
        }
        return {};
    });
}

} // namespace acredita::office
