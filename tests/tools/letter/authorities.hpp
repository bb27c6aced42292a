// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What authorities say besides certificates: lists of revoked ones, answers about one, and timestamps.
#pragma once

#include "tests/tools/letter/support.hpp"
#include "tools/letter/cms/timestamp.hpp"

namespace acredita::letter::test {

// A list of the test authority; days counted from now.
struct ListOrder {
    int from_days = -1, until_days = 6;
    std::optional<Bytes> revoked{}; // a certificate
    int revoked_days = -2;
    std::string part{};  // address of a part of all certificates
    bool delta = false;  // differences only
    bool forged = false; // signed by somebody else
};
[[nodiscard]] Bytes revocation_list(const ListOrder& order);

// What its responder answers about a certificate.
struct AnswerOrder {
    Bytes certificate;
    bool revoked = false;
    int from_days = -1, until_days = 6;
    bool forged = false; // signed by somebody nobody named
};
[[nodiscard]] Bytes revocation_answer(const AnswerOrder& order);

// A timestamp authority: `openssl ts -reply` with a certificate of the test authority.
class TimestampAuthority {
public:
    explicit TimestampAuthority(const Extensions& extensions = {
                                    {NID_key_usage, "critical,digitalSignature"},
                                    {NID_ext_key_usage, "critical,timeStamping"}});
    [[nodiscard]] Bytes reply(const Bytes& request) const;
    [[nodiscard]] AskAuthority ask() const;
    [[nodiscard]] TimestampOrder order() const;
    [[nodiscard]] fs::path folder() const { return scratch_ / ""; } // with tsa.cnf

    static constexpr const char* policy = "1.2.3.4.1";

private:
    Scratch scratch_;
    Identity identity_;
};

// The same PDF with one more revision: a document timestamp (ETSI.RFC3161) over all of it.
[[nodiscard]] std::string with_document_timestamp(const std::string& pdf, const AskAuthority& ask);

} // namespace acredita::letter::test
