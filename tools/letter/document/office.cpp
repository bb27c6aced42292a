// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/document/office.hpp"

#include "tools/letter/document/plain_text.hpp"

#include <algorithm>
#include <array>

namespace acredita::letter {

namespace {

constexpr std::size_t longest_line = 200;
constexpr std::size_t most_lines = 8;

Result<Office> read_table(const toml::table& table) {
    Office office;
    const std::array<std::pair<std::string_view, std::string*>, 7> texts{
        {{"institution", &office.institution},
         {"name", &office.name},
         {"building", &office.building},
         {"room", &office.room},
         {"hours", &office.hours},
         {"help", &office.help},
         {"place", &office.place}}};
    const auto bad = [](const toml::node& node, std::string_view what) {
        return fail(document_errc::bad_template,
                    "line " + std::to_string(node.source().begin.line) + ": " + std::string(what));
    };
    for (const auto& [key, node] : table) {
        const auto* text = std::ranges::find(texts, key.str(), [](const auto& row) { return row.first; });
        const auto* lines = key == "addressee" ? node.as_array() : nullptr;
        if (text != texts.end() && node.is_string() && node.as_string()->get().size() <= longest_line) {
            *text->second = node.as_string()->get();
        } else if (lines != nullptr && lines->size() <= most_lines) {
            for (const auto& line : *lines) {
                if (!line.is_string() || line.as_string()->get().size() > longest_line)
                    return bad(line, key.str());
                office.addressee.push_back(line.as_string()->get());
            }
        } else {
            return bad(node, key.str());
        }
    }
    for (const auto key : {"institution", "name", "place"})
        if (!table.contains(key)) return fail(document_errc::bad_template, key);
    return office;
}

} // namespace

Result<Office> read_office(const std::filesystem::path& file) {
    ACREDITA_TRY(text, read_words(file));
    const auto table = parse_words(text);
    auto office = table ? read_table(*table) : Result<Office>(fail(table.error()));
    return office ? std::move(office) : fail(in_file(file, std::move(office).error()));
}

} // namespace acredita::letter
