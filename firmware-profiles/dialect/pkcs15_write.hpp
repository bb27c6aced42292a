// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Entries and files of a PKCS#15 directory as bytes to be written, in the form OpenSC reads and writes them:
// DER, the parts in the standard's order, nothing that has its default value.
#pragma once

#include "firmware-profiles/dialect/pkcs15.hpp"

namespace acredita::dialect::pkcs15 {

[[nodiscard]] Bytes write_entry(const Directory& directory);
[[nodiscard]] Bytes write_private_key(const Key& key);
[[nodiscard]] Bytes write_public_key(const Key& key);
[[nodiscard]] Bytes write_entry(const Certificate& certificate);
[[nodiscard]] Bytes write_entry(const Pin& pin);
[[nodiscard]] Bytes write_token_info(const TokenInfo& info);
// 8.2.2: the entry of the application in EF(DIR) (2F00).
[[nodiscard]] Bytes write_application(ByteView aid, std::string_view label, ByteView path);

// The file without one of its entries: what stands behind it moves up, zeros come in at the end.
[[nodiscard]] Bytes without(ByteView file, Span entry);

} // namespace acredita::dialect::pkcs15
