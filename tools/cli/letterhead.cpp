// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/letterhead.hpp"

namespace acredita::cli {

Result<std::optional<letter::Office>> letterhead(const std::string& file) {
    std::error_code none;
    if (file.empty() && !std::filesystem::exists(letter::office_file, none)) return std::nullopt;
    ACREDITA_TRY(office, letter::read_office(file.empty() ? letter::office_file : file));
    return std::move(office);
}

} // namespace acredita::cli
