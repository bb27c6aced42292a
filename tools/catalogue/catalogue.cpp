// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/catalogue/catalogue.hpp"

#include <algorithm>
#include <array>

namespace acredita::catalogue {
namespace {

struct MessageRow {
    std::string_view key;
    unsigned code;
    std::array<std::string_view, 3> english;
    std::array<std::string_view, 3> spanish;
};
struct TextRow {
    std::string_view key;
    std::string_view english;
    std::string_view spanish;
};

#include "tools/catalogue/table.inc"

template <class Rows>
auto find(const Rows& rows, std::string_view key) noexcept {
    const auto at =
        std::lower_bound(std::begin(rows), std::end(rows), key,
                         [](const auto& row, std::string_view wanted) { return row.key < wanted; });
    return at != std::end(rows) && at->key == key ? at : std::end(rows);
}

std::string filled(std::string_view pattern, std::initializer_list<Fill> fills) {
    std::string text;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
        if (close == std::string_view::npos) break;
        text += pattern.substr(0, open);
        const auto name = pattern.substr(open + 1, close - open - 1);
        const auto fill =
            std::find_if(fills.begin(), fills.end(), [&](const Fill& f) { return f.name == name; });
        text += fill == fills.end() ? pattern.substr(open, close - open + 1) : fill->value;
        pattern.remove_prefix(close + 1);
    }
    return text += pattern;
}

} // namespace

std::optional<Message> row(std::string_view name, Language language) {
    const auto at = find(message_rows, name);
    if (at == std::end(message_rows)) return std::nullopt;
    const auto& in = language == Language::spanish ? at->spanish : at->english;
    return Message{at->code, std::string(in[0]), std::string(in[1]), std::string(in[2])};
}

Message message(const Error& error, Language language) {
    const std::string name = error_name(error.code);
    auto found = row(name, language);
    if (!found) found = row("catalogue.unknown", language);
    const std::string_view detail = error.detail.empty() ? "?" : std::string_view(error.detail);
    for (std::string* part : {&found->what, &found->means, &found->action})
        *part = filled(*part, {{"detail", detail}, {"error", name}});
    return *std::move(found);
}

std::string text(std::string_view key, Language language, std::initializer_list<Fill> fills) {
    const auto at = find(text_rows, key);
    if (at == std::end(text_rows)) return std::string(key);
    return filled(language == Language::spanish ? at->spanish : at->english, fills);
}

bool has_text(std::string_view key) noexcept { return find(text_rows, key) != std::end(text_rows); }

} // namespace acredita::catalogue
