// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/cryptoki_error.hpp"

#include "pkcs11/client/apart.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace acredita::client {

namespace {

constexpr std::string_view number_mark = "CK_RV 0x";

bool has_name(CK_RV rv) noexcept {
    return std::ranges::any_of(ErrorTable<cryptoki_errc>::rows, [rv](const auto& row) {
        return row.value != cryptoki_errc::other && static_cast<CK_RV>(row.value) == rv;
    });
}

// What p11-kit answers for a server that has gone.
bool may_be_its_end(CK_RV rv) noexcept {
    return rv == CKR_DEVICE_ERROR || rv == CKR_DEVICE_REMOVED || rv == CKR_GENERAL_ERROR ||
           rv == CKR_CRYPTOKI_NOT_INITIALIZED;
}

} // namespace

tl::unexpected<Error> fail_rv(CK_RV rv, std::string_view function, std::source_location where) {
    if (may_be_its_end(rv))
        if (auto why = ended_apart()) return fail(Error{why->code, std::move(why->detail), where});
    if (has_name(rv)) return fail(static_cast<cryptoki_errc>(rv), std::string(function), where);
    std::array<char, 2 * sizeof rv> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), rv, 16);
    std::string detail(function);
    detail.append(": ").append(number_mark).append(digits.data(), written.ptr);
    return fail(cryptoki_errc::other, std::move(detail), where);
}

Result<void> check(CK_RV rv, std::string_view function, std::source_location where) {
    if (rv == CKR_OK) return {};
    return fail_rv(rv, function, where);
}

std::optional<CK_RV> return_value(const Error& error) {
    if (error.code.category() != error_category<cryptoki_errc>()) return std::nullopt;
    if (!is(error, cryptoki_errc::other)) return static_cast<CK_RV>(error.code.value());
    const auto at = error.detail.rfind(number_mark);
    if (at == std::string::npos) return std::nullopt;
    CK_RV rv = 0;
    const auto* begin = error.detail.data() + at + number_mark.size();
    const auto parsed = std::from_chars(begin, error.detail.data() + error.detail.size(), rv, 16);
    if (parsed.ec != std::errc{}) return std::nullopt;
    return rv;
}

} // namespace acredita::client
