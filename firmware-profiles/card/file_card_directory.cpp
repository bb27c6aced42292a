// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is on a card of files: its two lists, the certificates they name, and which key each belongs to.
#include "firmware-profiles/card/file_card.hpp"
#include "firmware-profiles/dialect/card_files.hpp"
#include "firmware-profiles/dialect/inflate.hpp"
#include "firmware-profiles/dialect/public_key.hpp"
#include "firmware-profiles/profile/step_text.hpp"

#include <algorithm>
#include <set>

namespace acredita::card {

namespace {

constexpr std::size_t longest_list = 16384, longest_certificate = 16384;
constexpr std::size_t packed_header = 8; // two sizes of four bytes, the lowest first
constexpr std::size_t head_size = 64;

// An object that cannot be read or makes no sense hides only itself; a broken line to the card hides
// everything.
bool only_this_object(const Error& error) {
    const auto& category = error.code.category();
    const bool gone = is(error, card_errc::application_missing) || is(error, card_errc::application_lost);
    return !gone && (category == error_category<card_errc>() || category == error_category<apdu_errc>() ||
                     category == error_category<bytes_errc>());
}

std::size_t little_endian(ByteView four) {
    std::size_t value = 0;
    for (std::size_t i = 4; i-- > 0;) value = value << 8U | four[i];
    return value;
}

// The sizes in front of a packed certificate, if these can be any; a DER object never looks like that.
struct Packed {
    std::size_t plain, stream;
};
std::optional<Packed> packed_sizes(ByteView content) {
    if (content.size() < packed_header) return std::nullopt;
    const Packed sizes{little_endian(content.first(4)), little_endian(content.subspan(4, 4))};
    const bool sensible =
        sizes.stream != 0 && sizes.plain >= sizes.stream && sizes.plain <= longest_certificate;
    return sensible ? std::optional(sizes) : std::nullopt;
}

std::optional<std::size_t> end_of_certificate(ByteView so_far, profile::CertificateForm form) {
    if (form == profile::CertificateForm::zlib)
        if (const auto sizes = packed_sizes(so_far)) return packed_header + sizes->stream;
    return dialect::end_of_der(so_far);
}

Result<Bytes> unpacked(ByteView content, profile::CertificateForm form) {
    Bytes plain = copy(content);
    if (form == profile::CertificateForm::zlib)
        if (const auto sizes = packed_sizes(content)) {
            ACREDITA_TRY(inflated, dialect::inflate_bounded(content.subspan(packed_header), sizes->plain));
            plain = std::move(inflated);
        }
    const auto end = dialect::end_of_der(plain);
    if (!end || *end > plain.size()) return fail(card_errc::answer_malformed, "certificate");
    plain.resize(*end); // files are larger than what is in them
    return plain;
}

Bytes folder_of(ByteView path) { return copy(path.first(path.size() >= 2 ? path.size() - 2 : 0)); }

// Paths of a folder are given from the root on.
Bytes below_root(ByteView path) {
    constexpr std::uint8_t master_file[] = {0x3F, 0x00};
    const bool absolute = path.size() >= 2 && equal(path.first(2), master_file);
    return copy(absolute ? path.subspan(2) : path);
}

} // namespace

Result<const FileCard::Lists*> FileCard::lists(dialect::Application& card) {
    if (lists_) return &*lists_;
    const auto& files = profile_.file_rules.files;
    Lists found{copy(files.private_keys), copy(files.certificates)};
    if (!files.list.empty()) {
        ACREDITA_TRY(list, read_list_file(card, files.list, longest_list));
        auto named = dialect::read_list_of_lists(list, files.paths);
        found = {std::move(named.private_keys), std::move(named.certificates)};
    }
    if (found.certificates.empty()) return fail(card_errc::object_not_found, "list of certificates");
    lists_ = std::move(found);
    return &*lists_;
}

Result<Bytes> FileCard::read_list_file(dialect::Application& card, ByteView path, std::size_t max) {
    return dialect::read_file(card, path, {}, max, dialect::end_of_list);
}

Result<std::vector<FileCard::Found>> FileCard::read_certificates(dialect::Application& card) {
    const auto& files = profile_.file_rules.files;
    ACREDITA_TRY(paths, lists(card));
    ACREDITA_TRY(list, read_list_file(card, paths->certificates, longest_list));
    head_ = copy(ByteView(list).first(std::min(list.size(), head_size)));
    const auto folder = below_root(folder_of(paths->certificates));
    std::vector<Found> all;
    for (auto& entry : dialect::read_list(list, files.paths)) {
        auto content =
            dialect::read_file(card, entry.path, folder, longest_certificate,
                               [&](ByteView so_far) { return end_of_certificate(so_far, files.form); });
        if (!content && !only_this_object(content.error())) return fail(std::move(content).error());
        auto der = content ? unpacked(*content, files.form) : Result<Bytes>(Bytes{});
        if (!der || der->empty()) continue;
        Found found{std::move(entry.id), std::move(*der), {}};
        if (const auto parts = card::read_certificate(found.der))
            if (auto key = card::read_public_key(parts->spki)) found.modulus = std::move(key->modulus);
        all.push_back(std::move(found));
    }
    return all;
}

// Keys that are not to be listed yet, or that make no sense, are no reason to hide the certificates.
Result<std::vector<dialect::ListEntry>> FileCard::read_keys(dialect::Application& card) {
    ACREDITA_TRY(paths, lists(card));
    if (paths->private_keys.empty()) return std::vector<dialect::ListEntry>();
    auto list = read_list_file(card, paths->private_keys, longest_list);
    if (!list && !only_this_object(list.error())) return fail(std::move(list).error());
    auto keys = dialect::read_list(list.value_or(Bytes{}), profile_.file_rules.files.paths);
    std::erase_if(keys, [](const dialect::ListEntry& key) { return !key.reference; });
    return keys;
}

Result<bool> FileCard::belongs(dialect::Application& card, const dialect::ListEntry& key,
                               const Found& certificate) {
    const auto& files = profile_.file_rules.files;
    if (files.pairing == profile::Pairing::id) return !key.id.empty() && key.id == certificate.id;
    auto known = moduli_.find(*key.reference);
    if (known == moduli_.end()) {
        const auto head = profile::fill_in(files.modulus, {.key = *key.reference});
        auto command = dialect::whole_command({head->data(), head->size()});
        command.le = 256;
        ACREDITA_TRY(answer, card.send(command));
        const ByteView modulus(answer.data.data(), answer.data.size());
        known =
            moduli_.emplace(*key.reference, answer.sw.ok() ? copy(dialect::trimmed(modulus)) : Bytes{}).first;
    }
    return !known->second.empty() && known->second == certificate.modulus;
}

Result<std::vector<KeySlot>> FileCard::directory(Channel& channel) {
    auto card = application(channel);
    moduli_.clear();
    ACREDITA_TRY(certificates, read_certificates(card));
    ACREDITA_TRY(keys, read_keys(card));
    std::vector<KeySlot> slots;
    std::set<std::size_t> taken;
    std::set<KeyReference> references;
    for (const auto& key : keys) {
        if (!references.insert(*key.reference).second) continue;
        for (std::size_t i = 0; i < certificates.size(); ++i) {
            if (taken.contains(i)) continue;
            ACREDITA_TRY(pair, belongs(card, key, certificates[i]));
            if (!pair) continue;
            taken.insert(i);
            slots.push_back(
                {.reference = *key.reference, .certificate = certificates[i].der, .key_present = Known::yes});
            break;
        }
    }
    // Certificates of others: they get numbers no key has, from above.
    KeyReference free = 0xFF;
    for (std::size_t i = 0; i < certificates.size(); ++i) {
        if (taken.contains(i)) continue;
        while (references.contains(free)) --free;
        slots.push_back({.reference = free--, .certificate = certificates[i].der, .key_present = Known::no});
    }
    slots_ = slots;
    return slots;
}

Result<KeySlot> FileCard::slot(Channel& channel, KeyReference place) {
    ACREDITA_TRY(slots, directory(channel));
    const auto found = std::ranges::find(slots, place, &KeySlot::reference);
    return found == slots.end() ? KeySlot{.reference = place} : *found;
}

std::vector<KeyReference> FileCard::seen() const {
    std::vector<KeyReference> places;
    for (const auto& slot : slots_) places.push_back(slot.reference);
    return places;
}

Result<bool> FileCard::unchanged(Channel& channel, KeyReference) {
    if (!head_) return false;
    auto card = application(channel);
    ACREDITA_TRY(paths, lists(card));
    const auto size = head_->size();
    auto now = dialect::read_file(card, paths->certificates, {}, std::max<std::size_t>(size, 1),
                                  [&](ByteView) { return std::optional(size); });
    if (!now && !only_this_object(now.error())) return fail(std::move(now).error());
    return now && *now == *head_;
}

} // namespace acredita::card
