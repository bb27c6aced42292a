// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The lists of private keys and certificates as cards have them that were personalised long ago: PKCS #15
// v1.1 6.1.3, 6.3 and 6.6, read for the few things that are needed, and forgiving about the rest (an empty
// [0], a SEQUENCE too few around path and length, a path as text). Everything in comes from a card.
#pragma once

#include "firmware-profiles/profile/files_table.hpp"

#include <optional>
#include <vector>

namespace acredita::dialect {

struct ListEntry {
    Bytes id{};
    std::optional<std::uint8_t> reference{}; // of a key
    Bytes path{};                            // empty: none
    std::optional<std::size_t> length{};     // of what is at the path
};

// Entries that make no sense are left out; at most 64.
[[nodiscard]] std::vector<ListEntry> read_list(ByteView file, profile::PathForm paths);

// Where the lists are, out of the list of lists (6.2): [0] private keys, [4] certificates. Empty: not said.
struct ListPaths {
    Bytes private_keys{}, certificates{};
};
[[nodiscard]] ListPaths read_list_of_lists(ByteView file, profile::PathForm paths);

} // namespace acredita::dialect
