// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/admin.hpp"

#include "firmware-profiles/dialect/cipher.hpp"
#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::dialect {

namespace {

using card::card_errc;

constexpr Tag authentication_template = 0x7C;
constexpr Tag witness_tag = 0x80;
constexpr Tag challenge_tag = 0x81;
constexpr Tag response_tag = 0x82;

ByteView view(const ZeroingBytes& bytes) { return {bytes.data(), bytes.size()}; }

std::optional<ByteView> field_of(const ZeroingBytes& answer, Tag tag) {
    return find_tlv(view(answer), {authentication_template, tag});
}

std::vector<std::uint8_t> algorithms_for(Application& card, std::size_t key_size) {
    std::vector<std::uint8_t> ids;
    for (const auto& one : card.profile().admin.algorithms)
        if (one.key_size == key_size) ids.push_back(one.id);
    // What this very card took before comes first.
    const auto known = card.memory().admin_algorithm;
    if (known) std::stable_partition(ids.begin(), ids.end(), [&](std::uint8_t id) { return id == *known; });
    return ids;
}

CommandApdu command(Application& card, std::uint8_t algorithm, ByteView fields) {
    return iso7816::general_authenticate(algorithm, card.profile().admin.reference,
                                         make_tlv(authentication_template, fields), 256, Mask::both);
}

// The second half: the witness in clear, and our own challenge for the card.
Result<void> prove(Application& card, std::uint8_t algorithm, ByteView key, ByteView witness) {
    const auto clear = cipher_block(algorithm, key, witness, Direction::decrypt);
    if (clear.empty()) return fail(card_errc::answer_malformed, "witness");
    const auto challenge = random_bytes(block_size(algorithm));
    Bytes fields;
    append_tlv(fields, witness_tag, view(clear));
    append_tlv(fields, challenge_tag, view(challenge));
    const auto sent = command(card, algorithm, fields);
    explicit_bzero(fields.data(), fields.size());
    ACREDITA_TRY(answer, card.must(sent, Step::admin));
    const auto response = field_of(answer.data, response_tag);
    const auto expected = cipher_block(algorithm, key, view(challenge), Direction::encrypt);
    if (!response || !equal(*response, view(expected)))
        return fail(card_errc::admin_key_wrong, "the card does not know the key");
    card.memory().admin = true;
    card.memory().admin_algorithm = algorithm;
    return {};
}

} // namespace

Result<void> authenticate_admin(Application& card, ByteView key) {
    const auto& admin = card.profile().admin;
    if (admin.kind == profile::AdminKind::none) return fail(card_errc::not_supported);
    const auto algorithms = algorithms_for(card, key.size());
    if (algorithms.empty()) return fail(card_errc::admin_key_malformed);
    card.memory().admin = false;
    const Bytes ask{0x80, 0x00}; // an empty witness: please make one
    StatusWord refused{};
    for (const auto algorithm : algorithms) {
        ACREDITA_TRY(answer, card.send(command(card, algorithm, ask)));
        refused = answer.sw;
        if (!answer.sw.ok()) continue; // the card has another algorithm; nothing was tried against a counter
        const auto witness = field_of(answer.data, witness_tag);
        if (!witness) return fail(card_errc::answer_malformed, "witness");
        return prove(card, algorithm, key, *witness);
    }
    return fail(judge(Step::admin, refused));
}

} // namespace acredita::dialect
