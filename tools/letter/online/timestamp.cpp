// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/online/timestamp.hpp"

#include "tools/letter/errors.hpp"
#include "tools/letter/online/http.hpp"

namespace acredita::letter {

AskAuthority ask_over_http(AuthorityAddress address) {
    return [address = std::move(address)](const Bytes& request) -> Result<Bytes> {
        auto answer = http({.url = address.url,
                            .body = request,
                            .content_type = "application/timestamp-query",
                            .wanted_type = "application/timestamp-reply",
                            .max_size = max_timestamp,
                            .time = address.time,
                            .authorities = address.tls_authorities});
        if (!answer) return fail(letter_errc::timestamp_unreachable, std::move(answer).error());
        return std::move(*answer);
    };
}

} // namespace acredita::letter
