// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/document/template.hpp"

#include "tools/letter/document/plain_text.hpp"

#include <algorithm>
#include <utility>

namespace acredita::letter {

namespace {

constexpr std::size_t most_blocks = 100;
constexpr std::size_t most_items = 40;

constexpr std::array<std::pair<std::string_view, Block::Kind>, 11> kinds{{
    {"letterhead", Block::Kind::letterhead},
    {"date-line", Block::Kind::date_line},
    {"addressee", Block::Kind::addressee},
    {"heading", Block::Kind::heading},
    {"paragraph", Block::Kind::paragraph},
    {"list", Block::Kind::list},
    {"facts", Block::Kind::facts},
    {"key", Block::Kind::key},
    {"signature", Block::Kind::signature},
    {"code", Block::Kind::code},
    {"sheet", Block::Kind::sheet},
}};
constexpr std::array<std::string_view, 3> needed_words{"fingerprint", "public_key", "alt_code"};

tl::unexpected<Error> bad(const toml::node& node, std::string_view what) {
    return fail(document_errc::bad_template,
                "line " + std::to_string(node.source().begin.line) + ": " + std::string(what));
}

Result<std::string> text_of(const toml::table& table, std::string_view key) {
    const auto* text = table.get_as<std::string>(key);
    if (text == nullptr || text->get().empty()) return bad(table, key);
    return text->get();
}

// Every key of the table is one of those.
Result<void> only(const toml::table& table, std::initializer_list<std::string_view> known) {
    for (const auto& [key, node] : table)
        if (std::ranges::find(known, key.str()) == known.end()) return bad(node, key.str());
    return {};
}

Result<std::vector<std::string>> texts_of(const toml::table& table, std::string_view key, std::size_t most) {
    std::vector<std::string> out;
    const auto* array = table.get_as<toml::array>(key);
    if (array == nullptr) return out;
    if (array->size() > most) return bad(*array, key);
    for (const auto& one : *array) {
        const auto* text = one.as_string();
        if (text == nullptr) return bad(one, key);
        out.push_back(text->get());
    }
    return out;
}

Result<Block> read_block(const toml::table& table) {
    ACREDITA_CHECK(only(table, {"kind", "text", "items", "field"}));
    ACREDITA_TRY(word, text_of(table, "kind"));
    const auto* kind =
        std::ranges::find(kinds, std::string_view(word), [](const auto& row) { return row.first; });
    if (kind == kinds.end()) return bad(table, word);
    Block block{.kind = kind->second};
    block.text = table["text"].value_or(std::string());
    block.field = table["field"].value_or(std::string());
    ACREDITA_TRY(items, texts_of(table, "items", most_items));
    block.items = std::move(items);
    using enum Block::Kind;
    const bool lists = block.kind == list || block.kind == facts;
    const bool speaks = block.kind == heading || block.kind == paragraph || block.kind == key ||
                        block.kind == signature || block.kind == code;
    const bool names = block.kind == signature || block.kind == key;
    if (lists == block.items.empty()) return bad(table, "items");
    if (speaks == block.text.empty()) return bad(table, "text");
    if (names == block.field.empty()) return bad(table, "field");
    if (block.kind == key && block.field != "previous" && block.field != "renewed")
        return bad(table, "field");
    return block;
}

Result<Template> read_table(const toml::table& table) {
    ACREDITA_CHECK(only(table, {"id", "version", "language", "title", "date", "months", "words", "block"}));
    Template out;
    for (const auto& [key, to] : {std::pair{"id", &out.id},
                                  {"language", &out.language},
                                  {"title", &out.title},
                                  {"date", &out.date}}) {
        ACREDITA_TRY(text, text_of(table, key));
        *to = std::move(text);
    }
    const auto version = table["version"].value<std::int64_t>();
    if (!version || *version < 1 || *version > 9999) return bad(table, "version");
    out.version = static_cast<unsigned>(*version);
    ACREDITA_TRY(months, texts_of(table, "months", out.months.size()));
    if (months.size() != out.months.size()) return bad(table, "months");
    std::ranges::move(months, out.months.begin());
    if (const auto* words = table.get_as<toml::table>("words"))
        for (const auto& [key, node] : *words) {
            const auto* text = node.as_string();
            if (text == nullptr) return bad(node, key.str());
            out.words.emplace(key.str(), text->get());
        }
    for (const auto word : needed_words)
        if (!out.words.contains(word)) return bad(table, "words." + std::string(word));
    const auto* blocks = table.get_as<toml::array>("block");
    if (blocks == nullptr || blocks->size() > most_blocks) return bad(table, "block");
    for (const auto& node : *blocks) {
        const auto* one = node.as_table();
        if (one == nullptr) return bad(node, "block");
        ACREDITA_TRY(block, read_block(*one));
        out.blocks.push_back(std::move(block));
    }
    const bool signable = std::ranges::any_of(
        out.blocks, [](const Block& block) { return block.kind == Block::Kind::signature; });
    if (!signable) return bad(table, "signature");
    return out;
}

} // namespace

std::string_view Template::word(std::string_view key) const {
    const auto found = words.find(key);
    return found == words.end() ? std::string_view() : std::string_view(found->second);
}

Result<Template> parse_template(const std::string& text) {
    ACREDITA_TRY(table, parse_words(text));
    return read_table(table);
}

Result<Template> read_template(const std::filesystem::path& file) {
    ACREDITA_TRY(text, read_words(file));
    auto read = parse_template(text);
    return read ? std::move(read) : fail(in_file(file, std::move(read).error()));
}

Result<std::string> fill(std::string_view text, const Values& values) {
    std::string out;
    while (!text.empty()) {
        const auto brace = text.find('{');
        out += text.substr(0, brace);
        if (brace == text.npos) break;
        text.remove_prefix(brace + 1);
        if (text.starts_with('{')) {
            out += '{';
            text.remove_prefix(1);
            continue;
        }
        const auto end = text.find('}');
        const auto name = text.substr(0, end);
        const auto value = values.find(name);
        if (end == text.npos || value == values.end())
            return fail(document_errc::missing_value, std::string(name.substr(0, 40)));
        out += value->second;
        text.remove_prefix(end + 1);
    }
    return out;
}

} // namespace acredita::letter
