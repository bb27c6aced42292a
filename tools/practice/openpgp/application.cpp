// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/openpgp/application.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace acredita::practice::openpgp {

namespace {

// 3.4, 4.2.1: the RID of FSF Europe and the application 01.
const Bytes& short_name() {
    static const Bytes name{0xD2, 0x76, 0x00, 0x01, 0x24, 0x01};
    return name;
}

// Another application on the same chip: NDEF of the NFC Forum (Type 4 Tag 2.0, 5.3).
const Bytes& neighbour() {
    static const Bytes name{0xD2, 0x76, 0x00, 0x00, 0x85, 0x01, 0x01};
    return name;
}

TransportRules rules_of(const Settings& settings) {
    auto rules = settings.firmware->transport;
    rules.extended = rules.extended && settings.extended;
    return rules;
}

} // namespace

OpenPgpApplication::OpenPgpApplication(const Settings& settings)
    : settings_(settings), firmware_(*settings.firmware), transport_(rules_of(settings)),
      memory_(fresh_memory(*settings.firmware, settings.fresh)) {}

Bytes OpenPgpApplication::atr() const { return from_hex(firmware_.atr).value_or(Bytes{}); }

void OpenPgpApplication::reset() {
    transport_.reset();
    security_ = {};
    selected_ = false;
}

Bytes OpenPgpApplication::exchange(ByteView command) {
    return transport_.exchange(command, [this](const Command& whole) { return run(whole); });
}

nlohmann::json OpenPgpApplication::save() {
    changed_ = false;
    return to_json(memory_);
}

Result<void> OpenPgpApplication::load(const nlohmann::json& memory) {
    ACREDITA_TRY(read, from_json(memory));
    memory_ = std::move(read);
    return {};
}

Answer OpenPgpApplication::run(const Command& command) {
    if (command.cla != 0x00) return status(0x6E00);
    if (command.ins == 0xA4) return select(command);
    if (!selected_) return status(0x6D00);
    if (command.ins == 0x44) return activate();
    if (!memory_.active) return status(0x6285); // 3.4, 7.2.18: nothing else in the initialisation state
    switch (command.ins) {
    case 0x20:
        return verify(command);
    case 0x24:
        return change_password(command);
    case 0x2C:
        return reset_retry_counter(command);
    case 0xA5:
        return firmware_.select_data ? select_data(command) : status(0x6D00);
    case 0xCA:
        return get_data(command);
    case 0xCC:
        return firmware_.select_data ? next_data(command) : status(0x6D00);
    case 0xDA:
        return put_data(command);
    case 0x84:
        return challenge(command);
    case 0xE6:
        return terminate();
    default:
        return with_keys(command);
    }
}

Answer OpenPgpApplication::with_keys(const Command& command) {
    switch (command.ins) {
    case 0xDB:
        return import(command);
    case 0x47:
        return generate(command);
    case 0x88:
        return authenticate(command);
    case 0x2A:
        if (command.p1 == 0x9E && command.p2 == 0x9A) return sign(command);
        if (command.p1 == 0x80 && command.p2 == 0x86) return decipher(command);
        return status(0x6A86);
    default:
        return status(0x6D00);
    }
}

Bytes OpenPgpApplication::application_identifier() const {
    const auto half = [](std::uint16_t value) {
        return Bytes{static_cast<std::uint8_t>(value >> 8U), static_cast<std::uint8_t>(value & 0xFFU)};
    };
    return concat({short_name(), half(firmware_.version), half(firmware_.manufacturer),
                   half(static_cast<std::uint16_t>(memory_.serial >> 16U)),
                   half(static_cast<std::uint16_t>(memory_.serial & 0xFFFFU)), Bytes{0x00, 0x00}});
}

// 3.4, 6.2: the byte before the status word is the state of life, 03 or 05.
Bytes OpenPgpApplication::historical() const {
    auto bytes = from_hex(firmware_.historical).value_or(Bytes{});
    if (bytes.size() >= 3 && !memory_.active) bytes[bytes.size() - 3] = 0x03;
    return bytes;
}

// The name may be cut short on the right; selecting again forgets what was proven (3.4, 7.2.1).
Answer OpenPgpApplication::select(const Command& command) {
    if (command.p1 != 0x04 || (command.p2 != 0x00 && command.p2 != 0x0C)) return status(0x6A86);
    const auto name = application_identifier();
    const bool ours = command.data.size() >= 5 && command.data.size() <= name.size() &&
                      std::equal(command.data.begin(), command.data.end(), name.begin());
    if (!ours && !equal(command.data, neighbour())) return status(0x6A82);
    security_ = {};
    selected_ = ours;
    return status(ours && !memory_.active ? 0x6285 : 0x9000);
}

Answer OpenPgpApplication::challenge(const Command& command) {
    if (command.p1 != 0 || command.p2 != 0) return status(0x6A86);
    const auto size = command.le.value_or(0);
    if (size == 0 || size > firmware_.max_challenge + 1U) return status(0x6700);
    const auto bytes = piv::random_bytes(size);
    return {{bytes.begin(), bytes.end()}};
}

// 3.4, 7.2.17 and 7.2.18: the administrator may end the application, or whoever has spent all tries.
Answer OpenPgpApplication::terminate() {
    if (!security_.admin && (memory_.pw1.left != 0 || memory_.pw3.left != 0)) return status(0x6982);
    memory_.active = false;
    security_ = {};
    changed_ = true;
    return status(0x9000);
}

Answer OpenPgpApplication::activate() {
    if (memory_.active) return status(0x9000);
    Fresh fresh;
    fresh.serial = memory_.serial;
    memory_ = fresh_memory(firmware_, fresh);
    security_ = {};
    changed_ = true;
    return status(0x9000);
}

} // namespace acredita::practice::openpgp
