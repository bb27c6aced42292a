// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/card_files.hpp"

#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::dialect {

namespace {

using card::card_errc;

constexpr std::uint8_t master_file[] = {0x3F, 0x00};
constexpr std::size_t longest_path = 16;
constexpr StatusWord end_reached{0x6282};

bool starts_with(ByteView path, ByteView with) {
    return path.size() >= with.size() && equal(path.first(with.size()), with);
}

// Without the steps that are no files.
Bytes real_steps(ByteView path, ByteView skipped) {
    Bytes steps;
    for (std::size_t i = 0; i + 1 < path.size(); i += 2)
        if (!equal(path.subspan(i, 2), skipped)) append(steps, path.subspan(i, 2));
    return steps;
}

Result<void> go_to_root(Application& card) {
    ACREDITA_CHECK(card.must(whole_command(card.profile().file_rules.files.root), Step::read));
    return {};
}

Result<void> walk(Application& card, ByteView steps) {
    for (; steps.size() >= 2; steps = steps.subspan(2)) {
        CommandApdu select{.ins = 0xA4, .data = zeroing(steps.first(2)), .le = 256};
        ACREDITA_CHECK(card.must(select, Step::read));
    }
    return {};
}

Result<void> select_path(Application& card, ByteView path, ByteView folder) {
    if (path.size() < 2 || path.size() % 2 != 0 || path.size() > longest_path)
        return fail(card_errc::answer_malformed, "path");
    const auto skipped = card.profile().file_rules.files.skipped;
    const bool absolute = starts_with(path, master_file);
    ACREDITA_CHECK(go_to_root(card));
    if (absolute) return walk(card, real_steps(path.subspan(2), skipped));
    const auto steps = real_steps(path, skipped);
    if (!folder.empty()) {
        const auto there = walk(card, concat({real_steps(folder, skipped), steps}));
        if (there || !is(there.error(), card_errc::object_not_found)) return there;
        ACREDITA_CHECK(go_to_root(card));
    }
    return walk(card, steps);
}

} // namespace

CommandApdu whole_command(ByteView bytes) {
    CommandApdu command{.cla = bytes[0], .ins = bytes[1], .p1 = bytes[2], .p2 = bytes[3]};
    if (bytes.size() == 5)
        command.le = bytes[4] == 0 ? 256U : bytes[4];
    else if (bytes.size() > 5)
        command.data = zeroing(bytes.subspan(5));
    return command;
}

Result<Bytes> read_file(Application& card, ByteView path, ByteView folder, std::size_t max,
                        const Enough& enough) {
    ACREDITA_CHECK(select_path(card, path, folder));
    const auto chunk = card.profile().file_rules.files.chunk;
    Bytes content;
    for (std::optional<std::size_t> whole; content.size() < whole.value_or(max);) {
        const auto wanted = std::min({chunk, whole.value_or(max) - content.size(), max - content.size()});
        auto command = iso7816::read_binary(static_cast<std::uint16_t>(content.size()), wanted);
        ACREDITA_TRY(answer, card.send(command));
        const bool good = answer.sw.ok() || answer.sw == end_reached;
        // Behind the end cards say what they like; before it, what they say is why nothing can be read.
        if (!good && content.empty()) return fail(judge(Step::read, answer.sw));
        if (!good || answer.data.empty()) break;
        append(content, {answer.data.data(), answer.data.size()});
        if (answer.sw == end_reached) break;
        whole = enough(content);
        if (whole && *whole > max) return fail(card_errc::answer_malformed, "longer than a file may be");
        if (content.size() >= max && !whole) return fail(card_errc::answer_malformed, "endless file");
    }
    return content;
}

std::optional<std::size_t> end_of_list(ByteView so_far) {
    TlvReader reader(so_far);
    while (!reader.at_end()) {
        const auto rest = reader.rest();
        if (rest.front() == 0x00 || rest.front() == 0xFF) return so_far.size() - rest.size();
        if (!reader.next()) return std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::size_t> end_of_der(ByteView so_far) {
    if (so_far.size() < 4 || so_far[0] != 0x30) return std::nullopt;
    if (so_far[1] < 0x80) return 2U + so_far[1];
    if (so_far[1] == 0x81) return 3U + so_far[2];
    if (so_far[1] == 0x82) return 4U + static_cast<std::size_t>(so_far[2] << 8U | so_far[3]);
    return std::nullopt;
}

} // namespace acredita::dialect
