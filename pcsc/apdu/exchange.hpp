// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One command, however many exchanges it takes: short or extended length, command chaining, GET RESPONSE,
// wrong Le, T=0. Done once here for every card; what a card's firmware wants of it is in Transport, which its
// profile fills.
#pragma once

#include "pcsc/apdu/channel.hpp"

namespace acredita {

enum class apdu_errc { response_too_short = 1, response_too_long, command_too_long, endless_response };

template <>
struct ErrorTable<apdu_errc> {
    static constexpr std::string_view family = "apdu";
    static constexpr ErrorRow<apdu_errc> rows[] = {
        {apdu_errc::response_too_short, "response_too_short", "the card answered less than a status word"},
        {apdu_errc::response_too_long, "response_too_long", "the card answered more than was agreed"},
        {apdu_errc::command_too_long, "command_too_long",
         "the command does not fit and the card takes no chain"},
        {apdu_errc::endless_response, "endless_response", "the card announces more data without end"},
    };
};

struct Transport {
    bool extended = false;                 // extended Lc and Le may be used (never on T=0)
    bool chaining = true;                  // long commands may be cut (CLA bit 5, 7816-4 5.1.1.1)
    bool chain_after_wrong_length = false; // 6700 to an extended command means: the same again, chained
    std::size_t max_command_data = 65535;  // of one extended command; a longer one is chained
    std::size_t chunk = 255;               // data bytes in each part of a chain
    std::size_t max_response = 70000;      // of one command in all; a card that sends more is lying
    std::uint8_t get_response_cla = 0x00;
};

// Runs the command. The status word is for the caller to judge. A chain stops at the first part that is not
// answered 9000 (SmartPGP would go on and keep the tail) and says so in chain_broken. Errors: apdu_errc, or
// the channel's.
[[nodiscard]] Result<ResponseApdu> exchange(Channel& channel, const CommandApdu& command,
                                            const Transport& transport);

} // namespace acredita
