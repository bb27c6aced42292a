// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/table_reader.hpp"

#include <algorithm>
#include <charconv>

namespace acredita::profile {

namespace {
unsigned line_of(const toml::node& node) { return static_cast<unsigned>(node.source().begin.line); }
bool printable(std::string_view text) {
    return text.size() <= 1000 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}
} // namespace

unsigned TableReader::line(std::string_view key) const {
    const auto* node = present() && !key.empty() ? table_->get(key) : nullptr;
    return node != nullptr ? line_of(*node) : line_;
}

void TableReader::mistake(profile_errc code, std::string_view key) {
    report_.add(code, line(key), path_ + std::string(key));
}

const toml::node* TableReader::find(std::string_view key, Need need) {
    if (!present()) return nullptr;
    asked_.emplace(key);
    const auto* node = table_->get(key);
    if (node == nullptr && need == Need::required) mistake(profile_errc::missing_key, key);
    return node;
}

std::string_view TableReader::text(std::string_view key, Need need) {
    const auto* node = find(key, need);
    if (node == nullptr) return {};
    const auto* text = node->as_string();
    if (text == nullptr) return mistake(profile_errc::wrong_type, key), std::string_view{};
    if (!printable(text->get())) mistake(profile_errc::out_of_range, key);
    if (need == Need::required && text->get().empty()) mistake(profile_errc::missing_key, key);
    return report_.arena.keep(text->get());
}

bool TableReader::yes(std::string_view key) {
    const auto* node = find(key, Need::optional);
    if (node == nullptr) return false;
    const auto* flag = node->as_boolean();
    if (flag == nullptr) mistake(profile_errc::wrong_type, key);
    return flag != nullptr && flag->get();
}

std::optional<std::uint64_t> TableReader::number(std::string_view key, std::uint64_t low, std::uint64_t high,
                                                 Need need) {
    const auto* node = find(key, need);
    if (node == nullptr) return std::nullopt;
    const auto* number = node->as_integer();
    if (number == nullptr) return mistake(profile_errc::wrong_type, key), std::nullopt;
    const auto value = number->get();
    if (value < 0 || static_cast<std::uint64_t>(value) < low || static_cast<std::uint64_t>(value) > high)
        return mistake(profile_errc::out_of_range, key), std::nullopt;
    return static_cast<std::uint64_t>(value);
}

ByteView TableReader::hex(std::string_view key, Need need) {
    const auto word = text(key, need);
    if (word.empty()) return {};
    auto bytes = from_hex(word);
    if (!bytes) return mistake(profile_errc::not_hex, key), ByteView{};
    return report_.arena.keep(std::move(*bytes));
}

const toml::array* TableReader::array(std::string_view key) {
    const auto* node = find(key, Need::optional);
    if (node == nullptr) return nullptr;
    const auto* array = node->as_array();
    if (array == nullptr) mistake(profile_errc::wrong_type, key);
    if (array != nullptr && array->size() > 100) return mistake(profile_errc::out_of_range, key), nullptr;
    return array;
}

std::vector<std::pair<std::string_view, unsigned>> TableReader::texts(std::string_view key) {
    std::vector<std::pair<std::string_view, unsigned>> list;
    const auto* items = array(key);
    if (items == nullptr) return list;
    for (const auto& item : *items) {
        if (const auto* text = item.as_string())
            list.emplace_back(text->get(), line_of(item));
        else
            report_.add(profile_errc::wrong_type, line_of(item), path_ + std::string(key));
    }
    return list;
}

std::span<const ByteView> TableReader::hex_list(std::string_view key) {
    std::vector<ByteView> list;
    for (const auto& [text, line] : texts(key)) {
        auto bytes = from_hex(text);
        if (bytes && !bytes->empty())
            list.push_back(report_.arena.keep(std::move(*bytes)));
        else
            report_.add(profile_errc::not_hex, line, path_ + std::string(key) + ": " + std::string(text));
    }
    return report_.arena.keep(std::move(list));
}

std::span<const std::string_view> TableReader::text_list(std::string_view key) {
    std::vector<std::string_view> list;
    for (const auto& [text, line] : texts(key)) {
        if (!printable(text) || text.empty())
            report_.add(profile_errc::out_of_range, line, path_ + std::string(key));
        list.push_back(report_.arena.keep(std::string(text)));
    }
    return report_.arena.keep(std::move(list));
}

Version TableReader::version(std::string_view key) {
    std::string_view rest = text(key);
    std::uint8_t parts[3] = {0, 0, 0};
    if (rest.empty()) return {};
    for (std::size_t i = 0; i < 3 && !rest.empty(); ++i) {
        const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), parts[i]);
        const auto used = static_cast<std::size_t>(read.ptr - rest.data());
        if (read.ec != std::errc{} ||
            (used < rest.size() && (rest[used] != '.' || i == 2 || used + 1 == rest.size())))
            return mistake(profile_errc::out_of_range, key), Version{};
        rest.remove_prefix(std::min(rest.size(), used + 1));
    }
    return {parts[0], parts[1], parts[2]};
}

TableReader TableReader::table(std::string_view key, Need need) {
    const auto* node = find(key, need);
    const auto* table = node != nullptr ? node->as_table() : nullptr;
    if (node != nullptr && table == nullptr) mistake(profile_errc::wrong_type, key);
    return {table, path_ + std::string(key) + ".", line(key), report_};
}

std::vector<TableReader> TableReader::tables(std::string_view key) {
    std::vector<TableReader> list;
    const auto* items = array(key);
    if (items == nullptr) return list;
    for (const auto& item : *items) {
        if (const auto* table = item.as_table())
            list.emplace_back(table, path_ + std::string(key) + ".", line_of(item), report_);
        else
            report_.add(profile_errc::wrong_type, line_of(item), path_ + std::string(key));
    }
    return list;
}

void TableReader::finish() {
    if (!present()) return;
    for (const auto& [key, node] : *table_)
        if (!asked_.contains(key.str()))
            report_.add(profile_errc::unknown_key, static_cast<unsigned>(key.source().begin.line),
                        path_ + std::string(key.str()));
}

} // namespace acredita::profile
