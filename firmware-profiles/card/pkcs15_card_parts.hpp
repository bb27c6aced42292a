// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the two halves of Pkcs15Card that write share.
#pragma once

#include "firmware-profiles/card/pkcs15_card.hpp"

#include <algorithm>

namespace acredita::card::pkcs15_parts {

namespace p15 = dialect::pkcs15;

// As most programs make the identifier of a key and its certificate: SHA-1 of the modulus or of the point.
[[nodiscard]] Bytes id_of(const PublicKey& key);
[[nodiscard]] const p15::Held<p15::Key>* key_of(const p15::Contents& contents, KeyReference place);
[[nodiscard]] p15::Key private_entry(const Algorithm& algorithm, ByteView id, std::string label,
                                     bool made_here);
// A file in the directory itself, which is ours to delete with its entry.
[[nodiscard]] std::optional<std::uint16_t> own_file(const dialect::Files& files, const p15::Path& path);

template <class Entry>
[[nodiscard]] const p15::Held<Entry>* with_id(const std::vector<p15::Held<Entry>>& entries, ByteView id) {
    const auto found = std::ranges::find_if(
        entries, [&](const auto& held) { return !held.entry.id.empty() && equal(held.entry.id, id); });
    return found == entries.end() ? nullptr : &*found;
}

} // namespace acredita::card::pkcs15_parts
