// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The little of HTTP/1.1 that the test page needs. Whoever asks is a stranger on this machine: what is longer
// than the bounds, or not of the plain form browsers send, is refused. Source: RFC 9112 sections 2, 3.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace acredita::browser_test {

// All of the request line and the headers of a browser; 431 beyond.
inline constexpr std::size_t longest_request = 16U * 1024;

enum class Status : int {
    ok = 200,
    malformed = 400,
    not_found = 404,
    method_not_allowed = 405,
    misdirected = 421, // for another host: a page of the Internet whose name leads here
    too_large = 431,
};

// nullopt: the headers have not ended yet. A request for the page itself, "GET /", is `ok`. `port`: ours.
[[nodiscard]] std::optional<Status> judge_request(std::string_view received, unsigned port);

// A whole answer; the connection is closed behind it. `html` may be empty.
[[nodiscard]] std::string response(Status status, std::string_view html);

} // namespace acredita::browser_test
