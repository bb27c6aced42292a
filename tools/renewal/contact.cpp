// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/renewal/contact.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace acredita::renewal {
namespace {

constexpr std::size_t longest_email = 254, longest_local = 64;

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool plain(unsigned char c) noexcept {
    if (c >= 0x80U) return true; // addresses with accents exist: RFC 6531
    return c > 0x20U && c < 0x7FU &&
           std::string_view("()<>[]:;@\\,\"").find(static_cast<char>(c)) == std::string_view::npos;
}

// No empty label between the dots, and no hyphen at the edge of one.
bool labels(std::string_view text, bool of_a_domain) {
    std::size_t count = 0;
    for (;;) {
        const auto end = text.find('.');
        const auto label = text.substr(0, end);
        if (label.empty() ||
            !std::ranges::all_of(label, [](char c) { return plain(static_cast<unsigned char>(c)); }))
            return false;
        if (of_a_domain && (label.front() == '-' || label.back() == '-' || label.size() > 63)) return false;
        ++count;
        if (end == std::string_view::npos) return !of_a_domain || count > 1;
        text.remove_prefix(end + 1);
    }
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> slips{{
    {"gmial.com", "gmail.com"},
    {"gmai.com", "gmail.com"},
    {"gmal.com", "gmail.com"},
    {"gmail.es", "gmail.com"},
    {"gmail.con", "gmail.com"},
    {"gamil.com", "gmail.com"},
    {"hotmial.com", "hotmail.com"},
    {"hotmal.com", "hotmail.com"},
    {"hotmail.con", "hotmail.com"},
    {"outlok.com", "outlook.com"},
    {"outlook.con", "outlook.com"},
    {"yaho.es", "yahoo.es"},
}};

} // namespace

Result<std::string> read_email(std::string_view typed, std::string_view again) {
    const auto email = trimmed(typed);
    const auto malformed = [&] {
        return fail(renewal_errc::email_malformed, std::string(email.substr(0, 80)));
    };
    const auto at = email.find('@');
    if (at == std::string_view::npos || at > longest_local || email.size() > longest_email)
        return malformed();
    if (!labels(email.substr(0, at), false) || !labels(email.substr(at + 1), true)) return malformed();
    if (email != trimmed(again)) return fail(renewal_errc::emails_differ);
    return std::string(email);
}

std::optional<std::string> likely_meant(std::string_view email) {
    const auto at = email.find('@');
    if (at == std::string_view::npos) return std::nullopt;
    std::string domain(email.substr(at + 1));
    std::ranges::transform(domain, domain.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto found = std::ranges::find(slips, std::string_view(domain),
                                         &std::pair<std::string_view, std::string_view>::first);
    if (found == slips.end()) return std::nullopt;
    return std::string(email.substr(0, at + 1)) + std::string(found->second);
}

std::string masked_email(std::string_view email) {
    const auto at = email.find('@');
    if (at == std::string_view::npos) return {};
    // Never half of a character of several bytes.
    std::size_t shown = at > 3 ? 2 : at > 1 ? 1 : 0;
    while (shown > 0 && (static_cast<unsigned char>(email[shown]) & 0xC0U) == 0x80U) --shown;
    return std::string(email.substr(0, shown)) + "…" + std::string(email.substr(at));
}

Result<std::string> read_phone(std::string_view typed) {
    const auto phone = trimmed(typed);
    if (phone.empty()) return std::string();
    std::size_t digits = 0;
    for (std::size_t i = 0; i < phone.size(); ++i) {
        const char c = phone[i];
        if (c >= '0' && c <= '9')
            ++digits;
        else if (!(c == '+' && i == 0) && c != ' ' && c != '-' && c != '.')
            return fail(renewal_errc::phone_malformed);
    }
    if (digits < 6 || digits > 15) return fail(renewal_errc::phone_malformed); // E.164: fifteen at most
    return std::string(phone);
}

} // namespace acredita::renewal
