// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/register/place.hpp"

namespace acredita::registration {

Result<Change> register_here(const Place& place, bool trial) {
    ACREDITA_TRY(before, place.look());
    const bool change = before == State::absent || before == State::amiss;
    if (change && !trial) ACREDITA_CHECK(place.add());
    return Change{before, change};
}

Result<Change> unregister_here(const Place& place, bool trial) {
    ACREDITA_TRY(before, place.look());
    const bool change = before == State::present || before == State::amiss;
    if (change && !trial) ACREDITA_CHECK(place.remove());
    return Change{before, change};
}

std::string_view name_of(Kind kind) noexcept {
    switch (kind) {
    case Kind::firefox:
        return "firefox";
    case Kind::nss:
        return "nss";
    case Kind::p11_kit:
        return "p11-kit";
    }
    return "?";
}

std::string_view name_of(State state) noexcept {
    switch (state) {
    case State::absent:
        return "absent";
    case State::present:
        return "present";
    case State::covered:
        return "covered";
    case State::amiss:
        return "amiss";
    }
    return "?";
}

} // namespace acredita::registration
