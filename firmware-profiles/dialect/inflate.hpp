// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Unpacks gzip and zlib streams a card sends, never to more than was asked for.
#pragma once

#include "pcsc/base/bytes.hpp"

namespace acredita::dialect {

// answer_malformed if the stream is damaged, cut, or longer than `max` when unpacked.
[[nodiscard]] Result<Bytes> inflate_bounded(ByteView packed, std::size_t max);

} // namespace acredita::dialect
