// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The transport layer of a chip: command chaining, extended lengths, GET RESPONSE, the T=0 rules.
//
// ISO 7816-4:2005 5.1.1 and 5.3.4, ISO 7816-3:2006 12.2. What differs between chips is a value of
// TransportRules.
#pragma once

#include "tools/practice/card/apdu.hpp"

#include <functional>

namespace acredita::practice {

struct TransportRules {
    bool extended = true;            // extended commands are understood; otherwise 6700
    std::size_t max_command = 3072;  // bytes of data of one command, chained or not
    std::size_t max_answer = 65536;  // bytes of data of one answer, whatever Le says
    bool keeps_broken_chain = false; // a half chain stands in front of the next command, as PivApplet does it
    std::uint16_t too_long = 0x6700; // what a longer command is answered
    bool t0 = false;                 // byte-oriented protocol: case 4 answers wait for GET RESPONSE
    bool proprietary = false;        // classes from 80 on are the card's own (they never chain)
};

class Transport {
public:
    using Handler = std::function<Answer(const Command&)>;

    explicit Transport(TransportRules rules) : rules_(rules) {}
    // One exchange. The handler sees whole commands only, with the chaining bit cleared.
    [[nodiscard]] Bytes exchange(ByteView wire, const Handler& handler);
    void reset() noexcept;

private:
    [[nodiscard]] Answer dispatch(Command& command, const Handler& handler);
    [[nodiscard]] Answer take_link(Command& command);
    [[nodiscard]] bool join_chain(Command& command);
    [[nodiscard]] Answer first_part(Answer answer, const Command& command);
    [[nodiscard]] Answer next_part(std::size_t wanted);

    TransportRules rules_;
    Command chain_{};
    bool chaining_ = false;
    Bytes waiting_{};
    std::uint16_t waiting_sw_ = 0x9000;
};

} // namespace acredita::practice
