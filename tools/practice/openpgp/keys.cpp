// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Keys made, brought in and used: 3.4, 7.2.10 to 7.2.14 and 4.4.3.12.
#include "pcsc/base/tlv.hpp"
#include "tools/practice/openpgp/application.hpp"

#include <algorithm>

namespace acredita::practice::openpgp {

namespace {

std::optional<Use> use_of(std::uint8_t control_reference) {
    switch (control_reference) {
    case 0xB6:
        return Use::sign;
    case 0xB8:
        return Use::decipher;
    case 0xA4:
        return Use::authenticate;
    default:
        return std::nullopt;
    }
}

// RFC 8017, 8.2.1 and 7.2.2.
std::optional<Bytes> pad(ByteView message, std::size_t width) {
    if (message.empty() || message.size() * 5 > width * 2 || message.size() + 11 > width) return std::nullopt;
    Bytes block(width, 0xFF);
    block[0] = 0x00;
    block[1] = 0x01;
    block[width - message.size() - 1] = 0x00;
    std::ranges::copy(message, block.end() - static_cast<std::ptrdiff_t>(message.size()));
    return block;
}

std::optional<Bytes> unpad(ByteView block) {
    if (block.size() < 11 || block[0] != 0x00 || block[1] != 0x02) return std::nullopt;
    const auto zero = std::find(block.begin() + 2, block.end(), 0x00);
    if (zero == block.end() || zero - block.begin() < 10) return std::nullopt;
    return Bytes(zero + 1, block.end());
}

bool known_digest_info(ByteView data) {
    const auto algorithm = find_tlv(data, {0x30, 0x30, 0x06});
    const auto hash = find_tlv(data, {0x30, 0x04});
    const Bytes sha2{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02};
    return algorithm && hash && algorithm->size() == 9 && equal(algorithm->first(8), sha2) &&
           ((*algorithm)[8] == 1   ? hash->size() == 32
            : (*algorithm)[8] == 2 ? hash->size() == 48
            : (*algorithm)[8] == 3 ? hash->size() == 64
                                   : false);
}

// SEQUENCE of two INTEGERs to r || s, each as wide as the field (3.4, 7.2.10.2).
std::optional<Bytes> both_halves(ByteView der, std::size_t width) {
    const auto inner = find_tlv(der, 0x30);
    if (!inner) return std::nullopt;
    TlvReader reader(*inner);
    Bytes out;
    for (int i = 0; i < 2; ++i) {
        const auto number = reader.next();
        if (!number) return std::nullopt;
        auto value = number->value;
        while (value.size() > width) value = value.subspan(1);
        out.insert(out.end(), width - value.size(), 0);
        append(out, value);
    }
    return out;
}

} // namespace

// Before another key comes, or another algorithm.
void OpenPgpApplication::empty(KeyPlace& to) {
    KeyPlace fresh;
    fresh.attributes = to.attributes;
    if (!firmware_.new_key_ends_certificate) fresh.certificate = to.certificate;
    to = std::move(fresh);
    changed_ = true;
}

Answer OpenPgpApplication::generate(const Command& command) {
    if ((command.p1 != 0x80 && command.p1 != 0x81) || command.p2 != 0x00) return status(0x6A86);
    const auto use = command.data.size() < 2 ? std::nullopt : use_of(command.data[0]);
    if (!use) return status(0x6A80);
    auto& to = place(*use);
    const auto algorithm = algorithm_of(to.attributes);
    if (command.p1 == 0x80) {
        if (!security_.admin) return status(0x6982);
        const auto key = piv::generate_key(algorithm.id);
        if (!key) return status(0x6F00);
        empty(to);
        to.der = piv::key_to_der(key);
        if (*use == Use::sign) memory_.signatures = 0;
    }
    if (to.der.empty()) return status(0x6A88);
    return {make_tlv(0x7F49, piv::public_template(piv::key_from_der(to.der), algorithm.id))};
}

// 4D { B6, B8 or A4; 7F48 tags and lengths; 5F48 values }.
Answer OpenPgpApplication::import(const Command& command) {
    if (command.p1 != 0x3F || command.p2 != 0xFF) return status(0x6A86);
    if (!security_.admin) return status(0x6982);
    const auto list = find_tlv(command.data, 0x4D);
    if (!list || list->empty()) return status(0x6A80);
    const auto use = use_of((*list)[0]);
    const auto lengths = find_tlv(*list, 0x7F48);
    const auto values = find_tlv(*list, 0x5F48);
    if (!use || !lengths || !values) return status(0x6A80);
    auto& to = place(*use);
    const auto algorithm = algorithm_of(to.attributes);
    const auto key = key_from_template(firmware_, algorithm, *lengths, *values);
    if (!key) return status(0x6A80);
    empty(to);
    to.der = piv::key_to_der(key);
    to.imported = true;
    if (*use == Use::sign) memory_.signatures = 0;
    return status(0x9000);
}

Answer OpenPgpApplication::signature(const KeyPlace& from, ByteView data) {
    if (from.der.empty()) return status(0x6A88);
    const auto algorithm = algorithm_of(from.attributes);
    const auto key = piv::key_from_der(from.der);
    if (!algorithm.rsa) {
        const bool usual = data.size() == 32 || data.size() == 48 || data.size() == 64;
        if (data.empty() || data.size() > 64 || (firmware_.known_hashes_only && !usual))
            return status(0x6700);
        const auto der = piv::ecdsa(key, data);
        const auto raw = der ? both_halves(*der, algorithm.width) : std::nullopt;
        return raw ? Answer{*raw} : status(0x6F00);
    }
    const auto block = pad(data, algorithm.width);
    if (!block) return status(0x6700);
    const auto result = piv::rsa_private(key, *block);
    return result ? Answer{*result} : status(0x6F00);
}

Answer OpenPgpApplication::sign(const Command& command) {
    const bool open = security_.sign || settings_.faults.sign_without_pin;
    if (!open) return status(0x6982);
    auto& from = place(Use::sign);
    if (!from.der.empty() && algorithm_of(from.attributes).rsa && firmware_.known_hashes_only &&
        !known_digest_info(command.data))
        return status(0x6A80);
    auto answer = signature(from, command.data);
    if (answer.sw != 0x9000) return answer;
    if (!memory_.pw1_for_several) security_.sign = false;
    if (memory_.signatures < 0xFFFFFF) ++memory_.signatures;
    changed_ = true;
    return answer;
}

Answer OpenPgpApplication::authenticate(const Command& command) {
    if (command.p1 != 0 || command.p2 != 0) return status(0x6A86);
    if (!security_.other && !settings_.faults.sign_without_pin) return status(0x6982);
    return signature(place(Use::authenticate), command.data);
}

// RSA: 00 and the cryptogram; EC: A6 { 7F49 { 86 point } } (3.4, 7.2.11).
Answer OpenPgpApplication::decipher(const Command& command) {
    if (!security_.other) return status(0x6982);
    const auto& from = place(Use::decipher);
    if (from.der.empty()) return status(0x6A88);
    const auto algorithm = algorithm_of(from.attributes);
    const auto key = piv::key_from_der(from.der);
    const ByteView data(command.data);
    if (!algorithm.rsa) {
        const auto point = find_tlv(data, {0xA6, 0x7F49, 0x86});
        if (!point) return status(0x6A80);
        const auto shared = piv::ecdh(key, algorithm.id, *point);
        return shared ? Answer{*shared} : status(0x6A80);
    }
    if (data.size() != algorithm.width + 1 || data[0] != 0x00) return status(0x6A80);
    const auto block = piv::rsa_private(key, data.subspan(1));
    const auto message = block ? unpad(*block) : std::nullopt;
    return message ? Answer{*message} : status(0x6A80);
}

} // namespace acredita::practice::openpgp
