// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/engine.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace acredita::office {
namespace {

using enum office_errc;

// An engine's own words, for the log: one line, bounded.
std::string in_one_line(std::string words) {
    for (auto& letter : words)
        if (static_cast<unsigned char>(letter) < ' ') letter = ' ';
    return words.substr(0, 160);
}

// SQLite "Result and Error Codes", https://www.sqlite.org/rescode.html; the low byte is the primary code.
office_errc from_sqlite(int result) {
    switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return database_busy;
    case SQLITE_FULL:
        return database_full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return database_damaged;
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return database_forbidden;
    case SQLITE_CANTOPEN:
        return database_unreachable;
    case SQLITE_CONSTRAINT:
        return already_there;
    default:
        return database_trouble;
    }
}

// PostgreSQL 15, appendix A: the first two characters are the class.
office_errc from_postgresql(const std::string& state) {
    struct Known {
        std::string_view beginning;
        office_errc meaning;
    };
    constexpr std::array known = {
        Known{"23505", already_there},        // unique_violation
        Known{"55P03", database_busy},        // lock_not_available
        Known{"40", database_busy},           // serialization failure, deadlock
        Known{"57014", database_busy},        // query_canceled: it took longer than we wait
        Known{"53100", database_full},        // disk_full
        Known{"XX001", database_damaged},     // data_corrupted
        Known{"XX002", database_damaged},     // index_corrupted
        Known{"42501", database_forbidden},   // insufficient_privilege
        Known{"25006", database_forbidden},   // read_only_sql_transaction
        Known{"28", database_forbidden},      // invalid authorization
        Known{"08", database_unreachable},    // connection exceptions
        Known{"57P", database_unreachable},   // shutdown, cannot connect now, database dropped
        Known{"53300", database_unreachable}, // too many connections
        Known{"3D000", database_unreachable}, // no such database
        Known{"22021", text_refused},         // not valid in this encoding
    };
    const auto found =
        std::ranges::find_if(known, [&](const Known& row) { return state.starts_with(row.beginning); });
    return found == known.end() ? database_trouble : found->meaning;
}

// libpq's keywords, as in "host=/run/postgresql dbname=acredita".
bool says(std::string_view conninfo, std::string_view keyword) {
    const auto at = conninfo.find(std::string(keyword) + "=");
    return at != std::string_view::npos && (at == 0 || conninfo[at - 1] == ' ');
}

// Over a network only with TLS and a server that proves its name, unless the line says otherwise.
std::string complete(std::string conninfo) {
    const auto add = [&](std::string_view keyword, std::string_view value) {
        if (!says(conninfo, keyword)) conninfo += " " + std::string(keyword) + "=" + std::string(value);
    };
    const bool local = !says(conninfo, "host") || conninfo.find("host=/") != std::string::npos;
    add("application_name", "acredita");
    add("client_encoding", "UTF8");
    add("connect_timeout", "10");
    add("tcp_user_timeout", "30000");
    if (!local) add("sslmode", "verify-full");
    return conninfo;
}

} // namespace

Result<Connection> parse_connection(std::string_view text) {
    const auto colon = text.find(':');
    const auto engine = text.substr(0, colon);
    const std::string target(colon == std::string_view::npos ? "" : text.substr(colon + 1));
    const auto odd = [](char c) { return c < ' ' || c > '~' || c == '"' || c == '\\'; };
    if (target.size() > 1024 || std::ranges::any_of(target, odd))
        return fail(configuration_invalid, "database: a letter that cannot stand there");
    if (engine == "sqlite") {
        if (!target.starts_with('/'))
            return fail(configuration_invalid, "database: the path is not absolute");
        return Connection{Engine::sqlite, target};
    }
    if (engine == "postgresql") {
        if (says(target, "password"))
            return fail(configuration_invalid, "database: a password belongs into libpq's passfile");
        return Connection{Engine::postgresql, target};
    }
    return fail(configuration_invalid, "database: neither sqlite: nor postgresql:");
}

Result<void> prepare_place(const Connection& connection) {
    if (connection.engine != Engine::sqlite) return {};
    const int descriptor =
        ::open(connection.target.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (descriptor < 0) {
        const auto meaning = errno == EACCES || errno == EPERM || errno == EROFS ? database_forbidden
                             : errno == ENOSPC || errno == EDQUOT                ? database_full
                                                                                 : database_unreachable;
        return fail(meaning, std::strerror(errno));
    }
    struct stat about {};
    const bool known = ::fstat(descriptor, &about) == 0;
    ::close(descriptor);
    if (!known || !S_ISREG(about.st_mode)) return fail(database_unreachable, "not a plain file");
    if ((about.st_mode & (S_IRWXO)) != 0) return fail(database_forbidden, "others may read or write it");
    return {};
}

void open_session(soci::session& session, const Connection& connection) {
    if (connection.engine == Engine::sqlite)
        session.open(soci::sqlite3, "dbname=\"" + connection.target + "\"");
    else
        session.open(soci::postgresql, complete(connection.target));
}

std::vector<std::string> settings_of(const Connection& connection) {
    const auto patience = std::to_string(connection.patience.count());
    if (connection.engine == Engine::sqlite)
        return {
            "PRAGMA busy_timeout = " + patience,
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",   // what was accepted outlives a power cut
            "PRAGMA secure_delete = ON",   // what was deleted is overwritten
            "PRAGMA trusted_schema = OFF", // a prepared file runs nothing of its own
            "PRAGMA cell_size_check = ON",
            "PRAGMA mmap_size = 0", // an input error is an error, not a signal
        };
    return {
        "SET client_min_messages = error", // libpq would print the rest to standard error "SET
                                           // standard_conforming_strings = on",
        "SET synchronous_commit = on",
        "SET lock_timeout = " + patience,
        "SET statement_timeout = 120000",
        "SET idle_in_transaction_session_timeout = 120000",
    };
}

std::vector<std::string> begin_of(Engine engine) {
    // SQLite's plain BEGIN takes no lock, and the first write may then fail. PostgreSQL lets several write;
    // the advisory lock, whose number is ours by choice, makes them wait for each other.
    if (engine == Engine::sqlite) return {"BEGIN IMMEDIATE"};
    return {"BEGIN", "SELECT pg_advisory_xact_lock(4706190115)"};
}

std::vector<std::string> purge_of(Engine engine, const std::string& table) {
    if (engine == Engine::sqlite) return {"PRAGMA wal_checkpoint(TRUNCATE)"};
    return {"VACUUM FULL " + table, "CHECKPOINT"};
}

Error what_happened(const soci::soci_error& error) {
    auto words = in_one_line(error.get_error_message());
    if (const auto* lite = dynamic_cast<const soci::sqlite3_soci_error*>(&error))
        return fail(from_sqlite(lite->result()), std::move(words)).value();
    if (const auto* server = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
        // Five blanks: there was no server left to give a number.
        const auto state = server->sqlstate();
        const bool numbered = !state.empty() && state.front() > ' ';
        const auto meaning = numbered ? from_postgresql(state) : database_unreachable;
        return fail(meaning, std::move(words)).value();
    }
    return fail(database_trouble, std::move(words)).value();
}

} // namespace acredita::office
