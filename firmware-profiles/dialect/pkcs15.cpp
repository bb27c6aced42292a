// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/pkcs15.hpp"

#include <algorithm>

namespace acredita::dialect::pkcs15 {

Bytes resolve(const Path& path, ByteView home) {
    constexpr std::uint8_t mf[] = {0x3F, 0x00};
    const ByteView files(path.files);
    if (files.empty() || files.size() % 2 != 0 || files.size() > max_path) return {};
    if (equal(files.first(2), mf)) return copy(files);
    const bool from_parent = files.size() > 2 && home.size() >= 4 && equal(files.first(2), home.last(2));
    auto whole = copy(from_parent ? home.first(home.size() - 2) : home);
    append(whole, files);
    return whole.size() > max_path ? Bytes{} : whole;
}

} // namespace acredita::dialect::pkcs15
