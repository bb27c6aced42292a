// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Applications that cards carry, by their registered identifiers.
#pragma once

#include "pcsc/reader/context.hpp"

#include <span>
#include <string_view>

namespace acredita::cli {

struct CardApplication {
    std::string_view name;
    std::string_view aid; // in hexadecimal
};

[[nodiscard]] std::span<const CardApplication> card_applications() noexcept;

// Those that answer on this card, each asked for with one SELECT. What another program had selected is not
// selected any more afterwards.
[[nodiscard]] Result<std::vector<std::string_view>> applications_on(const reader::ReaderName& reader);

} // namespace acredita::cli
