// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/portals/portal.hpp"

#include "tools/letter/document/plain_text.hpp"
#include "tools/letter/document/template.hpp"
#include "tools/portals/sheet.hpp"

#include <algorithm>

namespace acredita::portals {

namespace {

constexpr std::size_t longest_name = 60, longest_step = 300, longest_url = 120, most_steps = 6;
constexpr std::array<std::string_view, all_parts.size()> part_names{"before", "enter",       "change",
                                                                    "remove", "represented", "check"};

// Where a file is wrong.
struct Place {
    const std::string& file;
    [[nodiscard]] tl::unexpected<Error> operator()(const toml::node& node, std::string_view what) const {
        return at(node.source().begin.line, what);
    }
    [[nodiscard]] tl::unexpected<Error> at(std::size_t line, std::string_view what) const {
        return fail(portals_errc::bad_file,
                    file + ": line " + std::to_string(line) + ": " + std::string(what));
    }
};

// https, a plain host, perhaps a port, and a path without blanks: what a person can compare with the line
// above the page. No user before the host, which would make another host look like this one.
bool is_address(std::string_view url) {
    constexpr std::string_view scheme = "https://";
    if (!url.starts_with(scheme) || url.size() > longest_url) return false;
    const auto rest = url.substr(scheme.size());
    const auto host = rest.substr(0, rest.find_first_of("/?#"));
    constexpr std::string_view forbidden = "\"'<>\\^`{|}";
    const bool clean = std::ranges::all_of(
        rest, [&](char c) { return c > 0x20 && c < 0x7F && forbidden.find(c) == forbidden.npos; });
    const bool named = std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
    });
    return clean && named && host.find('.') != host.npos && !host.starts_with('.') && !host.ends_with('.');
}

Result<std::string> text_of(const toml::node& node, std::size_t longest, std::string_view name,
                            const Place& place) {
    const auto* text = node.as_string();
    if (text == nullptr) return place(node, std::string(name) + ": a text is expected");
    if (text->get().empty() || text->get().size() > longest)
        return place(node, std::string(name) + ": 1 to " + std::to_string(longest) + " bytes");
    if (!is_plain(text->get())) return place(node, std::string(name) + ": a character that does not print");
    return text->get();
}

Result<std::vector<std::string>> steps_of(const toml::node& node, std::string_view name, const Place& place) {
    const auto* array = node.as_array();
    if (array == nullptr) return place(node, std::string(name) + ": a list is expected");
    if (array->size() > most_steps)
        return place(node, std::string(name) + ": at most " + std::to_string(most_steps) + " steps");
    std::vector<std::string> steps;
    for (const auto& one : *array) {
        ACREDITA_TRY(text, text_of(one, longest_step, name, place));
        if (const auto filled = letter::fill(text, values_of(Holder{})); !filled)
            return place(one, std::string(name) + ": {" + filled.error().detail + "} is not known");
        steps.push_back(std::move(text));
    }
    return steps;
}

Result<Words> words_of(const toml::node& node, std::string_view language, const Place& place) {
    const auto* table = node.as_table();
    if (table == nullptr) return place(node, std::string(language) + ": a table is expected");
    Words words;
    for (const auto& [key, value] : *table) {
        const auto* part = std::ranges::find(part_names, key.str());
        if (key == "name") {
            ACREDITA_TRY(text, text_of(value, longest_name, "name", place));
            words.name = std::move(text);
        } else if (part != part_names.end()) {
            ACREDITA_TRY(steps, steps_of(value, key.str(), place));
            words.steps.at(static_cast<std::size_t>(part - part_names.begin())) = std::move(steps);
        } else {
            return place(value, std::string(key.str()) + " is not known");
        }
    }
    if (words.name.empty()) return place(node, "name is missing");
    for (const auto part : {Part::before, Part::enter, Part::represented, Part::check})
        if (words.of(part).empty()) return place(node, std::string(name_of(part)) + " is missing");
    if (words.of(Part::change).empty() && words.of(Part::remove).empty())
        return place(node, "change or remove is missing");
    return words;
}

Result<Portal> read_table(const toml::table& table, std::string id, const Place& place) {
    Portal portal{.id = std::move(id)};
    for (const auto& [key, node] : table) {
        if (key == "url") {
            ACREDITA_TRY(url, text_of(node, longest_url, "url", place));
            if (!is_address(url)) return place(node, "url: https://, a host, no user, no blanks");
            portal.url = std::move(url);
        } else if (key == "es" || key == "en") {
            ACREDITA_TRY(words, words_of(node, key.str(), place));
            (key == "es" ? portal.spanish : portal.english) = std::move(words);
        } else {
            return place(node, std::string(key.str()) + " is not known");
        }
    }
    for (const auto* language : {"es", "en"})
        if (!table.contains(language)) return place.at(1, "[" + std::string(language) + "] is missing");
    for (const auto part : all_parts)
        if (portal.spanish.of(part).size() != portal.english.of(part).size())
            return place(*table.get("en"), std::string(name_of(part)) + ": as many steps in [es] as in [en]");
    return portal;
}

} // namespace

std::string_view name_of(Part part) noexcept { return part_names.at(static_cast<std::size_t>(part)); }

// Unicode 15, 23.1 and 23.2; UAX #9, 2.1 to 2.4.
bool is_plain(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = [&](std::size_t n) {
            return i + n < text.size() ? static_cast<unsigned char>(text[i + n]) : 0U;
        };
        if (byte(0) < 0x20 || byte(0) == 0x7F) return false;
        if (byte(0) == 0xC2 && byte(1) < 0xA0) return false;
        if (byte(0) != 0xE2) continue;
        if (byte(1) == 0x80 && ((byte(2) >= 0x8E && byte(2) <= 0x8F) || (byte(2) >= 0xA8 && byte(2) <= 0xAE)))
            return false;
        if (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9) return false;
    }
    return true;
}

bool is_portal_id(std::string_view text) noexcept {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.size() <= 40 && !text.starts_with('-') && std::ranges::all_of(text, fits);
}

Result<Portal> parse_portal(const std::string& text, std::string id, const std::string& file) {
    if (text.size() > longest_file) return fail(portals_errc::bad_file, file + ": too long");
    const auto table = letter::parse_words(text);
    if (!table) return fail(portals_errc::bad_file, file + ": " + table.error().detail);
    return read_table(*table, std::move(id), Place{file});
}

} // namespace acredita::portals
