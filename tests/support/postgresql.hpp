// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A PostgreSQL server of the test's own: in a directory that ends with the process, on a Unix socket only,
// run by an unprivileged user because it refuses to run as root. Link acredita_test_postgresql.
#pragma once

#include <string>

namespace acredita::test {

// Empty if there is a server; else why there is none ("postgresql-15 is not installed"). Starts it when first
// asked; throws if it is installed and does not start.
[[nodiscard]] std::string no_postgresql();

// A new, empty database on it, as a connection string of libpq.
[[nodiscard]] std::string new_database();

// SQL as the administrator of the server, in a database that new_database() made.
void as_administrator(const std::string& conninfo, const std::string& sql);

// Ends the server as a power cut would (SIGQUIT to its postmaster: no checkpoint), and starts it again.
void stop_postgresql();
void start_postgresql();
// The server's directory of data.
[[nodiscard]] std::string postgresql_data();

} // namespace acredita::test
