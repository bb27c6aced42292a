// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// All that the port must know of each engine, and nobody else: how to connect, how to be the only writer,
// what its error numbers mean. Used only by database.cpp.
#pragma once

#include "tools/office/database.hpp"

namespace soci {
class session;
class soci_error;
} // namespace soci

namespace acredita::office {

// SQLite: the file exists, is ours and nobody else's, and stands in a directory that is there.
[[nodiscard]] Result<void> prepare_place(const Connection& connection);
// Throws soci_error.
void open_session(soci::session& session, const Connection& connection);
// Statements for a new session.
[[nodiscard]] std::vector<std::string> settings_of(const Connection& connection);
// Statements that begin a transaction which alone may write.
[[nodiscard]] std::vector<std::string> begin_of(Engine engine);
[[nodiscard]] std::vector<std::string> purge_of(Engine engine, const std::string& table);

[[nodiscard]] Error what_happened(const soci::soci_error& error);

} // namespace acredita::office
