// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card/transcript.hpp"

#include "tools/practice/card/apdu.hpp"

#include <algorithm>
#include <array>

namespace acredita::practice {

namespace {

constexpr std::uint8_t get_data = 0xCB;
constexpr std::uint8_t put_data = 0xDB;
constexpr std::uint8_t get_response = 0xC0;
constexpr std::uint8_t get_data_by_tag = 0xCA;

// Instructions whose command data, and whose answers, hold nothing but names, numbers and public keys.
constexpr std::array<std::uint8_t, 3> open_commands{0xA4, 0x47, 0xFD};
constexpr std::array<std::uint8_t, 6> open_answers{0xA4, 0x47, 0xF7, 0xFD, 0xF8, 0xCA};
// Objects that hold a person's finger, face, iris or printed data, or a wrapped administration key.
constexpr std::array<std::uint32_t, 5> private_objects{0x5FC103, 0x5FC108, 0x5FC109, 0x5FC121, 0x5FFF00};

// OpenPGP card 3.4, 4.4.1: who the holder is, and what he keeps for himself.
bool private_tag(std::uint8_t p1, std::uint8_t p2) {
    const auto tag = p1 << 8 | p2;
    return tag == 0x65 || tag == 0x5B || tag == 0x5E || tag == 0x5F50 || (tag >= 0x0101 && tag <= 0x0104);
}

bool listed(std::span<const std::uint8_t> list, std::uint8_t ins) {
    return std::find(list.begin(), list.end(), ins) != list.end();
}

bool open_object(ByteView data) {
    if (data.size() < 3 || data[0] != 0x5C) return false;
    if (data[1] != 3) return data[1] == 1 && data[2] == 0x7E;
    if (data.size() < 5) return false;
    const std::uint32_t tag = static_cast<std::uint32_t>(data[2] << 16 | data[3] << 8 | data[4]);
    return std::find(private_objects.begin(), private_objects.end(), tag) == private_objects.end();
}

std::string spell(ByteView bytes, bool shown) {
    if (bytes.empty()) return {};
    return shown ? to_hex(bytes) : "*" + std::to_string(bytes.size());
}

} // namespace

Transcript::Transcript(const std::filesystem::path& path) {
    if (!path.empty()) out_.open(path, std::ios::binary | std::ios::trunc);
}

void Transcript::event(std::size_t reader, std::string_view text) {
    const std::scoped_lock lock(mutex_);
    if (out_.is_open()) out_ << "# " << reader << ' ' << text << std::endl;
}

void Transcript::exchange(std::size_t reader, ByteView command, ByteView answer) {
    const std::scoped_lock lock(mutex_);
    if (!out_.is_open()) return;
    const auto parsed = parse_command(command);
    if (!parsed) {
        out_ << "> " << reader << " *" << command.size() << "\n< " << reader << " *" << answer.size()
             << std::endl;
        return;
    }
    const auto ins = parsed->ins;
    const bool object = ins == get_data || ins == put_data;
    const bool data_shown =
        listed(open_commands, ins) || (object && (open_object(parsed->data) || chain_shown_));
    chain_shown_ = object && data_shown && (parsed->cla & 0x10U) != 0;
    if (ins != get_response)
        answer_shown_ = (listed(open_answers, ins) || (ins == get_data && data_shown)) &&
                        !(ins == get_data_by_tag && private_tag(parsed->p1, parsed->p2));
    out_ << "> " << reader << ' ' << to_hex(command.first(4)) << (parsed->extended ? " ext" : "");
    if (!parsed->data.empty())
        out_ << " Lc=" << parsed->data.size() << ' ' << spell(parsed->data, data_shown);
    if (parsed->le) out_ << " Le=" << *parsed->le;
    const auto body = answer.first(answer.size() < 2 ? 0 : answer.size() - 2);
    out_ << "\n< " << reader << ' ' << spell(body, answer_shown_) << (body.empty() ? "" : " ")
         << to_hex(answer.last(std::min<std::size_t>(answer.size(), 2))) << std::endl;
}

} // namespace acredita::practice
