// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can be written: 3.4, 4.4.2 and 7.2.8.
#include "pcsc/base/tlv.hpp"
#include "tools/practice/openpgp/application.hpp"

#include <algorithm>

namespace acredita::practice::openpgp {

namespace {

// Tag and the most it holds; 5B: name, 5F2D: languages, 5F35: sex, 5E: login, 5F50: URL.
constexpr std::pair<std::uint16_t, std::size_t> simple[] = {{0x5B, 39},    {0x5F2D, 8},   {0x5F35, 1},
                                                            {0x5E, 255},   {0x5F50, 255}, {0x0101, 255},
                                                            {0x0102, 255}, {0x0103, 255}, {0x0104, 255}};

} // namespace

// Another algorithm ends the key that was there.
Answer OpenPgpApplication::put_attributes(KeyPlace& to, Use use, ByteView value) {
    const auto all = possible_attributes(firmware_, use);
    if (std::ranges::find(all, copy(value)) == all.end()) return status(0x6A80);
    if (equal(to.attributes, value) && !firmware_.new_key_ends_certificate) return status(0x9000);
    empty(to);
    to.attributes = copy(value);
    return status(0x9000);
}

Answer OpenPgpApplication::put_certificate(ByteView value) {
    if (value.size() > firmware_.max_certificate) return status(0x6700);
    of_occurrence().certificate = copy(value);
    changed_ = true;
    return status(0x9000);
}

Answer OpenPgpApplication::put_data(const Command& command) {
    const auto tag = static_cast<std::uint16_t>(command.p1 << 8 | command.p2);
    const ByteView value(command.data);
    // 0101 and 0103 are the user's, everything else is the administrator's.
    const bool of_user = tag == 0x0101 || tag == 0x0103;
    if (of_user ? !security_.other : !security_.admin) return status(0x6982);
    const auto fixed = [&](Bytes& to, std::size_t size) {
        if (value.size() != size) return status(0x6700);
        to = copy(value);
        changed_ = true;
        return status(0x9000);
    };
    if (tag != 0x7F21) security_.occurrence = 0;
    if (tag == 0x7F21) return put_certificate(value);
    if (tag >= 0xC1 && tag <= 0xC3)
        return put_attributes(memory_.keys.at(tag - 0xC1U), uses.at(tag - 0xC1U), value);
    if (tag >= 0xC7 && tag <= 0xC9) return fixed(memory_.keys.at(tag - 0xC7U).fingerprint, 20);
    if (tag >= 0xCE && tag <= 0xD0) return fixed(memory_.keys.at(tag - 0xCEU).date, 4);
    if (tag == 0xD3) return put_reset_code(value);
    if (tag == 0xF9) return put_derivation(value);
    if (tag == 0xC4) {
        if (value.empty() || value[0] > 1) return status(0x6A80);
        memory_.pw1_for_several = value[0] == 1;
        changed_ = true;
        return status(0x9000);
    }
    const auto* known = std::ranges::find(simple, tag, &std::pair<std::uint16_t, std::size_t>::first);
    if (known == std::end(simple)) return status(0x6A88);
    if (value.size() > known->second) return status(0x6700);
    memory_.objects[tag] = copy(value);
    changed_ = true;
    return status(0x9000);
}

} // namespace acredita::practice::openpgp
