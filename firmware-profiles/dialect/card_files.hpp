// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Files of a card (ISO 7816-4:2005 7.1.1 and 7.2.3): selected step by step along a path, read until they end.
// What comes from the card is bounded: paths by eight steps, files by what the caller takes.
#pragma once

#include "firmware-profiles/dialect/application.hpp"

#include <functional>

namespace acredita::dialect {

// How long the whole is, once enough of it has been read to tell; nullopt: not yet, or it cannot be told.
using Enough = std::function<std::optional<std::size_t>(ByteView so_far)>;

// A command that a profile spells from CLA to Le, as check_command() lets it pass.
[[nodiscard]] CommandApdu whole_command(ByteView bytes);

// object_not_found if there is no such file, pin_needed if it is not to be read yet. A path that does not
// begin with the master file is tried from `folder`, then from the root.
[[nodiscard]] Result<Bytes> read_file(Application& card, ByteView path, ByteView folder, std::size_t max,
                                      const Enough& enough);

// The end of the last element before padding (zeros or ones) begins.
[[nodiscard]] std::optional<std::size_t> end_of_list(ByteView so_far);
// The end of one DER object.
[[nodiscard]] std::optional<std::size_t> end_of_der(ByteView so_far);

} // namespace acredita::dialect
