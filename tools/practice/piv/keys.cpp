// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Keys come, move and go: GENERATE ASYMMETRIC KEY PAIR (SP 800-73-4 part 2, 3.3.1), Yubico's FE, F6 and F7.
#include "pcsc/base/tlv.hpp"
#include "tools/practice/piv/application.hpp"
#include "tools/practice/piv/key.hpp"

namespace acredita::practice::piv {

namespace {

enum PinPolicy : std::uint8_t { by_slot = 0, never = 1, once = 2, always = 3 };

constexpr std::uint8_t attestation_slot = 0xF9;
constexpr Tag pin_policy_tag = 0xAA;
constexpr Tag touch_policy_tag = 0xAB;

std::uint8_t usual_policy(std::uint8_t slot) {
    if (slot == 0x9C) return always;
    return slot == 0x9E ? never : once;
}

// Each part has half the width of the modulus.
std::optional<RsaParts> parts_of(ByteView data, std::size_t half) {
    RsaParts parts;
    const std::array<std::pair<Tag, ByteView*>, 5> wanted{
        {{0x01, &parts.p}, {0x02, &parts.q}, {0x03, &parts.dp}, {0x04, &parts.dq}, {0x05, &parts.qinv}}};
    for (const auto& [tag, part] : wanted) {
        const auto found = find_tlv(data, tag);
        if (!found || found->size() != half) return std::nullopt;
        *part = *found;
    }
    return parts;
}

} // namespace

bool PivApplication::is_slot(std::uint8_t slot) const {
    if (slot == 0x9A || (slot >= 0x9C && slot <= 0x9E)) return true;
    if (slot >= 0x82 && slot <= firmware_.last_retired) return true;
    return slot == attestation_slot && firmware_.yubico;
}

std::uint16_t PivApplication::read_policies(ByteView fields, std::uint8_t slot, KeyRequest& request) const {
    request.pin_policy = usual_policy(slot);
    request.touch_policy = 1;
    const auto pin = find_tlv(fields, pin_policy_tag);
    const auto touch = find_tlv(fields, touch_policy_tag);
    if ((pin || touch) && !firmware_.policies) return 0x6A80;
    if (pin && (pin->size() != 1 || (*pin)[0] > always)) return 0x6A80;
    if (touch && (touch->size() != 1 || (*touch)[0] > 3)) return 0x6A80;
    if (touch && (*touch)[0] > firmware_.last_touch) return 0x6A81;
    if (pin && (*pin)[0] != by_slot) request.pin_policy = (*pin)[0];
    if (touch && (*touch)[0] != 0) request.touch_policy = (*touch)[0];
    return 0x9000;
}

void PivApplication::store_key(std::uint8_t slot, const KeyRequest& request, Origin origin,
                               ZeroingBytes der) {
    memory_.keys[slot] = {request.algorithm, request.pin_policy, request.touch_policy, origin,
                          std::move(der)};
    changed_ = true;
}

Answer PivApplication::generate(const Command& command) {
    if (command.p1 != 0x00 || !is_slot(command.p2)) return status(0x6A86);
    if (!security_.admin) return status(0x6982);
    const auto fields = find_tlv(command.data, 0xAC);
    const auto algorithm = fields ? find_tlv(*fields, 0x80) : std::nullopt;
    if (!algorithm || algorithm->size() != 1) return status(0x6A80);
    KeyRequest request{.algorithm = (*algorithm)[0]};
    if (key_size(firmware_, request.algorithm) == 0) return status(0x6A80);
    if (const auto sw = read_policies(*fields, command.p2, request); sw != 0x9000) return status(sw);
    const auto key = generate_key(request.algorithm);
    if (!key) return status(0x6F00);
    store_key(command.p2, request, Origin::generated, key_to_der(key));
    return {make_tlv(0x7F49, public_template(key, request.algorithm))};
}

Answer PivApplication::import(const Command& command) {
    if (!is_slot(command.p2)) return status(0x6A86);
    if (!security_.admin) return status(0x6982);
    KeyRequest request{.algorithm = command.p1};
    const auto size = key_size(firmware_, request.algorithm);
    if (size == 0) return status(0x6A86);
    if (const auto sw = read_policies(command.data, command.p2, request); sw != 0x9000) return status(sw);
    Key key;
    if (is_rsa(request.algorithm)) {
        const auto parts = parts_of(command.data, size / 2);
        if (parts) key = rsa_from_parts(*parts);
        if (key && static_cast<std::size_t>(EVP_PKEY_get_size(key.get())) != size) key.reset();
    } else {
        const auto scalar = find_tlv(command.data, 0x06);
        if (scalar && scalar->size() == size) key = ec_from_scalar(request.algorithm, *scalar);
    }
    if (!key) return status(0x6A80);
    store_key(command.p2, request, Origin::imported, key_to_der(key));
    return status(0x9000);
}

// Yubico F6, firmware 5.7: P1 where to, FF for nowhere; P2 where from.
Answer PivApplication::move_key(const Command& command) {
    if (!security_.admin) return status(0x6982);
    const auto found = memory_.keys.find(command.p2);
    if (!is_slot(command.p2) || (command.p1 != 0xFF && !is_slot(command.p1))) return status(0x6A86);
    if (found == memory_.keys.end()) return status(0x6A88);
    if (command.p1 != 0xFF) {
        if (memory_.keys.contains(command.p1)) return status(0x6A80);
        memory_.keys[command.p1] = found->second;
    }
    memory_.keys.erase(command.p2);
    changed_ = true;
    return status(0x9000);
}

Answer PivApplication::metadata(const Command& command) {
    if (command.p1 != 0x00) return status(0x6A86);
    Bytes out;
    const auto flag = [](bool yes) { return Bytes{static_cast<std::uint8_t>(yes ? 1 : 0)}; };
    if (command.p2 == 0x80 || command.p2 == 0x81) {
        const auto& one = command.p2 == 0x80 ? memory_.pin : memory_.puk;
        append_tlv(out, 0x01, Bytes{0xFF});
        append_tlv(out, 0x05, flag(one.factory));
        append_tlv(out, 0x06,
                   Bytes{static_cast<std::uint8_t>(one.total), static_cast<std::uint8_t>(one.left)});
        return {out};
    }
    if (command.p2 == 0x9B) {
        append_tlv(out, 0x01, Bytes{memory_.admin.algorithm});
        append_tlv(out, 0x02, Bytes{0x00, static_cast<std::uint8_t>(memory_.admin.touch ? 2 : 1)});
        append_tlv(out, 0x05, flag(memory_.admin.factory));
        return {out};
    }
    if (!is_slot(command.p2)) return status(0x6A86);
    const auto found = memory_.keys.find(command.p2);
    return found == memory_.keys.end() ? status(0x6A88) : key_metadata(found->second);
}

Answer PivApplication::key_metadata(const StoredKey& key) const {
    if (key.origin == Origin::imported && !firmware_.metadata_of_imported) return status(0x6F00);
    Bytes out;
    append_tlv(out, 0x01, Bytes{key.algorithm});
    append_tlv(out, 0x02, Bytes{key.pin_policy, key.touch_policy});
    // PivApplet counts origins from zero.
    const int below = firmware_.metadata_of_imported ? 0 : 1;
    append_tlv(out, 0x03, Bytes{static_cast<std::uint8_t>(static_cast<int>(key.origin) - below)});
    append_tlv(out, 0x04, public_template(key_from_der(key.der), key.algorithm));
    return {out};
}

} // namespace acredita::practice::piv
