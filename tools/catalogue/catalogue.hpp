// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Every sentence a person reads, in Spanish and English, compiled in from texts/*.toml.
//
// An error is looked up by error_name() ("family.name") and becomes an office code and three sentences: what
// happened, what it means, what to do now. Other texts have a key and one sentence. `{detail}` and other
// `{names}` are filled in.
#pragma once

#include "pcsc/base/error.hpp"
#include "tools/catalogue/language.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace acredita::catalogue {

// What a person is told about an error. `code` is the office's number (docs/cli.md), also the exit code of
// programs.
struct Message {
    unsigned code = 0;
    std::string what;
    std::string means;
    std::string action;
};

inline constexpr unsigned internal_code = 99;

// Never fails: an error the catalogue does not know becomes code 99 with the error's own name in it.
[[nodiscard]] Message message(const Error& error, Language language);

// The row of "family.name" as it stands, placeholders unfilled; nullopt if there is none.
[[nodiscard]] std::optional<Message> row(std::string_view name, Language language);

struct Fill {
    std::string_view name;
    std::string_view value;
};

// A plain text. A key the catalogue does not know gives the key itself, which a test turns into a failure.
[[nodiscard]] std::string text(std::string_view key, Language language,
                               std::initializer_list<Fill> fills = {});
[[nodiscard]] bool has_text(std::string_view key) noexcept;

} // namespace acredita::catalogue
