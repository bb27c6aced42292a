// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/office/engines.hpp"

#include "tests/support/postgresql.hpp"
#include "tests/support/scratch.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <sqlite3.h>

namespace acredita::test {

using office::Connection;
using office::Engine;

Connection new_connection(Engine engine) {
    if (engine == Engine::sqlite) {
        static int count = 0;
        return {engine, (scratch_directory() / ("office" + std::to_string(++count) + ".db")).string()};
    }
    if (const auto why = no_postgresql(); !why.empty()) {
        BOOST_TEST_MESSAGE("SKIPPED: " << why);
        return {engine, ""};
    }
    return {engine, new_database()};
}

office::Database new_office(const Connection& connection) {
    return value(office::Database::open(connection));
}

void tamper(const Connection& connection, const std::string& sql) {
    if (connection.engine == Engine::postgresql) {
        as_administrator(connection.target, "ALTER TABLE journal DISABLE TRIGGER ALL; " + sql);
        return;
    }
    sqlite3* database = nullptr;
    BOOST_REQUIRE(sqlite3_open(connection.target.c_str(), &database) == SQLITE_OK);
    const auto all =
        "DROP TRIGGER IF EXISTS journal_unchanged; DROP TRIGGER IF EXISTS journal_undeleted; " + sql;
    char* why = nullptr;
    BOOST_TEST(sqlite3_exec(database, all.c_str(), nullptr, nullptr, &why) == SQLITE_OK,
               (why == nullptr ? "" : why));
    sqlite3_free(why);
    sqlite3_close(database);
}

std::string files_of(const Connection& connection) {
    std::string all;
    const auto add = [&](const std::filesystem::path& file) {
        std::ostringstream text;
        text << std::ifstream(file, std::ios::binary).rdbuf();
        all += text.str();
    };
    if (connection.engine == Engine::sqlite) {
        for (const auto* end : {"", "-wal", "-journal"}) add(connection.target + end);
        return all;
    }
    for (const auto& file : std::filesystem::recursive_directory_iterator(postgresql_data() + "/base"))
        if (file.is_regular_file()) add(file.path());
    return all;
}

} // namespace acredita::test
