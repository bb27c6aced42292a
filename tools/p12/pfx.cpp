// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/pfx.hpp"

#include "tools/p12/algorithms.hpp"
#include "tools/p12/ber.hpp"
#include "tools/p12/errc.hpp"
#include "tools/p12/mac.hpp"

namespace acredita::p12 {

namespace {

constexpr std::size_t most_safes = 64;

// The octets of an EncryptedContentInfo: [0] IMPLICIT, primitive, or constructed of OCTET STRINGs in BER.
Result<ZeroingBytes> implicit_octets(Der& from) {
    ACREDITA_TRY(element, from.any("encrypted content"));
    if (element.tag == tag::context0_primitive)
        return ZeroingBytes(element.value.begin(), element.value.end());
    if (element.tag != tag::context0) return fail(p12_errc::damaged, "encrypted content");
    ZeroingBytes joined;
    Der pieces(element.value);
    while (!pieces.at_end()) {
        ACREDITA_TRY(piece, pieces.take(tag::octets, "encrypted content"));
        joined.insert(joined.end(), piece.begin(), piece.end());
    }
    return joined;
}

Result<Safe> parse_encrypted(ByteView content) {
    Der wrapped(content);
    ACREDITA_TRY(encrypted, wrapped.take(tag::sequence, "EncryptedData"));
    Der data(encrypted);
    ACREDITA_TRY(version, take_number(data, "EncryptedData version"));
    (void)version;
    ACREDITA_TRY(inner, data.take(tag::sequence, "EncryptedContentInfo"));
    Der info(inner);
    ACREDITA_TRY(type, take_oid(info, "encrypted content type"));
    if (type != oid::data) return fail(p12_errc::damaged, "encrypted content type");
    ACREDITA_TRY(algorithm, take_algorithm(info, "content encryption algorithm"));
    ACREDITA_TRY(ciphertext, implicit_octets(info));
    return Safe{std::move(algorithm), std::move(ciphertext)};
}

Result<Safe> parse_safe(ByteView content_info) {
    Der info(content_info);
    ACREDITA_TRY(type, take_oid(info, "safe's content type"));
    if (type == oid::enveloped_data) return fail(p12_errc::public_key_protected, "EnvelopedData");
    ACREDITA_TRY(content, info.take(tag::context0, "safe's content"));
    if (type == oid::encrypted_data) return parse_encrypted(content);
    if (type != oid::data) return fail(p12_errc::damaged, "safe's content type");
    Der wrapped(content);
    ACREDITA_TRY(octets, wrapped.take(tag::octets, "safe's content"));
    // Whatever cuts short inside of a complete string is damage, not a copy that ended early.
    auto plain = to_definite(octets);
    if (!plain) return fail(p12_errc::damaged, "SafeContents: " + plain.error().detail);
    return Safe{std::nullopt, std::move(plain->der)};
}

Result<void> parse_safes(Pfx& pfx) {
    auto contents = to_definite(pfx.authenticated);
    if (!contents) return fail(p12_errc::damaged, "AuthenticatedSafe: " + contents.error().detail);
    pfx.rewritten = pfx.rewritten || contents->rewritten;
    pfx.contents = std::move(contents->der);
    Der outer(pfx.contents);
    ACREDITA_TRY(list, outer.take(tag::sequence, "AuthenticatedSafe"));
    Der safes(list);
    while (!safes.at_end()) {
        if (pfx.safes.size() == most_safes) return fail(p12_errc::damaged, "too many safes");
        ACREDITA_TRY(info, safes.take(tag::sequence, "safe"));
        ACREDITA_TRY(safe, parse_safe(info));
        pfx.safes.push_back(std::move(safe));
    }
    return {};
}

} // namespace

Result<Pfx> parse_pfx(ByteView file) {
    Pfx pfx;
    ACREDITA_TRY(definite, to_definite(file));
    pfx.trailing = file.size() - definite.consumed;
    pfx.rewritten = definite.rewritten;
    pfx.der = std::move(definite.der);

    Der whole(pfx.der);
    ACREDITA_TRY(inside, whole.take(tag::sequence, "PFX"));
    Der parts(inside);
    ACREDITA_TRY(version, take_number(parts, "PFX version"));
    if (version != 3) return fail(p12_errc::damaged, "PFX version");
    ACREDITA_TRY(content_info, parts.take(tag::sequence, "authSafe"));
    Der authsafe(content_info);
    ACREDITA_TRY(type, take_oid(authsafe, "authSafe type"));
    if (type == oid::signed_data) return fail(p12_errc::public_key_protected, "SignedData");
    if (type != oid::data) return fail(p12_errc::damaged, "authSafe type");
    ACREDITA_TRY(content, authsafe.take(tag::context0, "authSafe content"));
    Der wrapped(content);
    ACREDITA_TRY(octets, wrapped.take(tag::octets, "authSafe content"));
    pfx.authenticated = octets;
    // The contents first: a damaged file is not called one with an unknown algorithm.
    ACREDITA_CHECK(parse_safes(pfx));
    if (!parts.at_end()) {
        ACREDITA_TRY(mac_data, parts.take(tag::sequence, "MacData"));
        ACREDITA_TRY(mac, parse_mac(mac_data));
        pfx.mac = std::move(mac);
    }
    return pfx;
}

} // namespace acredita::p12
