// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/apdu/exchange.hpp"

#include <algorithm>

namespace acredita {

namespace {

constexpr std::size_t short_data = 255;
constexpr std::size_t short_le = 256;
constexpr std::uint8_t chain_bit = 0x10;
constexpr int max_rounds = 1024; // of GET RESPONSE; 1024 * 256 bytes is more than any object of a card

// How one part of a command is spelled.
struct Part {
    ByteView data;
    std::size_t le = 0;
    bool extended = false;
    bool last = true;
};

bool hides_data(Mask mask) { return mask == Mask::data || mask == Mask::both; }
bool hides_response(Mask mask) { return mask == Mask::response || mask == Mask::both; }

void put16(ZeroingBytes& to, std::size_t value) {
    to.push_back(static_cast<std::uint8_t>(value >> 8U));
    to.push_back(static_cast<std::uint8_t>(value));
}

// 7816-4:2005 5.1, table 2: the four cases, short and extended. On T=0 a command with data carries no Le
// (7816-3:2006 12.2.1: the answer is fetched by GET RESPONSE), and one without data ends with P3.
Result<ResponseApdu> send(Channel& channel, const CommandApdu& command, const Part& part) {
    ZeroingBytes wire{static_cast<std::uint8_t>(command.cla | (part.last ? 0 : chain_bit)), command.ins,
                      command.p1, command.p2};
    const bool t0 = channel.protocol() == Protocol::t0;
    std::size_t data_at = wire.size();
    if (!part.data.empty()) {
        if (part.extended) {
            wire.push_back(0);
            put16(wire, part.data.size());
        } else {
            wire.push_back(static_cast<std::uint8_t>(part.data.size()));
        }
        data_at = wire.size();
        wire.insert(wire.end(), part.data.begin(), part.data.end());
    }
    if (part.le > 0 && !(t0 && !part.data.empty())) {
        if (part.extended) {
            if (part.data.empty()) wire.push_back(0);
            put16(wire, part.le >= CommandApdu::max_le ? 0 : part.le);
        } else {
            wire.push_back(static_cast<std::uint8_t>(part.le >= short_le ? 0 : part.le));
        }
    } else if (t0 && part.data.empty()) {
        wire.push_back(0);
    }
    const Frame frame{{wire.data(), wire.size()},
                      data_at,
                      hides_data(command.mask) ? part.data.size() : 0,
                      hides_response(command.mask)};
    ACREDITA_TRY(answer, channel.transmit(frame));
    if (answer.size() < 2) return fail(apdu_errc::response_too_short);
    ResponseApdu response;
    const auto n = answer.size();
    response.sw = StatusWord{static_cast<std::uint16_t>((answer[n - 2] << 8U) | answer[n - 1])};
    answer.resize(n - 2);
    response.data = std::move(answer);
    return response;
}

// Follows 6Cxx once and 61xx to its end.
Result<ResponseApdu> send_and_collect(Channel& channel, const CommandApdu& command, Part part,
                                      const Transport& transport) {
    ACREDITA_TRY(response, send(channel, command, part));
    if (response.sw.wrong_le() && response.data.empty()) {
        part.le = response.sw.sw2() == 0 ? short_le : response.sw.sw2();
        ACREDITA_TRY(again, send(channel, command, part));
        response = std::move(again);
    }
    if (command.head_only && !response.data.empty()) return std::move(response);
    CommandApdu get_response{.cla = transport.get_response_cla, .ins = 0xC0, .mask = command.mask};
    for (int round = 0; response.sw.more_data(); ++round) {
        if (round == max_rounds) return fail(apdu_errc::endless_response);
        const std::size_t left = response.sw.sw2() == 0 ? short_le : response.sw.sw2();
        ACREDITA_TRY(more, send(channel, get_response, Part{.data = {}, .le = left}));
        if (more.sw.wrong_le() && more.data.empty()) { // some T=0 cards correct their own 61xx
            const std::size_t exact = more.sw.sw2() == 0 ? short_le : more.sw.sw2();
            ACREDITA_TRY(again, send(channel, get_response, Part{.data = {}, .le = exact}));
            more = std::move(again);
        }
        if (more.data.empty() && more.sw.more_data()) return fail(apdu_errc::endless_response);
        response.data.insert(response.data.end(), more.data.begin(), more.data.end());
        response.sw = more.sw;
        if (command.head_only) break;
        if (response.data.size() > transport.max_response) return fail(apdu_errc::response_too_long);
    }
    return std::move(response);
}

Result<ResponseApdu> send_chain(Channel& channel, const CommandApdu& command, std::size_t chunk,
                                const Transport& transport) {
    ByteView rest{command.data.data(), command.data.size()};
    while (rest.size() > chunk) {
        ACREDITA_TRY(response,
                     send(channel, command, Part{.data = rest.first(chunk), .le = 0, .last = false}));
        if (!response.sw.ok()) {
            response.chain_broken = true;
            return std::move(response);
        }
        rest = rest.subspan(chunk);
    }
    return send_and_collect(channel, command, Part{.data = rest, .le = std::min(command.le, short_le)},
                            transport);
}

Result<ResponseApdu> run(Channel& channel, const CommandApdu& command, const Transport& transport) {
    const bool fits_short = command.data.size() <= short_data;
    const bool is_long = !fits_short || command.le > short_le;
    const bool extended =
        is_long && transport.extended && channel.protocol() == Protocol::t1 && !channel.short_only();
    const ByteView data{command.data.data(), command.data.size()};
    if (fits_short && !(extended && command.le > short_le))
        return send_and_collect(channel, command, Part{.data = data, .le = std::min(command.le, short_le)},
                                transport);
    if (extended && data.size() <= std::min<std::size_t>(transport.max_command_data, 65535)) {
        ACREDITA_TRY(response,
                     send_and_collect(channel, command,
                                      Part{.data = data, .le = command.le, .extended = true}, transport));
        const bool retry = response.sw == sw::wrong_length && transport.chain_after_wrong_length;
        if (!retry || (!transport.chaining && !fits_short)) return std::move(response);
    }
    if (!transport.chaining && !fits_short) return fail(apdu_errc::command_too_long);
    return send_chain(channel, command, std::clamp<std::size_t>(transport.chunk, 1, short_data), transport);
}

} // namespace

Result<ResponseApdu> exchange(Channel& channel, const CommandApdu& command, const Transport& transport) {
    auto response = run(channel, command, transport);
    // Also of a part of a chain, which is never answered with data by a card that means well.
    if (response && response->data.size() > transport.max_response) return fail(apdu_errc::response_too_long);
    return response;
}

} // namespace acredita
