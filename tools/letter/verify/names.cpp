// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/verify.hpp"

namespace acredita::letter {

std::string_view name_of(Integrity of) noexcept {
    constexpr std::string_view names[] = {
        "intact",    "altered",         "range_malformed",    "range_outside_file",     "range_overlaps",
        "range_gap", "contents_differ", "contents_malformed", "unsupported_sub_filter", "unsupported_digest"};
    return names[static_cast<std::size_t>(of)];
}

std::string_view name_of(LaterChanges of) noexcept {
    constexpr std::string_view names[] = {"not_checked", "none", "signatures", "visible_signatures",
                                          "changed"};
    return names[static_cast<std::size_t>(of)];
}

std::string_view name_of(Path of) noexcept {
    constexpr std::string_view names[] = {"not_checked", "trusted", "untrusted"};
    return names[static_cast<std::size_t>(of)];
}

std::string_view name_of(Validity of) noexcept {
    constexpr std::string_view names[] = {"not_checked", "valid", "expired", "not_yet_valid"};
    return names[static_cast<std::size_t>(of)];
}

std::string_view name_of(Revocation of) noexcept {
    constexpr std::string_view names[] = {"not_checked", "absent",  "stale",
                                          "fresh",       "revoked", "revoked_later"};
    return names[static_cast<std::size_t>(of)];
}

std::string_view name_of(TimeProof of) noexcept {
    constexpr std::string_view names[] = {"claimed", "unconfirmed", "proven", "broken"};
    return names[static_cast<std::size_t>(of)];
}

std::string_view name_of(Outcome of) noexcept {
    constexpr std::string_view names[] = {"not_sound",  "untrusted", "revoked",   "not_yet_valid",
                                          "possession", "unproven",  "unchecked", "valid"};
    return names[static_cast<std::size_t>(of)];
}

} // namespace acredita::letter
