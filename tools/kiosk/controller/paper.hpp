// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Something to take home: a receipt, a sheet about a card, a recipe. Drawn when somebody wants it.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "pcsc/base/error.hpp"
#include "tools/catalogue/language.hpp"

#include <functional>
#include <string>

namespace acredita::kiosk {

struct Paper {
    std::function<Result<Bytes>(catalogue::Language)> draw; // the PDF; from any thread
    std::string file;                                       // key of the text that is its name on a stick
    std::string code{};                                     // for the QR; "" without one
};

} // namespace acredita::kiosk
