// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A digest in progress as bytes, for C_GetOperationState and C_SetOperationState. The bytes are of this build
// of the module alone, and come back from a program that may have changed them.
#pragma once

#include "pkcs11/module/operation.hpp"

namespace acredita::module {

[[nodiscard]] Bytes save_digest(const Digesting& digesting);
// nullopt: not what save_digest made.
[[nodiscard]] std::optional<Digesting> restore_digest(ByteView saved);

} // namespace acredita::module
