// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The interindustry commands by name (ISO 7816-4:2005 clause 7). Each says what it carries and what it hides.
#pragma once

#include "pcsc/apdu/command.hpp"

namespace acredita::iso7816 {

// 7.1.1 SELECT by application identifier: 00 A4 04 P2 Lc AID Le.
[[nodiscard]] CommandApdu select(ByteView aid, std::uint8_t p2 = 0x00, std::size_t le = 256);
// 7.2.3 READ BINARY at an offset below 32768, or in the file with this short identifier.
[[nodiscard]] CommandApdu read_binary(std::uint16_t offset, std::size_t le);
[[nodiscard]] CommandApdu read_binary_sfi(std::uint8_t sfi, std::uint8_t offset, std::size_t le);
// 7.4.2 GET DATA, INS CA: tag in P1-P2; INS CB: file in P1-P2, tag list in the data.
[[nodiscard]] CommandApdu get_data(std::uint16_t tag, std::size_t le);
[[nodiscard]] CommandApdu get_data_object(std::uint16_t file, ByteView tag_list, std::size_t le);
// 7.4.3 PUT DATA, INS DB.
[[nodiscard]] CommandApdu put_data_object(std::uint16_t file, ByteView data, Mask mask = Mask::nothing);
// 7.5.6 VERIFY. The reference data are masked. Without data: how many tries are left (63Cx), spends none.
[[nodiscard]] CommandApdu verify(std::uint8_t reference, ByteView padded_pin);
[[nodiscard]] CommandApdu verify_status(std::uint8_t reference);
// 7816-4:2013 7.5.6.2: P1 = FF forgets the verification.
[[nodiscard]] CommandApdu verify_reset(std::uint8_t reference);
// 7.5.7 CHANGE REFERENCE DATA, old and new one behind the other; 7.5.10 RESET RETRY COUNTER, resetting code
// and new.
[[nodiscard]] CommandApdu change_reference_data(std::uint8_t reference, ByteView old_then_new);
[[nodiscard]] CommandApdu reset_retry_counter(std::uint8_t reference, ByteView code_then_new);
// 7.5.5 GENERAL AUTHENTICATE, INS 87.
[[nodiscard]] CommandApdu general_authenticate(std::uint8_t algorithm, std::uint8_t reference, ByteView data,
                                               std::size_t le, Mask mask = Mask::nothing);

} // namespace acredita::iso7816
