// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/openpgp_data.hpp"

#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::dialect::openpgp {

namespace {

using card::card_errc;

constexpr std::uint16_t application_tag = 0x006E;
constexpr std::uint16_t status_tag = 0x00C4;
constexpr std::uint16_t certificate_tag = 0x7F21;
constexpr std::size_t fingerprint_size = 20;

std::uint8_t occurrence_of(const profile::Place& place) noexcept {
    return static_cast<std::uint8_t>(place.certificate & 0xFFU);
}

bool several_certificates(const profile::Profile& profile) {
    return std::ranges::any_of(profile.places, [](const auto& one) { return occurrence_of(one) != 0; });
}

void take_status(ApplicationData& data, ByteView status) {
    data.one_signature = status[0] == 0;
    std::copy_n(status.begin() + 1, 3, data.longest.begin());
    std::copy_n(status.begin() + 4, 3, data.tries.begin());
}

// Pairs of the key's number and its state (4.4.3.8).
void take_information(ApplicationData& data, ByteView information) {
    for (std::size_t i = 0; i + 1 < information.size(); i += 2)
        if (information[i] >= 1 && information[i] <= data.keys.size())
            data.keys.at(information[i] - 1U).information = information[i + 1];
}

} // namespace

std::optional<Use> use_of(const profile::Place& place) noexcept {
    if (place.key < 1 || place.key > 3) return std::nullopt;
    return static_cast<Use>(place.key);
}

card::Known KeyFacts::present() const noexcept {
    const bool named = std::ranges::any_of(fingerprint, [](auto byte) { return byte != 0; });
    if (information) return *information != 0 ? card::Known::yes : card::Known::no;
    return named ? card::Known::yes : card::Known::unknown;
}

card::Origin KeyFacts::origin() const noexcept {
    if (information == 1) return card::Origin::generated;
    return information == 2 ? card::Origin::imported : card::Origin::unknown;
}

std::string ApplicationData::serial() const { return to_hex(ByteView(identifier).subspan(8, 6)); }

CommandApdu get_data(std::uint16_t tag, std::size_t le) {
    return {.ins = 0xCA,
            .p1 = static_cast<std::uint8_t>(tag >> 8U),
            .p2 = static_cast<std::uint8_t>(tag & 0xFFU),
            .le = le};
}

CommandApdu put_data(std::uint16_t tag, ByteView value, Mask mask) {
    CommandApdu command{.ins = 0xDA,
                        .p1 = static_cast<std::uint8_t>(tag >> 8U),
                        .p2 = static_cast<std::uint8_t>(tag & 0xFFU),
                        .mask = mask};
    command.data = zeroing(value);
    return command;
}

Result<ApplicationData> parse_application_data(ByteView answer) {
    // Some cards leave the outermost tag away.
    const auto whole = find_tlv(answer, application_tag).value_or(answer);
    const auto identifier = find_tlv(whole, 0x4F);
    const auto discretionary = find_tlv(whole, 0x73);
    const auto inner = discretionary.value_or(whole);
    const auto capabilities = find_tlv(inner, 0xC0);
    const auto status = find_tlv(inner, 0xC4);
    const auto fingerprints = find_tlv(inner, 0xC5);
    if (!identifier || identifier->size() != 16 || !capabilities || capabilities->size() < 6 || !status ||
        status->size() < 7 || !fingerprints || fingerprints->size() < 3 * fingerprint_size)
        return fail(card_errc::answer_malformed, "application related data");
    ApplicationData data;
    data.identifier = copy(*identifier);
    data.historical = copy(find_tlv(whole, 0x5F52).value_or(ByteView{}));
    data.capabilities = (*capabilities)[0];
    data.max_certificate = static_cast<std::size_t>((*capabilities)[4] << 8U | (*capabilities)[5]);
    take_status(data, *status);
    for (std::size_t i = 0; i < data.keys.size(); ++i) {
        const auto attributes = find_tlv(inner, 0xC1 + static_cast<Tag>(i));
        if (!attributes || attributes->empty())
            return fail(card_errc::answer_malformed, "algorithm attributes");
        data.keys.at(i).attributes = copy(*attributes);
        data.keys.at(i).fingerprint = copy(fingerprints->subspan(i * fingerprint_size, fingerprint_size));
    }
    if (const auto information = find_tlv(inner, 0xDE)) take_information(data, *information);
    return data;
}

Result<ApplicationData> read_application_data(Application& card) {
    ACREDITA_TRY(answer, card.must(get_data(application_tag, 256), Step::read));
    return parse_application_data({answer.data.data(), answer.data.size()});
}

Result<void> refresh_tries(Application& card, ApplicationData& data) {
    ACREDITA_TRY(answer, card.must(get_data(status_tag, 256), Step::read));
    const ByteView whole(answer.data.data(), answer.data.size());
    const auto status = find_tlv(whole, status_tag).value_or(whole);
    if (status.size() < 7) return fail(card_errc::answer_malformed, "PW status");
    take_status(data, status);
    return {};
}

Result<void> select_certificate(Application& card, const profile::Place& place, std::uint8_t& current) {
    if (place.certificate == 0) return fail(card_errc::not_supported);
    if (!card.memory().selected) current = 0;
    const auto wanted = occurrence_of(place);
    // Any other data object in between takes some cards back to the first one, and a certificate written
    // there would be another key's: only the first one, never left since the selection, is sure.
    if (!several_certificates(card.profile()) || (wanted == 0 && current == 0)) return {};
    CommandApdu command{.ins = 0xA5, .p1 = wanted, .p2 = 0x04};
    command.data = {0x60, 0x04, 0x5C, 0x02, 0x7F, 0x21};
    ACREDITA_CHECK(card.must(command, Step::read));
    current = wanted;
    return {};
}

Result<Bytes> read_certificate(Application& card, const profile::Place& place, std::uint8_t& current) {
    if (place.certificate == 0) return Bytes{};
    ACREDITA_CHECK(select_certificate(card, place, current));
    ACREDITA_TRY(answer, card.send(get_data(certificate_tag, CommandApdu::max_le)));
    if (answer.sw == sw::reference_not_found || answer.sw == sw::file_not_found) return Bytes{};
    if (!answer.sw.ok()) return fail(judge(Step::read, answer.sw));
    return Bytes(answer.data.begin(), answer.data.end());
}

Result<Bytes> read_certificate_head(Application& card, const profile::Place& place, std::uint8_t& current) {
    if (place.certificate == 0) return Bytes{};
    ACREDITA_CHECK(select_certificate(card, place, current));
    auto command = get_data(certificate_tag, 256);
    command.head_only = true;
    ACREDITA_TRY(answer, card.send(command));
    if (answer.sw == sw::reference_not_found || answer.sw == sw::file_not_found) return Bytes{};
    if (!answer.sw.ok() && !answer.sw.more_data()) return fail(judge(Step::read, answer.sw));
    return Bytes(answer.data.begin(), answer.data.end());
}

Result<void> write_certificate(Application& card, const profile::Place& place, ByteView der,
                               std::uint8_t& current) {
    ACREDITA_CHECK(select_certificate(card, place, current));
    ACREDITA_CHECK(card.must(put_data(certificate_tag, der), Step::write, Login::admin));
    return {};
}

} // namespace acredita::dialect::openpgp
