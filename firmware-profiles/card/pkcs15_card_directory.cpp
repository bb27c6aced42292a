// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the card holds, by its PKCS#15 directory.
#include "firmware-profiles/card/pkcs15_card.hpp"

#include <algorithm>

namespace acredita::card {

namespace p15 = dialect::pkcs15;

namespace {

constexpr KeyReference first_without_key = 0x80;

KeyReference without_key(std::size_t n) { return static_cast<KeyReference>(first_without_key + n); }

bool same_entries(const p15::Contents& a, const p15::Contents& b) {
    return a.present == b.present && std::ranges::all_of(a.files, [&](const p15::DirectoryFile& file) {
               return file.lists == p15::Lists::public_keys ||
                      std::ranges::find(b.files, file) != b.files.end();
           });
}

} // namespace

Result<Pkcs15Card::Contents> Pkcs15Card::read_contents(dialect::Files& files) {
    return p15::read_contents(files, profile_.pkcs15);
}

Result<KeySlot> Pkcs15Card::slot_of(dialect::Files& files, Contents& contents, KeyReference place,
                                    const HeldKey* key, const HeldCertificate* certificate) {
    KeySlot slot{.reference = place, .key_present = key != nullptr ? Known::yes : Known::no};
    if (const auto known = keys_.find(place); known != keys_.end()) slot.key_present = known->second;
    if (key != nullptr) {
        const auto& entry = key->entry;
        if (entry.common.asks_each_time) slot.pin_policy = PinPolicy::always;
        if ((entry.access & p15::local) != 0)
            slot.origin = Origin::generated;
        else if (entry.access != 0)
            slot.origin = Origin::imported;
    }
    if (certificate != nullptr) {
        const auto* before = remembered(place);
        const auto known = before != nullptr ? ByteView(before->certificate) : ByteView();
        ACREDITA_TRY(der, p15::read_certificate(files, certificate->entry, known));
        slot.certificate = std::move(der);
    }
    if (key == nullptr || !slot.certificate.empty()) return slot;
    // Without a certificate only the directory of public keys can say which key it is.
    ACREDITA_CHECK(p15::read_public_keys(files, profile_.pkcs15, contents));
    for (const auto& held : contents.public_keys) {
        if (held.entry.id.empty() || held.entry.id != key->entry.id) continue;
        ACREDITA_TRY(read, p15::read_public_key(files, held.entry));
        if (read) slot.public_key = std::move(*read);
        break;
    }
    return slot;
}

// The files are called after their places; the last five bits tell them apart.
std::optional<KeyReference> Pkcs15Card::place_of_file(const dialect::Files& files,
                                                      const p15::Path& path) const {
    const auto whole = p15::resolve(path, files.home());
    if (whole.size() != files.home().size() + 2) return std::nullopt;
    for (const auto& place : profile_.places) {
        const auto expected = files.path_of(static_cast<std::uint16_t>(place.certificate));
        if (equal(ByteView(whole).first(whole.size() - 1), ByteView(expected).first(whole.size() - 1)) &&
            ((whole.back() ^ expected.back()) & 0x1FU) == 0)
            return place.key;
    }
    return std::nullopt;
}

// Keys with the first certificate of the same identifier that can be read, then certificates without one.
// `only`: no other place than this.
Result<std::vector<KeySlot>> Pkcs15Card::slots_of(dialect::Files& files, Contents& contents,
                                                  std::optional<KeyReference> only) {
    std::vector<KeySlot> slots;
    std::vector<const HeldCertificate*> used;
    std::vector<KeyReference> places;
    const auto fitting = [&](const HeldKey& key) {
        std::vector<const HeldCertificate*> found;
        for (const auto& certificate : contents.certificates)
            if (!key.entry.id.empty() && certificate.entry.id == key.entry.id) found.push_back(&certificate);
        return found;
    };
    // Entries of keys may be read again below, so they are looked at by number.
    for (std::size_t n = 0; n < contents.private_keys.size(); ++n) {
        const auto key = contents.private_keys[n];
        if (!key.entry.reference ||
            profile_.find(static_cast<KeyReference>(*key.entry.reference)) == nullptr ||
            *key.entry.reference > 0xFF)
            continue;
        const auto place = static_cast<KeyReference>(*key.entry.reference);
        const auto certificates = fitting(key);
        used.insert(used.end(), certificates.begin(), certificates.end());
        const bool twice = std::ranges::find(places, place) != places.end();
        places.push_back(place);
        if (twice || (only && *only != place)) continue;
        ACREDITA_TRY(slot,
                     slot_of(files, contents, place, &key, certificates.empty() ? nullptr : certificates[0]));
        for (std::size_t i = 1; i < certificates.size() && slot.certificate.empty(); ++i) {
            ACREDITA_TRY(der, p15::read_certificate(files, certificates[i]->entry));
            slot.certificate = std::move(der);
        }
        slots.push_back(std::move(slot));
    }
    std::size_t lone = 0;
    for (const auto& certificate : contents.certificates) {
        if (std::ranges::find(used, &certificate) != used.end() || lone == 0x80) continue;
        // The file's name tells the place it was written for.
        auto place = place_of_file(files, certificate.entry.path).value_or(without_key(lone));
        if (std::ranges::find(places, place) != places.end()) place = without_key(lone);
        lone += place >= first_without_key ? 1U : 0U;
        places.push_back(place);
        if (only && *only != place) continue;
        ACREDITA_TRY(slot, slot_of(files, contents, place, nullptr, &certificate));
        if (!slot.certificate.empty()) slots.push_back(std::move(slot));
    }
    return slots;
}

Result<std::vector<KeySlot>> Pkcs15Card::directory(Channel& channel) {
    auto card = application(channel);
    dialect::Files files(card, profile_.pkcs15.home);
    ACREDITA_TRY(contents, read_contents(files));
    ACREDITA_TRY(slots, slots_of(files, contents, std::nullopt));
    contents_ = std::move(contents);
    seen_.clear();
    for (const auto& place : profile_.places)
        seen_[place.key] = {.reference = place.key, .key_present = Known::no};
    for (const auto& slot : slots) seen_[slot.reference] = slot;
    // A key that was brought in here and has no certificate yet is in no directory.
    for (const auto& [place, known] : keys_)
        if (known == Known::yes && std::ranges::find(slots, place, &KeySlot::reference) == slots.end())
            slots.push_back({.reference = place, .key_present = known});
    return slots;
}

Result<KeySlot> Pkcs15Card::slot(Channel& channel, KeyReference reference) {
    const auto known = keys_.find(reference);
    const KeySlot empty{.reference = reference,
                        .key_present = known == keys_.end() ? Known::no : known->second};
    auto card = application(channel);
    dialect::Files files(card, profile_.pkcs15.home);
    // Sixteen places are asked for one after the other when a free one is looked for.
    if (!contents_) {
        ACREDITA_TRY(read, read_contents(files));
        contents_ = std::move(read);
    } else {
        ACREDITA_CHECK(files.enter());
    }
    ACREDITA_TRY(slots, slots_of(files, *contents_, reference));
    seen_[reference] = slots.empty() ? empty : slots.front();
    return seen_[reference];
}

Result<std::optional<KeySlot>> Pkcs15Card::recall(Channel& channel, KeyReference reference) {
    const auto* before = remembered(reference);
    if (before == nullptr) return std::nullopt;
    ACREDITA_TRY(now, slot(channel, reference));
    if (now.certificate != before->certificate) return std::nullopt;
    return now;
}

std::vector<KeyReference> Pkcs15Card::seen() const {
    std::vector<KeyReference> places;
    for (const auto& [place, slot] : seen_) places.push_back(place);
    return places;
}

Result<bool> Pkcs15Card::unchanged(Channel& channel, KeyReference reference) {
    const auto before = seen_.find(reference);
    if (before == seen_.end() || !contents_) return false;
    auto card = application(channel);
    dialect::Files files(card, profile_.pkcs15.home);
    ACREDITA_TRY(now, read_contents(files));
    const bool same = same_entries(now, *contents_);
    contents_ = std::move(now);
    if (!same) return false;
    const auto known = before->second.certificate;
    if (known.empty()) return true;
    remembered_.push_back(before->second); // the first bytes decide
    ACREDITA_TRY(slots, slots_of(files, *contents_, reference));
    remembered_.pop_back();
    return !slots.empty() && slots.front().certificate == known;
}

} // namespace acredita::card
