// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/piv/application.hpp"

#include "pcsc/base/tlv.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace acredita::practice::piv {

namespace {

// SP 800-73-4 part 1, 2.2: the NIST RID and the extension of the PIV application, version 1.0.
const Bytes& whole_name() {
    static const Bytes name{0xA0, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x10, 0x00, 0x01, 0x00};
    return name;
}

// Another application on the same chip: NDEF of the NFC Forum (Type 4 Tag 2.0, 5.3), which clients of smart
// cards do not look for.
const Bytes& neighbour() {
    static const Bytes name{0xD2, 0x76, 0x00, 0x00, 0x85, 0x01, 0x01};
    return name;
}

// And one that has a PIN of its own under the same reference 80 as PIV's (a proprietary name, ISO
// 7816-4 12.2.3.3): a PIN that was meant for PIV spends its tries.
const Bytes& neighbour_with_pin() {
    static const Bytes name{0xF0, 0x41, 0x43, 0x52, 0x45, 0x44, 0x49, 0x54, 0x41};
    return name;
}

TransportRules rules_of(const Settings& settings) {
    auto rules = settings.firmware->transport;
    rules.extended = settings.extended;
    rules.t0 = settings.t0;
    rules.max_command = std::max(rules.max_command, settings.object_limit + 32);
    return rules;
}

// T=0 only: the interface bytes without those of T=1, no check byte.
Bytes without_t1(ByteView atr) {
    const std::size_t historical = atr[0] == 0x3B ? atr[1] & 0x0FU : 0U;
    const auto bytes = atr.subspan(atr.size() - 1 - historical, historical);
    return concat({Bytes{0x3B, static_cast<std::uint8_t>(0x60 | historical), 0x00, 0x00}, bytes});
}

} // namespace

PivApplication::PivApplication(const Settings& settings)
    : settings_(settings), firmware_(*settings.firmware), transport_(rules_of(settings)),
      memory_(fresh_memory(*settings.firmware, settings.fresh)) {
    if (settings_.object_limit == 0) settings_.object_limit = firmware_.object_limit;
    PivApplication::reset();
}

Bytes PivApplication::atr() const {
    const auto atr = from_hex(firmware_.atr).value_or(Bytes{});
    return settings_.t0 ? without_t1(atr) : atr;
}

void PivApplication::reset() {
    transport_.reset();
    security_ = {};
    selected_ = firmware_.selected_at_reset;
    neighbour_.selected = false;
}

Bytes PivApplication::exchange(ByteView command) {
    return transport_.exchange(command, [this](const Command& whole) { return run(whole); });
}

nlohmann::json PivApplication::save() {
    changed_ = false;
    return to_json(memory_);
}

Result<void> PivApplication::load(const nlohmann::json& memory) {
    ACREDITA_TRY(read, from_json(memory));
    memory_ = std::move(read);
    return {};
}

Answer PivApplication::run(const Command& command) {
    if (command.cla != 0x00) return status(0x6E00);
    if (command.ins == 0xA4) return select(command);
    if (neighbour_.selected) return neighbour_verifies(command);
    if (!selected_) return status(0x6D00);
    auto answer = standard(command);
    // A verified PIN opens a key that always asks for it to the very next command and to no other.
    security_.fresh_pin = command.ins == 0x20 && !command.data.empty() && answer.sw == 0x9000;
    if (command.ins != 0x87) {
        security_.witness.clear();
        security_.challenge.clear();
    }
    return answer;
}

// No PIN that is sent here is its own.
Answer PivApplication::neighbour_verifies(const Command& command) {
    if (command.ins != 0x20 || command.p1 != 0x00 || command.p2 != 0x80) return status(0x6D00);
    auto& tries = neighbour_.tries;
    if (!command.data.empty() && tries > 0) --tries;
    return status(tries == 0 ? 0x6983 : static_cast<std::uint16_t>(0x63C0U | tries));
}

Answer PivApplication::standard(const Command& command) {
    switch (command.ins) {
    case 0x20:
        return verify(command);
    case 0x24:
        return change_reference(command);
    case 0x2C:
        return reset_retry(command);
    case 0x47:
        return generate(command);
    case 0x87:
        return authenticate(command);
    case 0xCB:
        return get_data(command);
    case 0xDB:
        return put_data(command);
    default:
        return firmware_.yubico ? yubico(command) : status(0x6D00);
    }
}

Answer PivApplication::yubico(const Command& command) {
    switch (command.ins) {
    case 0xF6:
        return firmware_.move ? move_key(command) : status(0x6D00);
    case 0xF7:
        return firmware_.metadata ? metadata(command) : status(0x6D00);
    case 0xF8: {
        if (!firmware_.serial) return status(0x6D00);
        const auto n = memory_.serial;
        return {{static_cast<std::uint8_t>(n >> 24), static_cast<std::uint8_t>(n >> 16 & 0xFF),
                 static_cast<std::uint8_t>(n >> 8 & 0xFF), static_cast<std::uint8_t>(n & 0xFF)}};
    }
    case 0xFA:
        return set_retries(command);
    case 0xFB:
        return factory_reset(command);
    case 0xFD:
        return {{firmware_.version.begin(), firmware_.version.end()}};
    case 0xFE:
        return firmware_.import ? import(command) : status(0x6D00);
    case 0xFF:
        return set_admin(command);
    default:
        return status(0x6D00);
    }
}

// SP 800-73-4 part 2, 3.1.1: the name may be cut short on the right; selecting again forgets what was proven.
Answer PivApplication::select(const Command& command) {
    if (command.p1 != 0x04 || command.p2 != 0x00) return status(0x6A86);
    const auto& name = whole_name();
    const bool ours = command.data.size() >= 5 && command.data.size() <= name.size() &&
                      std::equal(command.data.begin(), command.data.end(), name.begin());
    const bool with_pin = equal(command.data, neighbour_with_pin());
    if (!ours && (with_pin || equal(command.data, neighbour()))) { // which answers to nothing else of ours
        security_ = {};
        selected_ = false;
        neighbour_.selected = with_pin;
        return status(0x9000);
    }
    if (!ours) return status(0x6A82);
    neighbour_.selected = false;
    security_ = {};
    selected_ = true;
    Bytes inner;
    append_tlv(inner, 0x4F, ByteView(name).subspan(5));
    append_tlv(inner, 0x79, make_tlv(0x4F, ByteView(name).first(5)));
    if (!firmware_.label.empty()) {
        append_tlv(inner, 0x50, as_bytes(firmware_.label));
        append_tlv(inner, 0x5F50, as_bytes("http://csrc.nist.gov/npivp"));
        Bytes algorithms;
        for (const std::uint8_t one : {rsa1024, rsa2048, p256, p384})
            if (key_size(firmware_, one) != 0) append_tlv(algorithms, 0x80, Bytes{one});
        append_tlv(algorithms, 0x06, Bytes{0x00});
        append_tlv(inner, 0xAC, algorithms);
    }
    return {make_tlv(0x61, inner)};
}

} // namespace acredita::practice::piv
