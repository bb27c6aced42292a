// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// SCardConnect that comes back in time (see connection.hpp). Internal to pcsc/reader.
#pragma once

#include "pcsc/reader/context.hpp"

#include <chrono>

namespace acredita::reader {

// A card handle and the context it lives on; owned by whoever gets it.
struct Connected {
    ContextHandle context;
    SCARDHANDLE card = 0;
    DWORD protocol = 0;
};

// Waits at most until `deadline` for other programs to let go of the reader; then sharing_violation.
[[nodiscard]] Result<Connected> connect_before(const ReaderName& reader,
                                               std::chrono::steady_clock::time_point deadline);

} // namespace acredita::reader
