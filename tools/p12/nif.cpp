// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/nif.hpp"

#include <algorithm>

namespace acredita::p12 {

namespace {

constexpr std::size_t nif_size = 9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_word(char c) { return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z'); }

bool is_valid(std::string_view candidate) {
    constexpr std::string_view letters = "TRWAGMYFPDXBNJZSQVHLCKE";
    constexpr std::string_view foreign = "XYZ";
    unsigned number = 0;
    for (std::size_t i = 0; i < nif_size - 1; ++i) {
        const auto place = i == 0 ? foreign.find(candidate[0]) : std::string_view::npos;
        if (place == std::string_view::npos && !is_digit(candidate[i])) return false;
        const auto digit = place == std::string_view::npos ? static_cast<unsigned>(candidate[i] - '0')
                                                           : static_cast<unsigned>(place);
        number = number * 10 + digit;
    }
    return candidate.back() == letters[number % letters.size()];
}

} // namespace

std::optional<std::string_view> find_nif(std::string_view text) {
    for (std::size_t at = 0; at + nif_size <= text.size(); ++at) {
        if (at > 0 && is_word(text[at - 1])) continue;
        if (at + nif_size < text.size() && is_word(text[at + nif_size])) continue;
        if (is_valid(text.substr(at, nif_size))) return text.substr(at, nif_size);
    }
    return std::nullopt;
}

std::string mask_nif(std::string_view nif) {
    const auto first = std::ranges::find_if(nif, is_digit);
    const auto digits = static_cast<std::size_t>(std::count_if(nif.begin(), nif.end(), is_digit));
    std::string masked(nif.size(), '*');
    // A number that begins with a digit hides its first three; one that begins with a letter hides as many
    // digits.
    const std::size_t skipped = std::min<std::size_t>(3, digits > 4 ? digits - 4 : digits);
    const auto from = static_cast<std::size_t>(first - nif.begin()) + skipped;
    for (std::size_t i = from; i < nif.size() && i < from + 4 && is_digit(nif[i]); ++i) masked[i] = nif[i];
    return masked;
}

std::string hide_nif(std::string text, std::string_view known) {
    const auto hide = [&](std::string_view number) {
        const auto at = text.find(number);
        if (number.empty() || at == std::string::npos) return false;
        text.replace(at, number.size(), mask_nif(number));
        return true;
    };
    while (hide(known)) {
    }
    for (auto found = find_nif(text); found.has_value(); found = find_nif(text))
        (void)hide(std::string(*found));
    return text;
}

} // namespace acredita::p12
