// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The colour space the letter's colours are meant in: sRGB (IEC 61966-2-1) as an ICC profile, made here, so
// that it is nobody else's work and the same to the byte each time.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "tools/letter/document/errors.hpp"

namespace acredita::letter {

[[nodiscard]] Result<Bytes> srgb_profile();

} // namespace acredita::letter
