// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The one error type of the project, and Result<T>, which every fallible function returns.
//
// An Error is a value: a code that programs compare, a detail for the log (never a secret, never personal
// data) and the place where it was made. Sentences for people live in tools/catalogue, keyed by
// error_name(code).
#pragma once

#include <source_location>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <tl/expected.hpp>

namespace acredita {

struct Error {
    std::error_code code;
    std::string detail;
    std::source_location where;
};

template <class T>
using Result = tl::expected<T, Error>;

// One row of a family of errors: the enumerator, its name as the catalogue spells it, a sentence for
// developers.
template <class E>
struct ErrorRow {
    E value;
    std::string_view name;
    std::string_view sentence;
};

// Specialised once per enumeration: `static constexpr std::string_view family` and `static constexpr
// ErrorRow<E> rows[]`.
template <class E>
struct ErrorTable;

// A category that can also name its codes for the catalogue.
class NamedCategory : public std::error_category {
public:
    [[nodiscard]] virtual std::string_view code_name(int value) const noexcept = 0;
};

namespace detail {

template <class E>
class TableCategory final : public NamedCategory {
public:
    [[nodiscard]] const char* name() const noexcept override { return ErrorTable<E>::family.data(); }
    [[nodiscard]] std::string message(int value) const override {
        for (const auto& row : ErrorTable<E>::rows)
            if (static_cast<int>(row.value) == value) return std::string(row.sentence);
        return "unknown error";
    }
    [[nodiscard]] std::string_view code_name(int value) const noexcept override {
        for (const auto& row : ErrorTable<E>::rows)
            if (static_cast<int>(row.value) == value) return row.name;
        return "unknown";
    }
};

} // namespace detail

// The category of an enumeration with an ErrorTable. Never destroyed: a browser may call the module after
// main's end.
template <class E>
const std::error_category& error_category() noexcept {
    static const auto* category = new detail::TableCategory<E>;
    return *category;
}

template <class E>
concept TabledError = requires {
    ErrorTable<E>::rows;
};

template <TabledError E>
[[nodiscard]] tl::unexpected<Error> fail(E code, std::string detail = {},
                                         std::source_location where = std::source_location::current()) {
    return tl::unexpected(Error{{static_cast<int>(code), error_category<E>()}, std::move(detail), where});
}

// Passes an error of one Result on as the error of another.
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) { return tl::unexpected(std::move(error)); }

// True if `error` is exactly this enumerator.
template <TabledError E>
[[nodiscard]] bool is(const Error& error, E code) noexcept {
    return error.code.category() == error_category<E>() && error.code.value() == static_cast<int>(code);
}

// "family.name", the key of the catalogue; for foreign categories "category.value".
[[nodiscard]] std::string error_name(const std::error_code& code);

// "family.name: sentence (detail) at file:line", for logs.
[[nodiscard]] std::string describe(const Error& error);

} // namespace acredita

// Returns the error of a Result<...> expression, or goes on with its value in `name`.
#define ACREDITA_TRY(name, ...)                                                                              \
    auto name##_result = (__VA_ARGS__);                                                                      \
    if (!name##_result) return ::acredita::fail(std::move(name##_result).error());                           \
    auto& name = *name##_result

// The same for Result<void>.
#define ACREDITA_CHECK(...)                                                                                  \
    if (auto checked_result = (__VA_ARGS__); !checked_result)                                                \
    return ::acredita::fail(std::move(checked_result).error())
