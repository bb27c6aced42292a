// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The one place where a PC/SC return code becomes an Error: call<&SCardTransmit>(...). The detail names the
// function and the code, `where` is the line that called.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "pcsc/reader/error.hpp"

#include <winscard.h>

namespace acredita::reader {

namespace detail {

[[nodiscard]] Result<void> judge(LONG code, std::string_view function, Stage stage,
                                 std::source_location where);

template <auto Function>
constexpr std::string_view function_name() {
    constexpr std::string_view text = __PRETTY_FUNCTION__;
    constexpr auto from = text.find("SCard");
    return text.substr(from, text.find_first_of(";]", from) - from);
}

template <auto Function, class = decltype(Function)>
struct Call;

// The arguments are those of the C function, so a default argument can follow them.
template <auto Function, class... Arguments>
struct Call<Function, LONG (*)(Arguments...)> {
    Result<void> operator()(Arguments... arguments,
                            std::source_location where = std::source_location::current()) const {
        constexpr auto name = function_name<Function>();
        constexpr auto stage = name == "SCardEstablishContext" ? Stage::establish
                               : name == "SCardConnect"        ? Stage::connect
                                                               : Stage::other;
        return judge(Function(arguments...), name, stage, where);
    }
};

} // namespace detail

template <auto Function>
inline constexpr detail::Call<Function> call{};

} // namespace acredita::reader
