// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The control socket of a session (ACREDITA_PRACTICE_CONTROL): a Unix stream socket, a line a command, a line
// an answer: "ok", "ok VALUE", "error NAME: TEXT". N is the number of a reader.
//
//   insert N | remove N | unplug N | plug N | swap N
//   trade N M                         takes both cards out, for each other's reader: then insert N, insert M
//
//   tear N EXCHANGE [after] [swap]    after: the card has done the work, only its answer is lost;
//   tear N off                        swap: it is back at once
//
//   exchanges N | reset N             how many since the start or the last reset
//
//   pin N DIGITS | cancel | timeout   what the person does at the next entry on a pinpad
//
//   pcscd kill | stop | start
#pragma once

#include "tools/practice/socket_server.hpp"

namespace acredita::practice {

class Session;

[[nodiscard]] Result<std::unique_ptr<SocketServer>> serve_control(const std::filesystem::path& path,
                                                                  Session& session);

// One line of the protocol; what stands behind "ok ".
[[nodiscard]] Result<std::string> obey(Session& session, std::string_view line);

} // namespace acredita::practice
