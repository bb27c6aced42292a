// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The one way in which a text, and a set of named texts, may be spelled as JSON (docs/journal.md "Every
// byte"): a value has exactly one spelling, so its digest is a digest of the value.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace acredita::office {

using Facts = std::map<std::string, std::string>;

inline constexpr std::size_t longest_value = 8192; // bytes of one text
inline constexpr std::size_t most_facts = 32;

void append_text(std::string& to, std::string_view text);
void append_facts(std::string& to, const Facts& facts);

// The text with every byte that is not part of UTF-8 replaced by '?'.
[[nodiscard]] std::string as_utf8(std::string_view text);
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

// Reads what append_...() wrote and nothing else; stops being ok at the first byte that could stand
// otherwise.
class Scanner {
public:
    explicit Scanner(std::string_view text) noexcept : rest_(text) {}
    [[nodiscard]] bool ok() const noexcept { return ok_; }
    [[nodiscard]] bool at_end() const noexcept { return ok_ && rest_.empty(); }
    void literal(std::string_view expected) noexcept;
    [[nodiscard]] std::int64_t number() noexcept;
    // The text is only kept where there is somewhere to keep it.
    void text(std::string* to);
    void facts(Facts* to);

private:
    void escape(std::string* to);
    [[nodiscard]] bool next_is(char c) const noexcept { return ok_ && !rest_.empty() && rest_.front() == c; }

    std::string_view rest_;
    bool ok_ = true;
};

} // namespace acredita::office
