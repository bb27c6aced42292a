// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/foreign/options.hpp"

#include "tools/practice/error.hpp"
#include "tools/practice/foreign/application.hpp"

#include <algorithm>

namespace acredita::practice::foreign {

namespace {

// Real answers to reset, one of each make.
constexpr Make known[] = {
    {"wg10", "3B6F0000806645460138180353023110829000", 0x6D00, true, {}},
    {"mmar", "3B6F000000664D453161030153086104F09000", 0x6E00, true, {}},
    {"a203", "3B6800008066A20308013107", 0x6A82, true, {}},
    {"memory", "3B04A2131091", 0x6D00, false, {}},
    {"mifare", "3B8F8001804F0CA000000306030001000000006A", 0x6D00, false, {}},
    {"r5-empty", "3B6F00008066B0070101770753023110829000", 0x6A82, true, {}},
    {"r7-empty", "3B6F00008066B0070101070753023110829000", 0x6A82, true, {}},
    {"advantis", "3B7F1300008031C0520271640562347083839000", 0x6A82, true, {}},
    {"bit4id", "3BFF1800FF8131FE55006B42495434494420312E3000900091", 0x6A82, true, {}},
    {"cns", "3BFF1800008131FE55006B02090503010101434E5310318064", 0x6A86, true, {}},
    {"idprime", "3B7F96000080318065B084413DF6120FFE829000", 0x6A82, false, "A000000018800000000662"},
    {"cardos", "3BD218008131FE58C90114", 0x6A82, true, {}},
    {"starsign", "3BF99600008131FE4553434537200E00202028", 0x6A82, false, {}},
    {"ceres430", "3B7F960000006A464E4D540304114304300390 00", 0x6A82, true, "4D61737465722E46696C65"},
    {"dnie", "3B7F960000006A444E49652001015504210390 00", 0x6A82, true, "4D61737465722E46696C65"},
    {"parrot", "3B80800101", 0x9000, true, {}}, // says yes to whatever it is told
    // The same, and pretends to be a PIV card that everybody knows.
    {"impostor", "3BFD1300008131FE158073C021C057597562694B657940", 0x9000, true, "A000000308", 0x61},
};

} // namespace

std::vector<std::string_view> makes() {
    std::vector<std::string_view> names;
    for (const auto& one : known) names.push_back(one.name);
    return names;
}

Result<Chip> read_options(const CardOptions& options) {
    const Make* make = std::begin(known);
    Bytes atr;
    for (const auto& [key, value] : options) {
        if (key == "make") {
            make = std::ranges::find(known, value, &Make::name);
            if (make == std::end(known)) return fail(practice_errc::bad_card, std::string(value));
        } else if (auto given = from_hex(value); key == "atr" && given && given->size() >= 2) {
            atr = std::move(*given);
        } else {
            return fail(practice_errc::bad_card, std::string(key));
        }
    }
    if (atr.empty()) {
        ACREDITA_TRY(own, from_hex(make->atr));
        atr = std::move(own);
    }
    return Chip{[make, atr](std::uint32_t) { return std::make_unique<ForeignCard>(*make, atr); }};
}

} // namespace acredita::practice::foreign
