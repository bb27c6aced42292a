// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The card's directory changed. Each verb reads it anew: another program may have written since it was read
// last, and an entry put where one of the others' begins by now would be the end of that one.
//
// The order is that of a card that may be torn out at any moment: files before the entries that name them,
// the certificate's entry before the key's, an entry's end before its file's. What a torn card keeps is a
// file nobody names, or a certificate without a key, and the same job done again takes either up.
#include "firmware-profiles/card/pkcs15_card_parts.hpp"
#include "firmware-profiles/dialect/pkcs15_write.hpp"

namespace acredita::card {

namespace p15 = dialect::pkcs15;
using namespace pkcs15_parts;

namespace {

constexpr std::size_t longest_label = 60; // so that an entry is small even where a name is long

std::string label_of(std::string_view name) {
    auto cut = std::string(name.substr(0, longest_label));
    if (cut.size() < name.size()) // not in the middle of a letter
        while (!cut.empty() && (static_cast<std::uint8_t>(name[cut.size()]) & 0xC0U) == 0x80) cut.pop_back();
    return cut;
}

} // namespace

Result<Pkcs15Card::Contents> Pkcs15Card::contents_to_change(dialect::Files& files, p15::Lists lists) {
    auto held = std::exchange(contents_, std::nullopt);
    if (held && held->present) {
        ACREDITA_CHECK(p15::refresh(files, profile_.pkcs15, *held, lists));
        return std::move(*held);
    }
    ACREDITA_TRY(contents, read_contents(files));
    if (!contents.present) return fail(card_errc::not_initialised);
    return std::move(contents);
}

// The certificate that stands in a place whose key is not listed.
const Pkcs15Card::HeldCertificate*
Pkcs15Card::certificate_of(const dialect::Files& files, const Contents& contents, KeyReference place) const {
    const auto listed = [&](ByteView id) { return with_id(contents.private_keys, id) != nullptr; };
    const auto found = std::ranges::find_if(contents.certificates, [&](const auto& held) {
        return place_of_file(files, held.entry.path) == place && !listed(held.entry.id);
    });
    return found == contents.certificates.end() ? nullptr : &*found;
}

// A name that no entry uses: the place's own, or another that no short identifier leads to by mistake. A file
// of that name is of a job that was torn off.
Result<std::uint16_t> Pkcs15Card::write_certificate_file(dialect::Files& files, const Contents& contents,
                                                         const profile::Place& place, ByteView der) {
    auto id = static_cast<std::uint16_t>(place.certificate);
    for (int n = 0; n < 4 && p15::refers_to(contents, files, id); ++n)
        id = static_cast<std::uint16_t>(id + 0x20U);
    if (p15::refers_to(contents, files, id)) return fail(card_errc::no_room);
    const auto& conditions = profile_.pkcs15.guarded_conditions;
    ACREDITA_TRY(created, files.create(id, der.size(), conditions));
    if (!created) {
        ACREDITA_CHECK(files.remove(id));
        ACREDITA_TRY(again, files.create(id, der.size(), conditions));
        if (!again) return fail(card_errc::data_refused, to_hex(files.path_of(id)));
    }
    ACREDITA_CHECK(files.fill(der));
    return id;
}

Result<void> Pkcs15Card::store_certificate(Channel& channel, KeyReference reference, ByteView der) {
    ACREDITA_TRY(place, place_of(reference));
    const auto max = profile_.objects.max_certificate;
    if (max != 0 && der.size() > max) return fail(card_errc::object_too_large, std::to_string(der.size()));
    ACREDITA_TRY(parts, read_certificate(der));
    ACREDITA_TRY(key, read_public_key(parts.spki));
    auto card = application(channel);
    dialect::Files files(card, profile_.pkcs15.home);
    seen_.erase(reference);
    ACREDITA_TRY(contents, contents_to_change(files, p15::Lists::certificates));
    const auto* held = key_of(contents, reference);
    // A key that was put here just now is not the one of which the entry that is there was told.
    const bool new_key = keys_.contains(reference);
    const auto id = held != nullptr && !new_key ? held->entry.id : id_of(key);
    const auto label = label_of(parts.common_name);
    ACREDITA_CHECK(put_certificate(files, contents, *place, der, id, label));
    if (new_key) {
        ACREDITA_CHECK(p15::refresh(files, profile_.pkcs15, contents, p15::Lists::private_keys));
        ACREDITA_CHECK(
            list_key(files, contents, reference, private_entry({key.type, key.bits}, id, label, false)));
    }
    contents_ = std::move(contents);
    return {};
}

Result<void> Pkcs15Card::put_certificate(dialect::Files& files, Contents& contents,
                                         const profile::Place& place, ByteView der, const Bytes& id,
                                         const std::string& label) {
    const auto* found = with_id(contents.certificates, id);
    if (found == nullptr) found = certificate_of(files, contents, place.key);
    const auto before = found != nullptr ? std::optional(*found) : std::nullopt;
    if (before) { // the very same, of a job that was torn off?
        ACREDITA_TRY(old, p15::read_certificate(files, before->entry));
        if (equal(old, der) && before->entry.id == id) return {};
    }
    p15::Certificate entry{.common = {.label = label, .modifiable = true}, .id = id};
    entry.path.files = files.path_of(static_cast<std::uint16_t>(place.certificate)); // as long as any other
    if (!before)
        ACREDITA_CHECK(
            p15::check_room(files, contents, p15::Lists::certificates, p15::write_entry(entry).size()));
    ACREDITA_TRY(file, write_certificate_file(files, contents, place, der));
    entry.path.files = files.path_of(file);
    const auto bytes = p15::write_entry(entry);
    if (!before) return p15::add_entry(files, profile_.pkcs15, contents, p15::Lists::certificates, bytes);
    ACREDITA_CHECK(p15::replace_entry(files, contents, before->file, before->entry.common.span, bytes));
    const auto old_file = own_file(files, before->entry.path);
    return old_file ? files.remove(*old_file) : Result<void>{};
}

Result<void> Pkcs15Card::delete_certificate(Channel& channel, KeyReference reference) {
    auto card = application(channel);
    dialect::Files files(card, profile_.pkcs15.home);
    ACREDITA_TRY(slot_there, slot(channel, reference));
    ACREDITA_TRY(contents, contents_to_change(files, p15::Lists::certificates));
    for (const auto& held : contents.certificates) {
        // Of several with one identifier the one that was shown goes.
        ACREDITA_TRY(der, p15::read_certificate(files, held.entry, slot_there.certificate));
        if (der.empty() || der != slot_there.certificate) continue;
        seen_.erase(reference);
        const auto file = own_file(files, held.entry.path);
        ACREDITA_CHECK(p15::replace_entry(files, contents, held.file, held.entry.common.span));
        contents_ = std::move(contents);
        return file ? files.remove(*file) : Result<void>{};
    }
    return {};
}

} // namespace acredita::card
