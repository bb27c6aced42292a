// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/foreign/application.hpp"

#include "pcsc/base/tlv.hpp"
#include "tools/practice/card/apdu.hpp"

#include <nlohmann/json.hpp>

namespace acredita::practice::foreign {

namespace {
constexpr std::uint8_t master_file[] = {0x3F, 0x00};
} // namespace

ForeignCard::ForeignCard(const Make& make, Bytes atr) : make_(make), atr_(std::move(atr)) {
    if (auto name = from_hex(make_.application)) application_ = std::move(*name);
}

Bytes ForeignCard::exchange(ByteView command) {
    const auto parsed = parse_command(command);
    if (!parsed) return to_wire(status(0x6700));
    if (parsed->ins == 0x20) return to_wire(status(0x6984)); // 7816-4:2005 7.5.6: reference data not usable
    if (parsed->ins != 0xA4) return to_wire(status(make_.no == 0x6A82 ? 0x6D00 : make_.no));
    const bool by_name = parsed->p1 == 0x04;
    if (by_name ? !application_.empty() && equal(parsed->data, application_)
                : make_.master_file && equal(parsed->data, master_file))
        return to_wire({make_tlv(make_.about, make_tlv(by_name ? 0x84 : 0x83, parsed->data))});
    return to_wire(status(make_.no));
}

nlohmann::json ForeignCard::save() { return nlohmann::json::object(); }

Result<void> ForeignCard::load(const nlohmann::json&) { return {}; }

} // namespace acredita::practice::foreign
