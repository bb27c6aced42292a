// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/browser_test/request.hpp"

#include <algorithm>
#include <array>

namespace acredita::browser_test {

namespace {

constexpr std::array<std::string_view, 3> our_names{"localhost", "127.0.0.1", "[::1]"};

std::string_view phrase(Status status) {
    switch (status) {
    case Status::ok:
        return "OK";
    case Status::malformed:
        return "Bad Request";
    case Status::not_found:
        return "Not Found";
    case Status::method_not_allowed:
        return "Method Not Allowed";
    case Status::misdirected:
        return "Misdirected Request";
    case Status::too_large:
        return "Request Header Fields Too Large";
    }
    return "";
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool same_word(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

bool is_us(std::string_view host, unsigned port) {
    const auto suffix = ":" + std::to_string(port);
    return std::any_of(our_names.begin(), our_names.end(),
                       [&](std::string_view name) { return same_word(host, std::string(name) + suffix); });
}

Status judge_line(std::string_view line) {
    const auto first = line.find(' ');
    const auto second = line.rfind(' ');
    if (first == std::string_view::npos || second == first) return Status::malformed;
    if (!line.substr(second + 1).starts_with("HTTP/1.")) return Status::malformed;
    if (line.substr(0, first) != "GET") return Status::method_not_allowed;
    return line.substr(first + 1, second - first - 1) == "/" ? Status::ok : Status::not_found;
}

} // namespace

std::optional<Status> judge_request(std::string_view received, unsigned port) {
    const auto end = received.find("\r\n\r\n");
    if (end == std::string_view::npos || end + 4 > longest_request)
        return received.size() >= longest_request ? std::optional(Status::too_large) : std::nullopt;
    received = received.substr(0, end);
    const auto line_end = std::min(received.find("\r\n"), received.size());
    const auto line = received.substr(0, line_end);
    unsigned hosts = 0;
    bool ours = false;
    for (auto at = line_end; at < received.size();) {
        at += 2;
        const auto next = std::min(received.find("\r\n", at), received.size());
        const auto header = received.substr(at, next - at);
        const auto colon = header.find(':');
        if (colon == std::string_view::npos) return Status::malformed;
        if (same_word(header.substr(0, colon), "host")) {
            ++hosts;
            ours = is_us(trimmed(header.substr(colon + 1)), port);
        }
        at = next;
    }
    if (hosts != 1) return Status::malformed;
    return ours ? judge_line(line) : Status::misdirected;
}

std::string response(Status status, std::string_view html) {
    std::string text = "HTTP/1.1 " + std::to_string(static_cast<int>(status)) + " ";
    text += phrase(status);
    text += "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + std::to_string(html.size()) +
            "\r\nConnection: close\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer"
            "\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY"
            "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n\r\n";
    text += html;
    return text;
}

} // namespace acredita::browser_test
