// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One question over HTTP or HTTPS, bounded in time and in size (libcurl). Nothing is kept between two of
// them.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <chrono>
#include <filesystem>
#include <optional>

namespace acredita::letter {

struct HttpRequest {
    std::string url;             // http:// or https://, without a user name in it
    std::optional<Bytes> body{}; // POST with it, GET without; only GET follows redirections, at most three
    std::string content_type{};  // of the body
    std::string wanted_type{};   // what the answer must call itself; empty: anything
    std::size_t max_size = 0;    // of the answer, bytes
    std::chrono::milliseconds time{20000}; // for everything
    std::filesystem::path authorities{};   // PEM, whom to trust for https; the system's if empty
};

// The body of an answer with status 200, or why there is none, in plain words without secrets.
[[nodiscard]] tl::expected<Bytes, std::string> http(const HttpRequest& request);

} // namespace acredita::letter
