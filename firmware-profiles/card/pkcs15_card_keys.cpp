// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The card's keys, brought in, made, removed, and what its directory says of them. The order is that of
// pkcs15_card_write.cpp.
#include "firmware-profiles/card/pkcs15_card_parts.hpp"
#include "firmware-profiles/dialect/pkcs15_write.hpp"
#include "firmware-profiles/dialect/public_key.hpp"
#include "pcsc/base/tlv.hpp"

namespace acredita::card {

namespace p15 = dialect::pkcs15;
using namespace pkcs15_parts;

namespace {

// Two for each of the short identifiers that no file can have.
std::uint16_t public_key_file(const profile::Pkcs15Table& table, KeyReference place) {
    return static_cast<std::uint16_t>(table.public_key_files + place / 2U * 0x20U + place % 2U * 0x1FU);
}

// RSAPublicKey (RFC 8017 A.1.1), and SubjectPublicKeyInfo of an EC key: what OpenSC keeps.
Bytes public_value(const PublicKey& key) {
    if (key.type == KeyType::ec) return write_public_key(key);
    const auto number = [](ByteView value) {
        Bytes padded(value.empty() || (value.front() & 0x80U) != 0 ? 1U : 0U, std::uint8_t{0});
        append(padded, value);
        return make_tlv(0x02, padded);
    };
    return make_tlv(0x30, concat({number(key.modulus), number(key.exponent)}));
}

// Of the key that is listed in this place.
bool has_certificate(const p15::Contents& contents, KeyReference place) {
    const auto* key = key_of(contents, place);
    return key != nullptr && with_id(contents.certificates, key->entry.id) != nullptr;
}

} // namespace

// In the place of the entry that is there, or behind the others.
Result<void> Pkcs15Card::list_key(dialect::Files& files, Contents& contents, KeyReference place,
                                  p15::Key entry) {
    entry.reference = place;
    entry.path.files = copy(profile_.pkcs15.home);
    // The card has one PIN; by which name its directory calls it the others' entries tell.
    entry.common.auth_id = copy(profile_.pkcs15.pin_id);
    for (const auto& other : contents.private_keys)
        if (!other.entry.common.auth_id.empty()) entry.common.auth_id = other.entry.common.auth_id;
    const auto bytes = p15::write_private_key(entry);
    const auto* held = key_of(contents, place);
    ACREDITA_CHECK(held == nullptr
                       ? p15::add_entry(files, profile_.pkcs15, contents, p15::Lists::private_keys, bytes)
                       : p15::replace_entry(files, contents, held->file, held->entry.common.span, bytes));
    keys_.erase(place); // the directory tells
    return {};
}

// The key's entry bears the identifier of its certificate. A key that comes first is listed by itself, with
// its public half in a file, so that whoever brings the certificate later finds it; only where nobody can
// tell the public half (EC) does the certificate make the entry.
Result<void> Pkcs15Card::import_key(Channel& channel, KeyReference place, const PrivateKey& key, PinPolicy) {
    ACREDITA_CHECK(place_of(place));
    auto card = application(channel);
    dialect::Keys keys(card, environment_);
    dialect::Files files(card, profile_.pkcs15.home);
    seen_.erase(place);
    ACREDITA_CHECK(keys.import_key(place, key));
    keys_[place] = Known::yes;
    ACREDITA_TRY(contents, contents_to_change(files, p15::Lists::private_keys));
    const auto* certificate = certificate_of(files, contents, place);
    if (certificate != nullptr) {
        const auto entry = private_entry({key.type, key.bits}, certificate->entry.id,
                                         certificate->entry.common.label, false);
        ACREDITA_CHECK(list_key(files, contents, place, entry));
    } else if (const auto half = dialect::public_half(key); half && !has_certificate(contents, place)) {
        const auto listed = list_alone(files, contents, place, *half, false);
        // The certificate, which takes less room, may still come in this session.
        if (!listed && !is(listed.error(), card_errc::no_room)) return listed;
    }
    contents_ = std::move(contents);
    return {};
}

Result<void> Pkcs15Card::write_public_key(dialect::Files& files, Contents& contents, KeyReference place,
                                          const PublicKey& key) {
    ACREDITA_CHECK(p15::read_public_keys(files, profile_.pkcs15, contents));
    const auto file = public_key_file(profile_.pkcs15, place);
    const auto value = public_value(key);
    // The place's own file, whose entry, if there is one, is of the key that was there before.
    const auto old = std::ranges::find_if(contents.public_keys, [&](const auto& held) {
        return own_file(files, held.entry.path) == std::optional(file);
    });
    if (old != contents.public_keys.end()) {
        ACREDITA_CHECK(p15::replace_entry(files, contents, old->file, old->entry.common.span));
        ACREDITA_CHECK(files.remove(file));
    }
    ACREDITA_TRY(created, files.create(file, value.size(), profile_.pkcs15.guarded_conditions));
    if (!created) {
        ACREDITA_CHECK(files.remove(file));
        ACREDITA_TRY(again, files.create(file, value.size(), profile_.pkcs15.guarded_conditions));
        if (!again) return fail(card_errc::data_refused, to_hex(files.path_of(file)));
    }
    ACREDITA_CHECK(files.fill(value));
    p15::Key entry{
        .type = key.type, .id = id_of(key), .usage = p15::verify, .reference = place, .bits = key.bits};
    entry.common = {.label = "Key " + to_hex(Bytes{place}), .modifiable = true};
    if (key.type == KeyType::rsa) entry.usage |= p15::encrypt;
    entry.path.files = files.path_of(file);
    return p15::add_entry(files, profile_.pkcs15, contents, p15::Lists::public_keys,
                          p15::write_public_key(entry));
}

// The card never tells the public half again.
Result<void> Pkcs15Card::list_alone(dialect::Files& files, Contents& contents, KeyReference place,
                                    const PublicKey& half, bool made_here) {
    ACREDITA_CHECK(write_public_key(files, contents, place, half));
    return list_key(
        files, contents, place,
        private_entry({half.type, half.bits}, id_of(half), "Key " + to_hex(Bytes{place}), made_here));
}

Result<PublicKey> Pkcs15Card::generate_key(Channel& channel, KeyReference reference,
                                           const Algorithm& algorithm, PinPolicy) {
    ACREDITA_CHECK(place_of(reference));
    auto card = application(channel);
    dialect::Files files(card, profile_.pkcs15.home);
    dialect::Keys keys(card, environment_);
    ACREDITA_CHECK(keys.algorithm_id(algorithm, dialect::Keys::Use::generate));
    seen_.erase(reference);
    // A card without a directory is told apart first.
    ACREDITA_TRY(contents, contents_to_change(files, p15::Lists::private_keys));
    ACREDITA_TRY(key, keys.generate_key(reference, algorithm));
    keys_[reference] = Known::yes;
    ACREDITA_CHECK(list_alone(files, contents, reference, key, true));
    contents_ = std::move(contents);
    return std::move(key);
}

Result<void> Pkcs15Card::drop_public_key(dialect::Files& files, Contents& contents, ByteView id) {
    ACREDITA_CHECK(p15::read_public_keys(files, profile_.pkcs15, contents));
    const auto* held = with_id(contents.public_keys, id);
    if (held == nullptr) return {};
    const auto file = own_file(files, held->entry.path);
    ACREDITA_CHECK(p15::replace_entry(files, contents, held->file, held->entry.common.span));
    return file ? files.remove(*file) : Result<void>{};
}

// The key first: what is listed and does not work is seen, what works and is not listed is not.
Result<void> Pkcs15Card::delete_key(Channel& channel, KeyReference reference) {
    ACREDITA_CHECK(place_of(reference));
    auto card = application(channel);
    dialect::Files files(card, profile_.pkcs15.home);
    dialect::Keys keys(card, environment_);
    seen_.erase(reference);
    ACREDITA_TRY(contents, contents_to_change(files, p15::Lists::private_keys));
    ACREDITA_CHECK(keys.overwrite_key(reference));
    keys_.erase(reference);
    const auto* held = key_of(contents, reference);
    if (held == nullptr) return {};
    const auto id = held->entry.id;
    ACREDITA_CHECK(p15::replace_entry(files, contents, held->file, held->entry.common.span));
    ACREDITA_CHECK(drop_public_key(files, contents, id));
    contents_ = std::move(contents);
    return {};
}

} // namespace acredita::card
