// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Every test of the office's memory runs on both real engines, each time with a database of its own.
#pragma once

#include "tools/office/database.hpp"

#include <ostream>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace acredita::office {
inline std::ostream& operator<<(std::ostream& to, Engine engine) {
    return to << (engine == Engine::sqlite ? "sqlite" : "postgresql");
}
} // namespace acredita::office

namespace acredita::test {

inline const auto both_engines =
    boost::unit_test::data::make({office::Engine::sqlite, office::Engine::postgresql});

// Where a new, empty database is; target is empty if this engine is not installed, which has been said.
[[nodiscard]] office::Connection new_connection(office::Engine engine);

// The same, open.
[[nodiscard]] office::Database new_office(const office::Connection& connection);

// What only somebody with the administrator's rights over the database can do to it: SQL past the triggers.
void tamper(const office::Connection& connection, const std::string& sql);

// All bytes the engine keeps in files, one after another.
[[nodiscard]] std::string files_of(const office::Connection& connection);

template <class T>
T value(Result<T> result) {
    if (!result) BOOST_FAIL(describe(result.error()));
    return *std::move(result);
}
inline void succeed(const Result<void>& result) {
    if (!result) BOOST_FAIL(describe(result.error()));
}
template <class T, class E>
void fails_with(const Result<T>& result, E code) {
    BOOST_REQUIRE(!result.has_value());
    BOOST_TEST(is(result.error(), code), describe(result.error()));
}

} // namespace acredita::test

// A test on one engine; leaves, visibly, if that is not installed.
#define ACREDITA_OFFICE(connection, engine)                                                                  \
    const auto connection = ::acredita::test::new_connection(engine);                                        \
    if (connection.target.empty()) return
