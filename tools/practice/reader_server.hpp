// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Answers the drivers inside pcscd, for all readers of a session.
#pragma once

#include "tools/practice/socket_server.hpp"
#include "tools/practice/virtual_reader.hpp"

namespace acredita::practice {

using Readers = std::vector<std::unique_ptr<VirtualReader>>;

// The readers must outlive the server.
[[nodiscard]] Result<std::unique_ptr<SocketServer>> serve_readers(const std::filesystem::path& path,
                                                                  const Readers& readers);

} // namespace acredita::practice
