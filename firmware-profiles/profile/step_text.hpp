// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Commands as profiles write them: hexadecimal digits, and in braces what is only known when they are sent.
#pragma once

#include "pcsc/base/secret.hpp"

#include <optional>
#include <string_view>

namespace acredita::profile {

struct StepValues {
    std::uint8_t key = 0, algorithm = 0;
    ByteView input{};
};

// The bytes; nullopt if the text is not what a step may look like. {size} is that of the input, modulo 256.
[[nodiscard]] std::optional<ZeroingBytes> fill_in(std::string_view text, const StepValues& values);

} // namespace acredita::profile
