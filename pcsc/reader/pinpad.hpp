// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A reader with a keypad: it asks the person for the PIN, puts it into the command and sends that to the
// card, so the PIN never comes near this computer. PC/SC part 10, revision 2.02.09, clauses 2.2
// (features), 2.5 (structures), 2.6 (TLV properties).
//
// verify and modify wait for a person, up to `timeout` seconds, inside the Transaction. pin_pad_cancelled,
// pin_pad_timeout, pin_pad_mismatch: nothing was sent to the card. bad_request: the reader rejected the entry
// for its length or the question itself; nothing was sent either. Otherwise the answer is the card's status
// word.
#pragma once

#include "pcsc/apdu/status_word.hpp"
#include "pcsc/reader/transaction.hpp"

namespace acredita::reader {

// How a PIN stands in the command: ASCII digits from the first byte of the data on.
struct PinFormat {
    std::uint8_t reference = 0x80;
    std::uint8_t minimum = 4;
    std::uint8_t maximum = 8;
    std::uint8_t block = 8; // filled up with `padding` to this size; 0: as long as it is
    std::uint8_t padding = 0xFF;
    std::uint8_t change = 0x24; // what modify sends; 2C: RESET RETRY COUNTER, the old value being the PUK
};

class Pinpad {
public:
    // What the reader offers. not_supported if it has no keypad, or one without VERIFY.
    [[nodiscard]] static Result<Pinpad> of(Transaction& transaction);

    [[nodiscard]] bool can_modify() const noexcept { return modify_ != 0; }
    // Lengths the keypad itself can take; 0 and 255 if it does not say.
    [[nodiscard]] std::uint8_t shortest() const noexcept { return shortest_; }
    [[nodiscard]] std::uint8_t longest() const noexcept { return longest_; }

    // VERIFY (00 20 00 reference).
    [[nodiscard]] Result<StatusWord> verify(Transaction& transaction, const PinFormat& format,
                                            std::uint8_t timeout = 30) const;
    // CHANGE REFERENCE DATA (00 24 00 reference), the old PIN and the new one twice. Needs a block size. Or
    // what `format.change` says.
    [[nodiscard]] Result<StatusWord> modify(Transaction& transaction, const PinFormat& format,
                                            std::uint8_t timeout = 30) const;

private:
    std::uint32_t verify_ = 0;
    std::uint32_t modify_ = 0;
    std::uint8_t shortest_ = 0;
    std::uint8_t longest_ = 255;
    std::uint8_t entry_ends_ = 0x02; // bEntryValidationCondition: with the key OK
};

} // namespace acredita::reader
