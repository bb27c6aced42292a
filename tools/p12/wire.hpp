// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How what was found in a backup comes back from the process that read it: numbers little-endian, everything
// of variable length behind its count. One function names the fields of a type for both directions. The
// reading side trusts nothing: counts are compared with what is there, enumerators with the last one that
// exists.
#pragma once

#include "tools/p12/open.hpp"

namespace acredita::p12 {

// The whole answer, as the reading process sends it.
[[nodiscard]] ZeroingBytes pack(const Result<Envelope>& answer);
[[nodiscard]] ZeroingBytes pack(const Result<Opened>& answer);

// The same on the other side. Nothing if the bytes are not an answer.
[[nodiscard]] std::optional<Result<Envelope>> unpack_envelope(ByteView bytes);
[[nodiscard]] std::optional<Result<Opened>> unpack_opened(ByteView bytes);

} // namespace acredita::p12
