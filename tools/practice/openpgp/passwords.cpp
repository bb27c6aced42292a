// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// PW1, PW3 and the resetting code: 3.4, 4.3 and 7.2.2 to 7.2.4.
#include "pcsc/base/tlv.hpp"
#include "tools/practice/openpgp/application.hpp"

#include <algorithm>

namespace acredita::practice::openpgp {

namespace {

constexpr std::size_t shortest_user = 6;
constexpr std::size_t shortest_admin = 8;
constexpr std::size_t longest = 127;
constexpr std::size_t derived_size = 32;

void set(Password& password, ByteView value) {
    password.value.assign(value.begin(), value.end());
    password.left = value.empty() ? 0 : password.total;
}

} // namespace

std::size_t OpenPgpApplication::longest_password() const {
    const auto derivation = memory_.objects.find(0xF9);
    const auto kind = derivation == memory_.objects.end() ? std::nullopt : find_tlv(derivation->second, 0x81);
    return kind && kind->size() == 1 && (*kind)[0] == 0x03 ? derived_size : longest;
}

// A new value; once passwords are derived, all have the size of the hash.
bool OpenPgpApplication::acceptable(const Password& password, ByteView value) const {
    if (longest_password() == derived_size) return value.size() == derived_size;
    const auto shortest = &password == &memory_.pw1 ? shortest_user : shortest_admin;
    return value.size() >= shortest && value.size() <= longest;
}

std::uint16_t OpenPgpApplication::check(Password& password, ByteView value) {
    if (password.left == 0) return 0x6983;
    changed_ = true;
    if (equal(password.value, value)) {
        password.left = password.total;
        return 0x9000;
    }
    --password.left;
    if (firmware_.wrong_pin_6982) return 0x6982;
    return static_cast<std::uint16_t>(0x63C0 | password.left);
}

Answer OpenPgpApplication::verify(const Command& command) {
    if (command.p1 != 0x00 && command.p1 != 0xFF) return status(0x6A86);
    bool* verified = command.p2 == 0x81   ? &security_.sign
                     : command.p2 == 0x82 ? &security_.other
                     : command.p2 == 0x83 ? &security_.admin
                                          : nullptr;
    if (verified == nullptr) return status(0x6A88);
    auto& password = command.p2 == 0x83 ? memory_.pw3 : memory_.pw1;
    if (command.p1 == 0xFF) {
        if (!command.data.empty()) return status(0x6A80);
        *verified = false;
        return status(0x9000);
    }
    if (command.data.empty()) {
        if (*verified) return status(0x9000);
        return status(password.left == 0 ? 0x6983 : static_cast<std::uint16_t>(0x63C0 | password.left));
    }
    if (command.data.size() > longest) return status(0x6700);
    const auto sw = check(password, command.data);
    *verified = sw == 0x9000;
    return status(sw);
}

// Old and new stand one behind the other without a border; the card knows how long the old one is.
Answer OpenPgpApplication::change_password(const Command& command) {
    if (command.p1 != 0x00) return status(0x6A86);
    if (command.p2 != 0x81 && command.p2 != 0x83) return status(0x6A88);
    auto& password = command.p2 == 0x83 ? memory_.pw3 : memory_.pw1;
    if (password.left == 0) return status(0x6983);
    const ByteView data(command.data);
    const auto old = std::min(password.value.size(), data.size());
    if (const auto sw = check(password, data.first(old)); sw != 0x9000) return status(sw);
    if (!acceptable(password, data.subspan(old))) return status(0x6A80);
    set(password, data.subspan(old));
    security_.sign = security_.other = false;
    return status(0x9000);
}

// P1 00: the resetting code stands in front; 02: PW3 was verified.
Answer OpenPgpApplication::reset_retry_counter(const Command& command) {
    if ((command.p1 != 0x00 && command.p1 != 0x02) || command.p2 != 0x81) return status(0x6A86);
    ByteView data(command.data);
    if (command.p1 == 0x02 && !security_.admin) return status(0x6982);
    if (command.p1 == 0x00) {
        if (memory_.reset_code.left == 0) return status(0x6983);
        const auto code = std::min(memory_.reset_code.value.size(), data.size());
        if (const auto sw = check(memory_.reset_code, data.first(code)); sw != 0x9000) return status(sw);
        data = data.subspan(code);
    }
    if (!acceptable(memory_.pw1, data)) return status(0x6A80);
    set(memory_.pw1, data);
    changed_ = true;
    return status(0x9000);
}

// 3.4, 4.4.2: C4.
Bytes OpenPgpApplication::password_status() const {
    const auto most = static_cast<std::uint8_t>(longest_password());
    return {static_cast<std::uint8_t>(memory_.pw1_for_several ? 0x01 : 0x00),
            most,
            most,
            most,
            static_cast<std::uint8_t>(memory_.pw1.left),
            static_cast<std::uint8_t>(memory_.reset_code.left),
            static_cast<std::uint8_t>(memory_.pw3.left)};
}

Answer OpenPgpApplication::put_reset_code(ByteView value) {
    if (!value.empty() && !acceptable(memory_.reset_code, value)) return status(0x6A80);
    set(memory_.reset_code, value);
    changed_ = true;
    return status(0x9000);
}

// 3.4, 4.3.2: with the derivation come the hashes of the factory's PW1 (87) and PW3 (88), which replace them.
Answer OpenPgpApplication::put_derivation(ByteView value) {
    const auto kind = find_tlv(value, 0x81);
    if (!kind || kind->size() != 1) return status(0x6A80);
    if ((*kind)[0] == 0x00) {
        set(memory_.pw1, as_bytes("123456"));
        set(memory_.pw3, as_bytes(factory_admin_pin));
        memory_.objects[0xF9] = copy(value);
        changed_ = true;
        return status(0x9000);
    }
    const auto hash = find_tlv(value, 0x82), count = find_tlv(value, 0x83), salt = find_tlv(value, 0x84);
    const auto user = find_tlv(value, 0x87), admin = find_tlv(value, 0x88);
    if ((*kind)[0] != 0x03 || !hash || hash->size() != 1 || (*hash)[0] != 0x08 || !count ||
        count->size() != 4 || !salt || salt->size() != 8 || !user || user->size() != derived_size || !admin ||
        admin->size() != derived_size)
        return status(0x6A80);
    set(memory_.pw1, *user);
    set(memory_.pw3, *admin);
    set(memory_.reset_code, {});
    Bytes kept;
    for (const Tag tag : {0x81U, 0x82U, 0x83U, 0x84U, 0x85U, 0x86U})
        if (const auto part = find_tlv(value, tag)) append_tlv(kept, tag, *part);
    memory_.objects[0xF9] = kept;
    changed_ = true;
    return status(0x9000);
}

} // namespace acredita::practice::openpgp
