// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/card/pkcs15_card_parts.hpp"

#include <nettle/sha1.h>

namespace acredita::card::pkcs15_parts {

namespace {

Bytes sha1(ByteView data) {
    sha1_ctx context;
    sha1_init(&context);
    sha1_update(&context, data.size(), data.data());
    Bytes digest(SHA1_DIGEST_SIZE);
    sha1_digest(&context, digest.size(), digest.data());
    return digest;
}

std::uint16_t id_at_end(ByteView path) {
    return static_cast<std::uint16_t>(path[path.size() - 2] << 8U | path.back());
}

} // namespace

Bytes id_of(const PublicKey& key) {
    return sha1(key.type == KeyType::rsa ? ByteView(key.modulus) : ByteView(key.point));
}

const p15::Held<p15::Key>* key_of(const p15::Contents& contents, KeyReference place) {
    const auto found = std::ranges::find_if(contents.private_keys,
                                            [&](const auto& held) { return held.entry.reference == place; });
    return found == contents.private_keys.end() ? nullptr : &*found;
}

std::optional<std::uint16_t> own_file(const dialect::Files& files, const p15::Path& path) {
    const auto whole = p15::resolve(path, files.home());
    if (whole.size() != files.home().size() + 2 ||
        !equal(ByteView(whole).first(files.home().size()), files.home()))
        return std::nullopt;
    return id_at_end(whole);
}

p15::Key private_entry(const Algorithm& algorithm, ByteView id, std::string label, bool made_here) {
    p15::Key entry{.type = algorithm.type, .id = copy(id), .bits = algorithm.bits};
    entry.common = {.label = std::move(label), .is_private = true, .modifiable = true};
    entry.usage = p15::sign | p15::non_repudiation;
    if (algorithm.type == KeyType::rsa) entry.usage |= p15::decrypt | p15::unwrap;
    entry.access = p15::sensitive;
    if (made_here) entry.access |= p15::always_sensitive | p15::never_extractable | p15::local;
    return entry;
}

} // namespace acredita::card::pkcs15_parts
