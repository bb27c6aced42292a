// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The port behaves the same whichever engine is behind it.
#include "tests/support/postgresql.hpp"
#include "tests/tools/office/engines.hpp"
#include "tools/office/schema.hpp"

#include <filesystem>
#include <limits>
#include <thread>

#include <sys/stat.h>

using namespace acredita;
using namespace acredita::test;
using office::Database;
using office::Engine;
using office::number;
using office::office_errc;
using office::text;
using office::Value;

namespace {

constexpr auto make_table = "CREATE TABLE things (name TEXT PRIMARY KEY, amount BIGINT NOT NULL)";
constexpr auto insert = "INSERT INTO things (name, amount) VALUES (:a, :b)";

std::int64_t count(Database& database) {
    return number(value(database.rows("SELECT COUNT(*) FROM things", "i")).at(0).at(0));
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_office_database)

BOOST_DATA_TEST_CASE(keeps_numbers_of_64_bits_and_text_as_they_are, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    value(database.run(make_table));
    const std::string odd = "Peña 'Ñ' \"x\" \\ :a -- \n\t€𝄞";
    const std::vector<std::pair<std::string, std::int64_t>> things = {
        {odd, std::numeric_limits<std::int64_t>::max()},
        {"", std::numeric_limits<std::int64_t>::min()},
        {std::string(100'000, 'x'), 3'000'000'000}};
    for (const auto& [name, amount] : things) BOOST_TEST(value(database.run(insert, {name, amount})) == 1);
    for (const auto& [name, amount] : things) {
        const auto found = value(
            database.rows("SELECT amount, name, name FROM things WHERE name = :a", "itt", {Value(name)}));
        BOOST_REQUIRE(found.size() == 1U);
        BOOST_TEST(number(found[0][0]) == amount);
        BOOST_TEST((text(found[0][1]) == name && text(found[0][2]) == name));
    }
}

BOOST_DATA_TEST_CASE(refuses_text_with_a_nul_instead_of_cutting_it, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    value(database.run(make_table));
    fails_with(database.run(insert, {std::string("a\0b", 3), 1}), office_errc::text_refused);
    BOOST_TEST(count(database) == 0);
}

BOOST_DATA_TEST_CASE(says_the_same_of_a_name_that_is_taken, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    value(database.run(make_table));
    value(database.run(insert, {"a", 1}));
    fails_with(database.run(insert, {"a", 2}), office_errc::already_there);
    BOOST_TEST(value(database.run("UPDATE things SET amount = 5 WHERE name = :a", {"a"})) == 1);
    BOOST_TEST(value(database.run("UPDATE things SET amount = 5 WHERE name = :a", {"b"})) == 0);
}

BOOST_DATA_TEST_CASE(undoes_a_transaction_that_fails_or_throws, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    value(database.run(make_table));
    fails_with(database.write([&]() -> Result<void> {
        ACREDITA_CHECK(database.run(insert, {"a", 1}));
        return fail(office_errc::case_unknown);
    }),
               office_errc::case_unknown);
    fails_with(database.write([&]() -> Result<void> {
        ACREDITA_CHECK(database.run(insert, {"a", 1}));
        ACREDITA_CHECK(database.run(insert, {"a", 1})); // the engine's own refusal
        return {};
    }),
               office_errc::already_there);
    BOOST_CHECK_THROW(static_cast<void>(database.write([&]() -> Result<void> {
                          ACREDITA_CHECK(database.run(insert, {"a", 1}));
                          throw std::bad_alloc();
                      })),
                      std::bad_alloc);
    BOOST_TEST(count(database) == 0);
    succeed(database.write([&]() -> Result<void> {
        ACREDITA_CHECK(database.run(insert, {"a", 1}));
        return database.write([&]() -> Result<void> { // becomes a part of it
            ACREDITA_CHECK(database.run(insert, {"b", 1}));
            return {};
        });
    }));
    BOOST_TEST(count(database) == 2);
}

BOOST_DATA_TEST_CASE(lets_one_writer_at_a_time_count_without_losing_one, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    {
        auto database = new_office(connection);
        value(database.run(make_table));
        value(database.run(insert, {"counter", 0}));
    }
    const auto add = [&connection = connection] {
        auto database = Database::open(connection);
        if (!database) return;
        for (int i = 0; i < 25; ++i)
            static_cast<void>(database->write([&]() -> Result<void> {
                ACREDITA_TRY(found, database->rows("SELECT amount FROM things", "i"));
                ACREDITA_CHECK(database->run("UPDATE things SET amount = :a", {number(found[0][0]) + 1}));
                return {};
            }));
    };
    { std::jthread first(add), second(add), third(add); }
    auto database = new_office(connection);
    BOOST_TEST(number(value(database.rows("SELECT amount FROM things", "i"))[0][0]) == 75);
}

BOOST_DATA_TEST_CASE(waits_for_another_writer_no_longer_than_it_was_told, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto first = new_office(connection);
    auto impatient = connection;
    impatient.patience = std::chrono::milliseconds(200);
    auto second = new_office(impatient);
    succeed(first.write([&]() -> Result<void> {
        fails_with(second.write([]() -> Result<void> { return {}; }), office_errc::database_busy);
        return {};
    }));
    succeed(second.write([]() -> Result<void> { return {}; }));
}

BOOST_DATA_TEST_CASE(opens_again_what_it_made_and_refuses_what_a_later_version_made, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    { auto database = new_office(connection); }
    {
        auto database = new_office(connection);
        BOOST_TEST(number(value(database.rows("SELECT MAX(version) FROM schema_version", "i"))[0][0]) ==
                   office::newest_version());
        value(database.run("INSERT INTO schema_version (version) VALUES (1000)"));
    }
    fails_with(Database::open(connection), office_errc::database_newer);
}

BOOST_DATA_TEST_CASE(lets_nobody_change_or_delete_a_line_of_the_journal, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    value(database.run("INSERT INTO journal (number, line) VALUES (1, 'x')"));
    BOOST_TEST(!database.run("UPDATE journal SET line = 'y'").has_value());
    BOOST_TEST(!database.run("DELETE FROM journal").has_value());
    BOOST_TEST(text(value(database.rows("SELECT line FROM journal", "t"))[0][0]) == "x");
}

BOOST_AUTO_TEST_CASE(in_a_file_belongs_to_its_owner_alone) {
    const auto connection = new_connection(Engine::sqlite);
    { auto database = new_office(connection); }
    struct stat about {};
    BOOST_REQUIRE(::stat(connection.target.c_str(), &about) == 0);
    BOOST_TEST((about.st_mode & 0777U) == 0600U);
    ::chmod(connection.target.c_str(), 0604);
    fails_with(Database::open(connection), office_errc::database_forbidden);
}

BOOST_AUTO_TEST_CASE(in_a_file_that_is_something_else_is_damaged_and_stays_as_it_is) {
    const auto connection = new_connection(Engine::sqlite);
    const std::string content(4096, 'x');
    FILE* file = std::fopen(connection.target.c_str(), "w");
    std::fwrite(content.data(), 1, content.size(), file);
    std::fclose(file);
    ::chmod(connection.target.c_str(), 0600);
    fails_with(Database::open(connection), office_errc::database_damaged);
    BOOST_TEST(files_of(connection) == content);
}

BOOST_AUTO_TEST_CASE(whose_place_is_not_there_cannot_be_reached) {
    fails_with(Database::open({Engine::sqlite, "/nowhere/at/all/office.db"}),
               office_errc::database_unreachable);
    fails_with(Database::open({Engine::postgresql, "host=/nowhere/at/all dbname=x user=x"}),
               office_errc::database_unreachable);
}

BOOST_AUTO_TEST_CASE(goes_on_after_its_server_was_restarted) {
    ACREDITA_OFFICE(connection, Engine::postgresql);
    auto database = new_office(connection);
    value(database.run(make_table));
    value(database.run(insert, {"a", 1}));
    stop_postgresql();
    fails_with(database.run(insert, {"b", 1}), office_errc::database_unreachable);
    fails_with(database.write([]() -> Result<void> { return {}; }), office_errc::database_unreachable);
    start_postgresql();
    value(database.run(insert, {"c", 1}));
    BOOST_TEST(count(database) == 2);
}

BOOST_AUTO_TEST_CASE(is_named_by_one_line) {
    BOOST_TEST((value(office::parse_connection("sqlite:/var/lib/x.db")).engine == Engine::sqlite));
    BOOST_TEST(value(office::parse_connection("postgresql:host=/run dbname=a")).target ==
               "host=/run dbname=a");
    for (const auto* wrong : {"", "sqlite:relative.db", "mysql:x", "sqlite:/a\"b", "postgresql:password=x",
                              "postgresql:host=a password=x", "sqlite:/a\nb"})
        fails_with(office::parse_connection(wrong), office_errc::configuration_invalid);
}

BOOST_AUTO_TEST_SUITE_END()
