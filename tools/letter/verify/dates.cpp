// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/verify/dates.hpp"

#include <charconv>

namespace acredita::letter {

namespace {

// Takes a number of that many digits from the front; the default if the text is at its end or at a zone.
[[nodiscard]] std::optional<int> take(std::string_view& text, std::size_t digits, int otherwise) {
    if (text.empty() || text.front() == 'Z' || text.front() == '+' || text.front() == '-') return otherwise;
    if (text.size() < digits) return std::nullopt;
    int value = 0;
    const auto end = text.data() + digits;
    const auto [at, bad] = std::from_chars(text.data(), end, value);
    if (bad != std::errc{} || at != end || value < 0) return std::nullopt;
    text.remove_prefix(digits);
    return value;
}

[[nodiscard]] std::optional<std::chrono::minutes> take_zone(std::string_view text) {
    if (text.empty() || text.front() == 'Z') return std::chrono::minutes(0);
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    const auto hours = take(text, 2, 0);
    if (text.starts_with('\'')) text.remove_prefix(1);
    const auto minutes = take(text, 2, 0);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    return std::chrono::minutes(sign * (*hours * 60 + *minutes));
}

} // namespace

std::optional<std::chrono::sys_seconds> parse_pdf_date(std::string_view text) {
    if (text.starts_with("D:")) text.remove_prefix(2);
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    const auto year = take(text, 4, 0);
    const auto month = year ? take(text, 2, 1) : std::nullopt;
    const auto day = month ? take(text, 2, 1) : std::nullopt;
    const auto hour = day ? take(text, 2, 0) : std::nullopt;
    const auto minute = hour ? take(text, 2, 0) : std::nullopt;
    const auto second = minute ? take(text, 2, 0) : std::nullopt;
    if (!second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    const auto zone = take_zone(text);
    if (!date.ok() || !zone) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second) - *zone;
}

} // namespace acredita::letter
