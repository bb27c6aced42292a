// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The domain parameters of the curves, for cards that know none by name.
#pragma once

#include "pcsc/base/bytes.hpp"

namespace acredita::dialect {

// 81 prime, 82 a, 83 b, 84 base point (uncompressed), 85 order, 87 cofactor, as TLV. Empty: a curve nobody
// here knows. Static data.
[[nodiscard]] ByteView curve_parameters(unsigned bits) noexcept;

} // namespace acredita::dialect
