// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/isoapplet/application.hpp"

#include "tools/practice/isoapplet/curve.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace acredita::practice::isoapplet {

namespace {

constexpr std::uint8_t chaining_bit = 0x10;
constexpr std::uint8_t feature_extended = 0x01, feature_random = 0x02, feature_ec = 0x04, feature_pss = 0x08,
                       feature_rsa4096 = 0x20;

Bytes name() { return from_hex("F276A288BCFBA69D34F31001").value(); }

TransportRules rules_of(const Settings& settings) {
    TransportRules rules;
    rules.extended = settings.version == 1;
    rules.t0 = settings.t0;
    rules.max_command = settings.version == 1 ? 32767 : settings.buffer;
    return rules;
}

// Version 0 joins the parts of these only; all others it wants in one piece.
bool takes_chain(std::uint8_t instruction) {
    return instruction == 0x2A || instruction == 0x46 || instruction == 0xDB;
}

Answer challenge(std::size_t size) {
    const auto bytes = random_bytes(std::min<std::size_t>(size, 256));
    return {Bytes(bytes.begin(), bytes.end())};
}

// What is gathered in the applet's own buffer before it is looked at.
bool is_buffered(std::uint8_t instruction) { return takes_chain(instruction); }

} // namespace

IsoApplet::IsoApplet(const Settings& settings)
    : settings_(settings), transport_(rules_of(settings)), memory_(fresh_memory(settings.fresh)) {}

// A Java Card platform's own, which says nothing about the applet: historical bytes "Java" and a number for
// the contact interface; for the contactless one what the reader makes of an answer to select (PC/SC part 3).
Bytes IsoApplet::atr() const {
    if (settings_.contactless) return from_hex("3B888001 4A617661 73000000 5A").value();
    if (settings_.t0) return from_hex("3B680000 4A617661 73000000").value();
    auto atr = from_hex("3BF81300008131FE45 4A617661 73000000").value();
    std::uint8_t check = 0;
    for (std::size_t i = 1; i < atr.size(); ++i) check = static_cast<std::uint8_t>(check ^ atr[i]);
    atr.push_back(check);
    return atr;
}

void IsoApplet::reset() {
    transport_.reset();
    security_ = {};
    selected_ = false;
}

Bytes IsoApplet::exchange(ByteView command) {
    if (command.size() >= 4 && (command[0] & 0xE0U) == 0 && (command[0] & chaining_bit) != 0 && selected_ &&
        (settings_.version == 1 || !takes_chain(command[1]))) {
        transport_.reset();
        return to_wire(status(0x6884));
    }
    return transport_.exchange(command, [this](const Command& whole) { return run(whole); });
}

nlohmann::json IsoApplet::save() {
    changed_ = false;
    return to_json(memory_);
}

Result<void> IsoApplet::load(const nlohmann::json& memory) {
    ACREDITA_TRY(read, from_json(memory));
    memory_ = std::move(read);
    return {};
}

// Before its PIN is set the applet lets everybody do everything: that is how it is filled.
bool IsoApplet::may(std::uint8_t condition) const {
    if (memory_.stage != Stage::operational || condition == 0x00) return true;
    return condition == 0x90 && security_.pin;
}

Answer IsoApplet::run(const Command& command) {
    if (command.ins == 0xA4 && command.p1 == 0x04) return select(command);
    if (!selected_) return status(command.ins == 0xA4 ? 0x6A82 : 0x6D00);
    if (is_buffered(command.ins) && command.data.size() > settings_.buffer) return status(0x6700);
    switch (command.ins) {
    case 0x20:
        return verify(command);
    case 0x22:
        return manage(command);
    case 0x24:
        return change_reference(command);
    case 0x2A:
        return perform(command);
    case 0x2C:
        return reset_retry(command);
    case 0x46:
        return generate(command);
    case 0x84:
        return challenge(command.le.value_or(0));
    case 0xA4:
        return select_file(command);
    case 0xB0:
        return read_binary(command);
    case 0xCA:
        return capabilities(command);
    case 0xD6:
        return update_binary(command);
    case 0xDB:
        return import(command);
    case 0xE0:
        return create_file(command);
    case 0xE4:
        return delete_file(command);
    default:
        return status(0x6D00);
    }
}

// Version 0 tells what it is in the answer; version 1 answers nothing and is asked by GET DATA.
Answer IsoApplet::select(const Command& command) {
    const auto ours = name();
    if (!equal(command.data, ours)) {
        if (!selected_ || command.data.empty()) return status(0x6A82);
        return select_file(command);
    }
    security_ = {};
    selected_ = true;
    if (settings_.version == 1) return status(0x9000);
    return {Bytes{0x00, 0x06, feature_random | feature_ec}};
}

Answer IsoApplet::capabilities(const Command& command) const {
    if (settings_.version == 0) return status(0x6D00);
    if (command.p1 != 0x01 || command.p2 != 0x01) return status(0x6A88);
    return {
        Bytes{0x01, 0x00, feature_extended | feature_random | feature_ec | feature_pss | feature_rsa4096}};
}

} // namespace acredita::practice::isoapplet
