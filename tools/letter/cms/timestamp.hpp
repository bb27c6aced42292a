// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Timestamps (RFC 3161): what is asked of an authority, whether an answer is the one to that question, and
// what a token says, whoever brought it. Hostile input: sizes are bounded.
#pragma once

#include "tools/letter/cms/handles.hpp"

#include <functional>
#include <vector>

#include <openssl/ts.h>

namespace acredita::letter {

// A token with its certificates; what is larger is no answer.
inline constexpr std::size_t max_timestamp = std::size_t{64} * 1024;

// Sends a TimeStampReq (DER), gives back the TimeStampResp. timestamp_unreachable, timestamp_refused.
using AskAuthority = std::function<Result<Bytes>(const Bytes& request)>;

// What is wanted of an authority.
struct TimestampOrder {
    AskAuthority ask;
    std::vector<Bytes> anchors{}; // DER; none: any certificate for timestamps will do
    std::string policy{};         // OID; empty: the authority's own choice
    bool or_without = false;      // a signature without a timestamp is better than none
};

// A question: SHA-256 of `what`, a fresh nonce, the certificates wanted. bad_option if the policy is no OID.
struct TimestampRequest {
    Bytes der;
    Bytes imprint; // SHA-256
    Bytes nonce;   // as a positive integer, most significant byte first
    std::string policy;
};
[[nodiscard]] Result<TimestampRequest> timestamp_request(ByteView what, const std::string& policy);

enum class Authority { trusted, unknown, false_signature };

class Timestamp {
public:
    // timestamp_bad unless `der` is exactly one token over a SHA-2 digest.
    [[nodiscard]] static Result<Timestamp> parse(ByteView der);
    // timestamp_refused (detail: the reason) or timestamp_bad (detail: what does not fit the question).
    [[nodiscard]] static Result<Timestamp> from_response(ByteView response, const TimestampRequest& asked);

    [[nodiscard]] const Bytes& der() const noexcept { return der_; }
    [[nodiscard]] std::chrono::sys_seconds time() const noexcept { return time_; }
    [[nodiscard]] const EVP_MD* md() const noexcept { return md_; }
    // True if it is about bytes with this digest (made with md()).
    [[nodiscard]] bool covers(ByteView digest) const;
    [[nodiscard]] std::string policy() const;

    // Who signed it, as of its own time. `others` may complete the path; `problem` gets OpenSSL's words.
    [[nodiscard]] Result<Authority> check(const std::vector<Bytes>& anchors, const std::vector<Bytes>& others,
                                          std::string& problem) const;
    // Of the certificate that signed it; empty before check() found one.
    [[nodiscard]] std::string authority() const;

private:
    using TokenPtr = std::unique_ptr<PKCS7, Releaser<PKCS7_free>>;
    using InfoPtr = std::unique_ptr<TS_TST_INFO, Releaser<TS_TST_INFO_free>>;

    [[nodiscard]] Result<void> answers(const TimestampRequest& asked) const;

    Bytes der_;
    TokenPtr token_;
    InfoPtr info_;
    const EVP_MD* md_ = nullptr;
    std::chrono::sys_seconds time_{};
};

} // namespace acredita::letter
