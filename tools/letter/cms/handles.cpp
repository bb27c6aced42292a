// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/cms/handles.hpp"

#include "tools/letter/errors.hpp"

#include <ctime>

#include <openssl/err.h>

namespace acredita::letter {

Result<X509Ptr> parse_certificate(ByteView der) {
    const unsigned char* at = der.data();
    X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!certificate || at != der.data() + der.size())
        return fail(letter_errc::bad_certificate, openssl_reason());
    return certificate;
}

Bytes der_of(const X509* certificate) {
    const int size = i2d_X509(certificate, nullptr);
    Bytes der(size > 0 ? static_cast<std::size_t>(size) : 0);
    auto* at = der.data();
    if (size > 0) i2d_X509(certificate, &at);
    return der;
}

std::optional<std::chrono::sys_seconds> to_time(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
    return std::chrono::sys_seconds(std::chrono::seconds(timegm(&parts)));
}

std::string openssl_reason() {
    const auto code = ERR_peek_last_error();
    ERR_clear_error();
    const char* text = code == 0 ? nullptr : ERR_reason_error_string(code);
    return text == nullptr ? std::string() : std::string(text);
}

} // namespace acredita::letter
