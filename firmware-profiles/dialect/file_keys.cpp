// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/file_keys.hpp"

#include "firmware-profiles/profile/step_text.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>
#include <array>

namespace acredita::dialect {

namespace {

using card::card_errc;
using profile::Expect;
using profile::HashName;
using profile::Input;

struct KnownHash {
    HashName name;
    std::size_t size;
    std::array<std::uint8_t, 11> oid; // with tag and length, zeros behind
};
// RFC 8017, appendix B.1.
constexpr KnownHash hashes[] = {
    {HashName::sha1, 20, {0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A}},
    {HashName::sha256, 32, {0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01}},
    {HashName::sha384, 48, {0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02}},
    {HashName::sha512, 64, {0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03}},
};

struct Chosen {
    const profile::InputRow* row = nullptr;
    ByteView input{};
};

bool fits(const profile::InputRow& row, std::size_t size, std::size_t width) {
    const auto most = row.input == Input::digest_info ? width - 11 : width;
    return size != 0 && size <= (row.max != 0 ? std::min(row.max, most) : most);
}

Result<Chosen> choose(const profile::PrivateOperation& how, card::Operation operation, ByteView data,
                      std::size_t width) {
    const bool raw = operation == card::Operation::rsa_raw;
    if (!raw && operation != card::Operation::rsa_pkcs1) return fail(card_errc::not_supported);
    if (raw && data.size() != width) return fail(card_errc::data_refused, std::to_string(data.size()));
    const auto known = raw ? NamedHash{} : hash_in(data);
    for (const auto& row : how.inputs) {
        if (raw != (row.input == Input::block)) continue;
        const auto input = row.input == Input::hash ? known.hash : data;
        if (row.input == Input::hash && row.hash != known.name) continue;
        if (fits(row, input.size(), width)) return Chosen{&row, input};
    }
    return fail(card_errc::data_refused, std::to_string(data.size()));
}

CommandApdu command_of(const profile::Step& step, const profile::StepValues& values, std::size_t width) {
    CommandApdu command{.mask = Mask::both};
    const auto head =
        profile::fill_in(step.head, values).value_or(ZeroingBytes(4)); // checked when it was read
    command.cla = head[0];
    command.ins = head[1];
    command.p1 = head[2];
    command.p2 = head[3];
    command.data = profile::fill_in(step.data, values).value_or(ZeroingBytes{});
    if (step.expect == Expect::all) command.le = 256;
    if (step.expect == Expect::modulus) command.le = width;
    return command;
}

// A command whose length does not fit into a byte, inside commands of which each does: the inner one is
// written with the length of three bytes (ISO 7816-4:2005 7.6.2 and 5.1).
Result<ResponseApdu> send_in_envelopes(Application& card, const CommandApdu& command, ByteView head,
                                       Login login) {
    constexpr std::size_t most = 255;
    const auto size = command.data.size();
    ZeroingBytes inner{command.cla,
                       command.ins,
                       command.p1,
                       command.p2,
                       0x00,
                       static_cast<std::uint8_t>(size >> 8U),
                       static_cast<std::uint8_t>(size & 0xFFU)};
    append(inner, {command.data.data(), command.data.size()});
    ByteView rest(inner.data(), inner.size());
    for (;;) {
        CommandApdu part{.cla = head[0], .ins = head[1], .p1 = head[2], .p2 = head[3], .mask = Mask::both};
        part.data = zeroing(rest.first(std::min(most, rest.size())));
        rest = rest.subspan(part.data.size());
        ACREDITA_TRY(answer, card.send(part, login));
        if (!answer.sw.ok() || rest.empty()) return std::move(answer);
    }
}

} // namespace

NamedHash hash_in(ByteView digest_info) noexcept {
    const auto outer = find_tlv(digest_info, 0x30);
    if (!outer) return {};
    TlvReader reader(*outer);
    const auto algorithm = reader.next();
    const auto hash = reader.next();
    if (!algorithm || !hash || algorithm->tag != 0x30 || hash->tag != 0x04 || !reader.at_end()) return {};
    for (const auto& known : hashes) {
        const auto oid = ByteView(known.oid).first(known.oid[1] + 2U);
        const bool named = algorithm->value.size() >= oid.size() &&
                           equal(algorithm->value.first(oid.size()), oid) && hash->value.size() == known.size;
        if (named) return {known.name, hash->value};
    }
    return {};
}

Result<ResponseApdu> run_private_operation(Application& card, card::KeyReference key,
                                           const card::Algorithm& algorithm, card::Operation operation,
                                           ByteView data, Login login) {
    const auto& how = card.profile().file_rules.operation;
    const auto* row = card.profile().find(algorithm);
    if (row == nullptr || !row->use || algorithm.type != card::KeyType::rsa)
        return fail(card_errc::algorithm_not_supported, std::to_string(algorithm.bits));
    if (!card.profile().can(operation)) return fail(card_errc::not_supported);
    const auto width = (algorithm.bits + 7U) / 8U;
    ACREDITA_TRY(chosen, choose(how, operation, data, width));
    const profile::StepValues values{key, chosen.row->algorithm, chosen.input};
    ResponseApdu last;
    for (const auto& step : how.steps) {
        const auto command = command_of(step, values, width);
        const bool long_one = command.data.size() > 255 && !how.envelope.empty();
        auto answer =
            long_one ? send_in_envelopes(card, command, how.envelope, login) : card.send(command, login);
        if (!answer) return answer;
        last = std::move(*answer);
        if (!last.sw.ok()) return last;
    }
    if (last.data.size() != width)
        return fail(card_errc::answer_malformed, std::to_string(last.data.size()) + " bytes");
    return last;
}

} // namespace acredita::dialect
