// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/error.hpp"

namespace acredita {

std::string error_name(const std::error_code& code) {
    const auto* named = dynamic_cast<const NamedCategory*>(&code.category());
    std::string name = code.category().name();
    name += '.';
    if (named != nullptr)
        name += named->code_name(code.value());
    else
        name += std::to_string(code.value());
    return name;
}

std::string describe(const Error& error) {
    std::string text = error_name(error.code) + ": " + error.code.message();
    if (!error.detail.empty()) text += " (" + error.detail + ")";
    text += " at ";
    text += error.where.file_name();
    text += ':' + std::to_string(error.where.line());
    return text;
}

} // namespace acredita
