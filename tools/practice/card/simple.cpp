// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card/simple.hpp"

#include "tools/practice/card/apdu.hpp"

#include <nlohmann/json.hpp>

namespace acredita::practice {

Bytes SimpleApplication::exchange(ByteView command) {
    const auto parsed = parse_command(command);
    if (!parsed) return to_wire(status(0x6700));
    return to_wire(status(parsed->ins == 0xA4 ? 0x6A82 : 0x6D00));
}

nlohmann::json SimpleApplication::save() { return nlohmann::json::object(); }

Result<void> SimpleApplication::load(const nlohmann::json&) { return {}; }

} // namespace acredita::practice
