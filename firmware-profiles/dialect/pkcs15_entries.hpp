// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One entry of each kind of directory file. For pkcs15_read.cpp only. nullopt: it makes no sense.
#pragma once

#include "firmware-profiles/dialect/pkcs15.hpp"
#include "pcsc/base/tlv.hpp"

namespace acredita::dialect::pkcs15 {

[[nodiscard]] std::optional<Directory> directory_entry(const Tlv& entry);
[[nodiscard]] std::optional<Key> private_key_entry(const Tlv& entry);
[[nodiscard]] std::optional<Key> public_key_entry(const Tlv& entry);
[[nodiscard]] std::optional<Certificate> certificate_entry(const Tlv& entry);
[[nodiscard]] std::optional<Data> data_entry(const Tlv& entry);
[[nodiscard]] std::optional<Pin> pin_entry(const Tlv& entry);

} // namespace acredita::dialect::pkcs15
