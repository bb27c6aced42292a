// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/step_text.hpp"

namespace acredita::profile {

namespace {

bool append_named(ZeroingBytes& to, std::string_view name, const StepValues& values) {
    if (name == "input") {
        append(to, values.input);
        return true;
    }
    if (name == "key")
        to.push_back(values.key);
    else if (name == "algorithm")
        to.push_back(values.algorithm);
    else if (name == "size")
        to.push_back(static_cast<std::uint8_t>(values.input.size()));
    else
        return false;
    return true;
}

} // namespace

std::optional<ZeroingBytes> fill_in(std::string_view text, const StepValues& values) {
    ZeroingBytes bytes;
    while (!text.empty()) {
        const auto end = text.front() == '{' ? text.find('}') : std::string_view::npos;
        if (end != std::string_view::npos) {
            if (!append_named(bytes, text.substr(1, end - 1), values)) return std::nullopt;
            text.remove_prefix(end + 1);
            continue;
        }
        const auto byte = from_hex(text.substr(0, 2));
        if (text.size() < 2 || !byte || byte->size() != 1) return std::nullopt;
        bytes.push_back(byte->front());
        text.remove_prefix(2);
    }
    return bytes;
}

} // namespace acredita::profile
