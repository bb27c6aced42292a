// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/piv_objects.hpp"

#include "firmware-profiles/dialect/cipher.hpp"
#include "firmware-profiles/dialect/inflate.hpp"
#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::dialect {

namespace {

using card::card_errc;

constexpr std::uint16_t current_file = 0x3FFF;
constexpr std::uint32_t chuid = 0x5FC102;
constexpr std::uint32_t key_history = 0x5FC10C;
constexpr Tag object_tag = 0x53;
constexpr Tag name_tag = 0x5C;
constexpr Tag certificate_tag = 0x70;
constexpr Tag compression_tag = 0x71;
constexpr std::size_t max_certificate = 65536;
constexpr unsigned max_retired = 20;

Bytes name_of(std::uint32_t tag) {
    Bytes bytes;
    for (unsigned shift = 24; shift > 0; shift -= 8)
        if (const auto rest = tag >> (shift - 8); rest != 0) bytes.push_back(static_cast<std::uint8_t>(rest));
    return make_tlv(name_tag, bytes);
}

} // namespace

Result<std::optional<Bytes>> read_object(Application& card, std::uint32_t tag) {
    ACREDITA_TRY(answer,
                 card.send(iso7816::get_data_object(current_file, name_of(tag), CommandApdu::max_le)));
    if (answer.sw == sw::file_not_found) return std::nullopt;
    if (!answer.sw.ok()) return fail(judge(Step::read, answer.sw));
    TlvReader reader({answer.data.data(), answer.data.size()});
    const auto object = reader.next();
    if (!object || object->tag != object_tag) return fail(card_errc::answer_malformed, "data object");
    if (object->value.empty()) return std::nullopt;
    return copy(object->value);
}

Result<std::optional<Bytes>> read_object_head(Application& card, std::uint32_t tag) {
    auto command = iso7816::get_data_object(current_file, name_of(tag), 256);
    command.head_only = true;
    ACREDITA_TRY(answer, card.send(command));
    if (answer.sw == sw::file_not_found) return std::nullopt;
    if (!answer.sw.ok() && !answer.sw.more_data()) return fail(judge(Step::read, answer.sw));
    return Bytes(answer.data.begin(), answer.data.end());
}

Result<void> write_object(Application& card, std::uint32_t tag, ByteView content) {
    const auto data = concat({name_of(tag), make_tlv(object_tag, content)});
    const auto max = card.profile().objects.max_object;
    if (max != 0 && data.size() > max + 5)
        return fail(card_errc::object_too_large, std::to_string(content.size()));
    ACREDITA_CHECK(card.must(iso7816::put_data_object(current_file, data), Step::write, Login::admin));
    return {};
}

Result<std::optional<Bytes>> unwrap_certificate(ByteView content) {
    const auto certificate = find_tlv(content, certificate_tag);
    if (!certificate) return fail(card_errc::answer_malformed, "certificate object");
    if (certificate->empty()) return std::nullopt;
    const auto compression = find_tlv(content, compression_tag);
    // 01 is the standard's; older cards wrote 80.
    const bool packed = compression && !compression->empty() && ((*compression)[0] & 0x81U) != 0;
    if (!packed) return copy(*certificate);
    ACREDITA_TRY(plain, inflate_bounded(*certificate, max_certificate));
    return std::move(plain);
}

bool begins_with_certificate(ByteView head, ByteView der) {
    constexpr std::size_t enough = 64; // behind version, serial number and algorithm, into the issuer
    // Writers differ in what follows the certificate: compression and error detection, in some order or not
    // at all.
    for (const std::size_t behind : {std::size_t{5}, std::size_t{3}, std::size_t{2}, std::size_t{0}}) {
        const auto inner = tlv_header(certificate_tag, der.size());
        const auto outer = tlv_header(object_tag, inner.size() + der.size() + behind);
        const auto start = concat({outer, inner});
        if (head.size() < start.size() + enough || !equal(head.first(start.size()), start)) continue;
        const auto shown = std::min(head.size() - start.size(), der.size());
        return equal(head.subspan(start.size(), shown), der.first(shown));
    }
    return false;
}

Bytes head_of_object(ByteView content) {
    constexpr std::size_t longest = 256; // one short answer
    auto head = tlv_header(object_tag, content.size());
    append(head, content.first(std::min(content.size(), longest)));
    head.resize(std::min(head.size(), longest));
    return head;
}

bool same_head(ByteView one, ByteView other) {
    constexpr std::size_t enough = 64; // see begins_with_certificate
    const auto shown = std::min(one.size(), other.size());
    if (shown < enough && one.size() != other.size()) return false;
    return equal(one.first(shown), other.first(shown));
}

Bytes wrap_certificate(ByteView der) {
    Bytes content;
    append_tlv(content, certificate_tag, der);
    append(content, Bytes{0x71, 0x01, 0x00, 0xFE, 0x00});
    return content;
}

Result<unsigned> read_key_history(Application& card) {
    ACREDITA_TRY(content, read_object(card, key_history));
    const auto on_card = content ? find_tlv(*content, 0xC1) : std::nullopt;
    if (!on_card || on_card->size() != 1) return 0U;
    return std::min<unsigned>((*on_card)[0], max_retired);
}

Result<void> raise_key_history(Application& card, unsigned certificates) {
    ACREDITA_TRY(content, read_object(card, key_history));
    const auto on_card = content ? find_tlv(*content, 0xC1) : std::nullopt;
    if (on_card && on_card->size() == 1 && (*on_card)[0] >= certificates) return {};
    const auto off_card = content ? find_tlv(*content, 0xC2) : std::nullopt;
    const auto address = content ? find_tlv(*content, 0xF3) : std::nullopt;
    Bytes history{0xC1, 0x01, static_cast<std::uint8_t>(certificates)};
    const Bytes none{0x00};
    append_tlv(history, 0xC2, off_card && off_card->size() == 1 ? *off_card : ByteView(none));
    append_tlv(history, 0xF3, address.value_or(ByteView{}));
    append_tlv(history, 0xFE, {});
    return write_object(card, key_history, history);
}

Result<std::string> read_chuid_serial(Application& card) {
    ACREDITA_TRY(content, read_object(card, chuid));
    if (!content) return std::string();
    const auto guid = find_tlv(*content, 0x34);
    const bool usable =
        guid && guid->size() == 16 &&
        std::any_of(guid->begin() + 8, guid->end(), [](std::uint8_t byte) { return byte != 0; });
    // A card whose issuer left the GUID empty is told apart by the rest of its CHUID.
    const auto digest = sha256(*content);
    return to_hex(usable ? guid->last(8) : ByteView(digest).first(8));
}

} // namespace acredita::dialect
