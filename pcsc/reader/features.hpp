// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a reader says of itself (PC/SC part 10, 2.2 and 2.6): the control codes of its features and its
// properties. Asking costs two messages to the reader and no exchange with the card.
#pragma once

#include "pcsc/reader/transaction.hpp"

namespace acredita::reader {

struct Features {
    std::uint32_t verify = 0; // control codes; 0: the reader cannot do it
    std::uint32_t modify = 0;
    std::uint8_t entry_ends = 0; // bEntryValidationCondition of PIN_PROPERTIES; 0: not told
    Bytes properties{};          // tag, one length byte, value; empty: none told

    // not_supported if the reader knows nothing of part 10.
    [[nodiscard]] static Result<Features> of(Transaction& transaction);
    [[nodiscard]] std::optional<ByteView> property(std::uint8_t tag) const;
    // dwMaxAPDUDataSize says that the reader carries short APDUs only, whatever the card could take.
    [[nodiscard]] bool short_only() const;
};

} // namespace acredita::reader
