// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/iso_files.hpp"

#include "pcsc/apdu/exchange.hpp"
#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::dialect {

namespace {

using card::card_errc;

constexpr std::size_t short_piece = 255, short_answer = 256;
constexpr std::size_t last_offset = 32767; // 7816-4:2005 7.2.2: fifteen bits
constexpr std::size_t last_short_offset =
    127; // IsoApplet takes the eight bits beside a short identifier for signed
constexpr StatusWord end_of_file{0x6282}, wrong_offset{0x6B00};

Bytes two_bytes(std::size_t n) {
    return {static_cast<std::uint8_t>(n >> 8U & 0xFFU), static_cast<std::uint8_t>(n & 0xFFU)};
}

CommandApdu update_at(std::size_t offset) {
    return {.ins = 0xD6,
            .p1 = static_cast<std::uint8_t>(offset >> 8U & 0x7FU),
            .p2 = static_cast<std::uint8_t>(offset & 0xFFU)};
}

// The directory's own files, which are made first, and those called after the places.
bool is_ours(const profile::Profile& profile, std::uint16_t id) {
    const auto& table = profile.pkcs15;
    const auto first = {table.odf,          table.token_info,  table.pins,
                        table.private_keys, table.public_keys, table.certificates};
    return std::ranges::find(first, id) != first.end() ||
           std::ranges::find(profile.places, id, &profile::Place::certificate) != profile.places.end();
}

bool gone(StatusWord sw) { return sw == sw::file_not_found || sw == StatusWord{0x6A83}; }

} // namespace

bool only_this_file(const Error& error) {
    const auto& category = error.code.category();
    return (category == error_category<card_errc>() && !is(error, card_errc::application_missing)) ||
           category == error_category<apdu_errc>();
}

Bytes Files::path_of(std::uint16_t id) const { return concat({home_, two_bytes(id)}); }

bool Files::here() const noexcept { return entered_ && *entered_ == card_.memory().losses; }

std::optional<std::uint8_t> Files::short_id(ByteView path) const {
    if (path.size() != home_.size() + 2 || !equal(path.first(home_.size()), home_)) return std::nullopt;
    // Others call their files as they like, and the first one with these five bits would answer.
    if (!is_ours(card_.profile(), static_cast<std::uint16_t>(path[path.size() - 2] << 8U | path.back())))
        return std::nullopt;
    const auto id = static_cast<std::uint8_t>(path.back() & 0x1FU);
    return id == 0 || id == 31 ? std::nullopt : std::optional(id); // 7816-4:2005 5.3.1.1: 1 to 30
}

// A card that was selected anew on the way is not where it was.
Result<ResponseApdu> Files::send(const CommandApdu& command, Login login) {
    const bool was_here = here();
    ACREDITA_TRY(answer, card_.send(command, login));
    if (was_here && !here()) {
        ACREDITA_TRY(back, enter());
        if (!back) return fail(card_errc::object_not_found, "directory");
        return card_.send(command, login);
    }
    return std::move(answer);
}

Result<ResponseApdu> Files::select(ByteView path, bool answer) {
    const bool child = path.size() == home_.size() + 2 && equal(path.first(home_.size()), home_) && here();
    CommandApdu command{.ins = 0xA4, .p2 = static_cast<std::uint8_t>(answer ? 0x00 : 0x0C)};
    if (child || path.size() <= 4) { // by identifier: in this directory, or the MF and what is in it
        command.data = zeroing(path.last(2));
    } else {
        command.p1 = 0x08; // by path from the MF, which is not named
        command.data = zeroing(path.subspan(2));
    }
    if (answer) command.le = short_answer;
    if (child) return send(command);
    entered_.reset();
    return card_.send(command);
}

Result<bool> Files::enter() {
    if (here()) return true;
    ACREDITA_TRY(answer, select(home_, false));
    if (gone(answer.sw)) return false;
    if (!answer.sw.ok()) return fail(judge(Step::read, answer.sw));
    entered_ = card_.memory().losses;
    return true;
}

// One exchange with a short identifier, if all of the file fits into the answer; otherwise its rest could not
// be reached that way.
Result<ResponseApdu> Files::first_read(ByteView path, bool by_path) {
    const auto le = card_.extended() ? CommandApdu::max_le : short_answer;
    const auto id = here() && !by_path ? short_id(path) : std::nullopt;
    by_short_id_ = id.has_value();
    if (id) return send(iso7816::read_binary_sfi(*id, 0, le));
    ACREDITA_TRY(selected, select(path, false));
    if (!selected.sw.ok()) return std::move(selected);
    return card_.send(iso7816::read_binary(0, le));
}

Result<std::optional<Bytes>> Files::read(ByteView path, const Wanted& wanted, bool by_path) {
    if (path.size() < 4) return std::nullopt;
    ACREDITA_TRY(first, first_read(path, by_path));
    if (gone(first.sw)) return std::nullopt;
    if (!first.sw.ok() && first.sw != end_of_file) return fail(judge(Step::read, first.sw));
    Bytes data(first.data.begin(), first.data.end());
    const std::size_t piece = card_.extended() ? CommandApdu::max_le : short_answer;
    bool more = first.sw.ok() && data.size() >= short_answer;
    while (more && data.size() <= last_offset) {
        if (wanted(data) <= data.size()) break;
        if (by_short_id_) {
            ACREDITA_TRY(selected, select(path, false));
            if (!selected.sw.ok()) return fail(judge(Step::read, selected.sw));
            by_short_id_ = false;
        }
        ACREDITA_TRY(next, card_.send(iso7816::read_binary(static_cast<std::uint16_t>(data.size()), piece)));
        if (next.sw == wrong_offset || next.sw == sw::wrong_parameters)
            break; // the file ended with the last piece
        if (!next.sw.ok() && next.sw != end_of_file) return fail(judge(Step::read, next.sw));
        append(data, {next.data.data(), next.data.size()});
        more = next.sw.ok() && next.data.size() >= short_answer;
    }
    return data;
}

Result<std::size_t> Files::size(ByteView path) {
    ACREDITA_TRY(answer, select(path, true));
    if (!answer.sw.ok()) return fail(judge(Step::read, answer.sw));
    const ByteView data(answer.data.data(), answer.data.size());
    auto size = find_tlv(data, {0x6F, 0x81});
    if (!size) size = find_tlv(data, {0x62, 0x81});
    if (!size) size = find_tlv(data, {0x6F, 0x80});
    if (!size) size = find_tlv(data, {0x62, 0x80});
    if (!size || size->size() != 2) return std::size_t{0};
    return static_cast<std::size_t>((*size)[0] << 8U | (*size)[1]);
}

// 7816-9:2004 6.1, control parameters as in 7816-4:2005 table 12.
Result<bool> Files::create(std::uint16_t id, std::size_t size, ByteView conditions) {
    Bytes inner;
    append_tlv(inner, 0x81, two_bytes(size));
    append_tlv(inner, 0x82, Bytes{0x01}); // working file, transparent
    append_tlv(inner, 0x83, two_bytes(id));
    append_tlv(inner, 0x86, conditions);
    const auto data = make_tlv(0x6F, inner);
    ACREDITA_TRY(answer, card_.send(CommandApdu{.ins = 0xE0, .data = zeroing(data)}, Login::pin));
    if (answer.sw == StatusWord{0x6A89}) return false;
    if (!answer.sw.ok()) return fail(judge(Step::make_file, answer.sw));
    return true;
}

Result<void> Files::create_directory(std::uint16_t id, ByteView name, ByteView conditions) {
    Bytes inner;
    append_tlv(inner, 0x82, Bytes{0x38});
    append_tlv(inner, 0x83, two_bytes(id));
    if (!name.empty()) append_tlv(inner, 0x84, name);
    append_tlv(inner, 0x86, conditions);
    const auto data = make_tlv(0x6F, inner);
    ACREDITA_CHECK(card_.must(CommandApdu{.ins = 0xE0, .data = zeroing(data)}, Step::make_file, Login::pin));
    return {};
}

Result<void> Files::write(CommandApdu command, std::size_t offset, ByteView content) {
    const auto piece = card_.extended() ? content.size() : short_piece;
    for (;;) {
        const auto part = content.first(std::min(piece, content.size()));
        command.data = zeroing(part);
        ACREDITA_CHECK(card_.must(command, Step::write_file, Login::pin));
        content = content.subspan(part.size());
        if (content.empty()) return {};
        offset += part.size();
        if (offset > last_offset) return fail(card_errc::object_too_large);
        command = update_at(offset);
    }
}

Result<void> Files::fill(ByteView content) {
    if (content.empty()) return {};
    return write(update_at(0), 0, content);
}

Result<void> Files::update(ByteView path, std::size_t offset, ByteView content) {
    if (content.empty()) return {};
    if (offset + content.size() > last_offset + 1) return fail(card_errc::no_room);
    const auto id = here() ? short_id(path) : std::nullopt;
    const bool whole = card_.extended() || content.size() <= short_piece;
    if (id && whole && offset <= last_short_offset) {
        CommandApdu command{.ins = 0xD6,
                            .p1 = static_cast<std::uint8_t>(0x80U | *id),
                            .p2 = static_cast<std::uint8_t>(offset),
                            .data = zeroing(content)};
        ACREDITA_CHECK(card_.must(command, Step::write_file, Login::pin));
        return {};
    }
    ACREDITA_TRY(selected, select(path, false));
    if (!selected.sw.ok()) return fail(judge(Step::read, selected.sw));
    return write(update_at(offset), offset, content);
}

Result<void> Files::remove(std::uint16_t id) {
    auto done =
        card_.must(CommandApdu{.ins = 0xE4, .data = zeroing(two_bytes(id))}, Step::write_file, Login::pin);
    if (!done && is(done.error(), card_errc::object_not_found)) return {};
    if (!done) return fail(std::move(done).error());
    return {};
}

} // namespace acredita::dialect
