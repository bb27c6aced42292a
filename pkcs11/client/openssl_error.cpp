// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/openssl_error.hpp"

#include "pkcs11/client/client_error.hpp"
#include "pkcs11/client/cryptoki_error.hpp"

#include <array>

#include <libp11.h>
#include <openssl/err.h>

namespace acredita::client {

tl::unexpected<Error> fail_openssl(std::string_view function, std::source_location where) {
    std::string words(function);
    std::optional<CK_RV> module_answer;
    while (const auto code = ERR_get_error()) {
        // libp11 registers two families: its own reasons, and CK_RVs under ERR_get_CKR_code().
        if (ERR_GET_LIB(code) == ERR_get_CKR_code()) module_answer = static_cast<CK_RV>(ERR_GET_REASON(code));
        std::array<char, 256> text{};
        ERR_error_string_n(code, text.data(), text.size());
        words += ": ";
        words += text.data();
    }
    if (module_answer) return fail_rv(*module_answer, function, where);
    return fail(client_errc::openssl_failed, std::move(words), where);
}

} // namespace acredita::client
