// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/piv/memory.hpp"

#include "pcsc/base/tlv.hpp"
#include "tools/practice/piv/key.hpp"

namespace acredita::practice::piv {

namespace {

constexpr std::uint32_t chuid_tag = 0x5FC102;
constexpr std::uint32_t ccc_tag = 0x5FC107;

// SP 800-73-4 part 1, 3.1.2; the FASC-N is the one of non-federal cards (agency 9999), the GUID random.
Bytes chuid() {
    Bytes out;
    append_tlv(out, 0x30, from_hex("D4E739DA739CED39CE739DA1685A1082108CE73984108CA3FC").value());
    const auto guid = random_bytes(16);
    append_tlv(out, 0x34, guid);
    append_tlv(out, 0x35, as_bytes("20401231"));
    append_tlv(out, 0x3E, {});
    append_tlv(out, 0xFE, {});
    return out;
}

// SP 800-73-4 part 1, 3.1.1, with the card identifier of a GSC-RID card and a random number.
Bytes capability_container() {
    Bytes out;
    const auto identifier = random_bytes(14);
    append_tlv(out, 0xF0, concat({from_hex("A000000116FF02").value(), identifier}));
    append_tlv(out, 0xF1, Bytes{0x21});
    append_tlv(out, 0xF2, Bytes{0x21});
    append_tlv(out, 0xF3, {});
    append_tlv(out, 0xF4, Bytes{0x00});
    append_tlv(out, 0xF5, Bytes{0x10});
    for (const Tag empty : {0xF6U, 0xF7U, 0xFAU, 0xFBU, 0xFCU, 0xFDU, 0xFEU}) append_tlv(out, empty, {});
    return out;
}

} // namespace

ZeroingBytes padded(std::string_view pin) {
    ZeroingBytes value(8, 0xFF);
    std::copy_n(pin.begin(), std::min<std::size_t>(pin.size(), 8), value.begin());
    return value;
}

Reference factory_reference(std::string_view value, unsigned tries) {
    return {padded(value), tries, tries, true};
}

Memory fresh_memory(const Firmware& firmware, const Fresh& fresh) {
    Memory memory;
    memory.pin = factory_reference(fresh.pin, fresh.pin_tries);
    memory.pin.factory = fresh.pin == "123456";
    if (fresh.pin_left) memory.pin.left = std::min(*fresh.pin_left, fresh.pin_tries);
    memory.puk = factory_reference(fresh.puk, fresh.puk_tries);
    memory.puk.factory = fresh.puk == "12345678";
    memory.admin.algorithm = fresh.admin_algorithm != 0 ? fresh.admin_algorithm : firmware.admin_algorithm;
    // The factory key of every width: 01 to 08, over and over.
    for (std::uint8_t n = 0; n < cipher_key_size(memory.admin.algorithm); ++n)
        memory.admin.value.push_back(static_cast<std::uint8_t>(n % 8 + 1));
    memory.serial = fresh.serial;
    if (fresh.personalised) {
        memory.objects[chuid_tag] = chuid();
        memory.objects[ccc_tag] = capability_container();
    }
    return memory;
}

} // namespace acredita::practice::piv
