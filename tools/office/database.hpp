// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The one door to the office's database: SQLite in a file, or PostgreSQL. Whoever comes through it cannot
// tell which one is behind.
//
// Only whole numbers of 64 bits and text go through; bytes travel as hexadecimal text, columns are never
// null. (SOCI cuts text at a NUL, binds an int without looking whether it fits, and has another idea of a
// blob on each engine.) Placeholders are written :a, :b ... and take the values in their order. One writer at
// a time, on both engines: what write() reads before it writes is still true when it commits.
//
// Errors: office_errc. After database_unreachable the next call connects again. Not for use by two threads.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "tools/office/error.hpp"

#include <chrono>
#include <memory>
#include <variant>

namespace acredita::office {

enum class Engine { sqlite, postgresql };

// Where it is: a file, or what libpq calls a connection string.
struct Connection {
    Engine engine = Engine::sqlite;
    std::string target;
    std::chrono::milliseconds patience{10'000}; // for another writer
};

// "sqlite:/var/lib/acredita/office.db", "postgresql:host=... dbname=... user=...". configuration_invalid: an
// unknown engine, a path that is not absolute, a password (which belongs into libpq's passfile).
[[nodiscard]] Result<Connection> parse_connection(std::string_view text);

using Value = std::variant<std::int64_t, std::string>;
using Row = std::vector<Value>;

class Database {
public:
    // Connects, and brings the tables to the form this program knows (schema.hpp).
    [[nodiscard]] static Result<Database> open(const Connection& connection);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    [[nodiscard]] Engine engine() const noexcept;

    // One statement; the number of rows it touched.
    [[nodiscard]] Result<std::int64_t> run(const std::string& sql, const std::vector<Value>& values = {});
    // One question. `kinds` has a letter for each column, 'i' for numbers and 't' for text. Everything is in
    // memory at once: ask for pages.
    [[nodiscard]] Result<std::vector<Row>> rows(const std::string& sql, std::string_view kinds,
                                                const std::vector<Value>& values = {});

    // Carries out `work` as one transaction that alone may write; an error of it, or an exception, undoes
    // everything. Inside of another write() it becomes a part of that one.
    template <class Work>
    [[nodiscard]] auto write(Work&& work) -> std::invoke_result_t<Work> {
        Transaction transaction(*this);
        ACREDITA_CHECK(transaction.begin());
        auto done = std::forward<Work>(work)();
        if (!done) return done;
        ACREDITA_CHECK(transaction.commit());
        return done;
    }

    // After a secret was deleted: nothing of it stays in the files of the database, as far as the engine has
    // a say in that (docs/office-database.md).
    [[nodiscard]] Result<void> purge(const std::string& table);

private:
    class Transaction {
    public:
        explicit Transaction(Database& database) noexcept : database_(database) {}
        ~Transaction();
        Transaction(const Transaction&) = delete;
        Transaction& operator=(const Transaction&) = delete;
        [[nodiscard]] Result<void> begin();
        [[nodiscard]] Result<void> commit();

    private:
        Database& database_;
        bool open_ = false;
    };
    struct Session;

    explicit Database(std::unique_ptr<Session> session) noexcept;
    [[nodiscard]] Result<void> connect();
    static void undo(Session& session);

    std::unique_ptr<Session> session_;
};

[[nodiscard]] inline std::int64_t number(const Value& value) { return std::get<std::int64_t>(value); }
[[nodiscard]] inline const std::string& text(const Value& value) { return std::get<std::string>(value); }

} // namespace acredita::office
