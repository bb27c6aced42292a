// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How values are written as C++ constants; for the build steps only.
#pragma once

#include "firmware-profiles/profile/schema_words.hpp"

#include <ostream>
#include <string>

namespace acredita::profile {

inline std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

inline std::string number(std::uint64_t value) { return std::to_string(value); }
inline std::string flag(bool value) { return value ? "true" : "false"; }

// The code of a word; what has no word in the schema is a kind called none, with value 0.
template <class E>
requires std::is_enum_v<E> std::string spell(E value) {
    for (const auto& row : Words<E>::rows)
        if (row.value == value) return std::string(row.code);
    return "{}";
}

// Names an array of its own for each list, because a table only looks at them.
class Lists {
public:
    explicit Lists(std::ostream& out) : out_(out) {}

    template <class List, class Spell>
    std::string list(std::string_view type, const List& items, Spell&& spell_one) {
        if (items.empty()) return "{}";
        std::string body;
        for (const auto& item : items) body += spell_one(item) + ", ";
        auto name = "list" + number(next_++);
        out_ << "constexpr " << type << " " << name << "[] = {" << body << "};\n";
        return name;
    }
    std::string bytes(ByteView bytes) {
        return list("std::uint8_t", bytes, [](std::uint8_t byte) { return number(byte); });
    }
    std::string rules(std::span<const AtrRule> rules) {
        return list("AtrRule", rules, [&](const AtrRule& rule) {
            std::string out = "{" + bytes(rule.value);
            out += ", " + bytes(rule.mask);
            out += ", " + number(rule.at);
            out += ", " + bytes(rule.from);
            return out + ", " + bytes(rule.below) + "}";
        });
    }

private:
    std::ostream& out_;
    unsigned next_ = 0;
};

} // namespace acredita::profile
