// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A certificate nobody asked for, for the card that returns another one than was stored.
#pragma once

#include "pcsc/base/bytes.hpp"

namespace acredita::practice::piv {

// The content of tag 53: 70 certificate, 71 00, FE. A new key and a new self-signed certificate each time.
[[nodiscard]] Bytes foreign_certificate_object();

} // namespace acredita::practice::piv
