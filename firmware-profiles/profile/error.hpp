// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can be wrong with a profile, and where. A Mistake is for the person who wrote the file: code, file,
// line, and which key or value; the sentence is the catalogue's.
#pragma once

#include "pcsc/base/error.hpp"

#include <string>
#include <vector>

namespace acredita::profile {

enum class profile_errc {
    unreadable = 1, // the file cannot be read
    not_toml,       // detail: what the parser says
    unknown_key,
    missing_key,
    wrong_type,
    out_of_range,
    unknown_word, // not one of the words that may stand here
    not_hex,
    duplicate,     // the same key, place or algorithm twice
    contradiction, // two values that cannot both be meant
    overlap,       // another profile matches the same card
    crowded,       // with it more applications would be asked for than recognising a card may cost
    faulty,        // several of the above; the list of Mistakes has them
};

struct Mistake {
    profile_errc code{};
    std::string file;
    unsigned line = 0; // 0: the file as a whole
    std::string what;  // the key with its path, or the value
    friend bool operator==(const Mistake&, const Mistake&) = default;
};

// "file:line: name: what", for logs and for the build.
[[nodiscard]] std::string describe(const Mistake& mistake);

} // namespace acredita::profile

namespace acredita {
template <>
struct ErrorTable<profile::profile_errc> {
    using enum profile::profile_errc;
    static constexpr std::string_view family = "profile";
    static constexpr ErrorRow<profile::profile_errc> rows[] = {
        {unreadable, "unreadable", "the profile cannot be read"},
        {not_toml, "not_toml", "the file is not TOML"},
        {unknown_key, "unknown_key", "a profile has no such key"},
        {missing_key, "missing_key", "a key is missing"},
        {wrong_type, "wrong_type", "the value is of another type"},
        {out_of_range, "out_of_range", "the number is too small or too large"},
        {unknown_word, "unknown_word", "the word is none of those that may stand here"},
        {not_hex, "not_hex", "the text is not hexadecimal"},
        {duplicate, "duplicate", "the same thing is said twice"},
        {contradiction, "contradiction", "two values cannot both be meant"},
        {overlap, "overlap", "another profile matches the same card"},
        {crowded, "crowded", "too many applications would be asked for; the profile needs an ATR"},
        {faulty, "faulty", "the profile has mistakes"},
    };
};
} // namespace acredita
