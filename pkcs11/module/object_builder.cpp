// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/card/card.hpp"
#include "pcsc/base/tlv.hpp"
#include "pkcs11/module/label.hpp"
#include "pkcs11/module/object.hpp"

#include <algorithm>

namespace acredita::module {

namespace {

Attributes storage(CK_OBJECT_CLASS kind, const std::string& label, bool is_private) {
    Attributes all;
    all.set(CKA_CLASS, kind)
        .set(CKA_LABEL, label)
        .set_bool(CKA_TOKEN, true)
        .set_bool(CKA_PRIVATE, is_private);
    all.set_bool(CKA_MODIFIABLE, true).set_bool(CKA_COPYABLE, true).set_bool(CKA_DESTROYABLE, true);
    return all;
}

void set_date(Attributes& all, CK_ATTRIBUTE_TYPE type, const std::string& time) {
    all.set(type, std::string_view(time).substr(0, time.size() >= 8 ? 8 : 0));
}

Object certificate(const card::KeySlot& slot, const card::CertificateParts& parts, const Bytes& id,
                   const std::string& label) {
    auto all = storage(CKO_CERTIFICATE, label, false);
    all.set(CKA_CERTIFICATE_TYPE, CKC_X_509).set_bool(CKA_TRUSTED, false).set(CKA_VALUE, slot.certificate);
    // A certificate with its key beside it is its holder's, even if it may sign others.
    const bool authority = parts.authority && slot.key_present == card::Known::no;
    all.set(CKA_CERTIFICATE_CATEGORY,
            authority ? CK_CERTIFICATE_CATEGORY_AUTHORITY : CK_CERTIFICATE_CATEGORY_TOKEN_USER);
    all.set(CKA_SUBJECT, parts.subject).set(CKA_ISSUER, parts.issuer).set(CKA_SERIAL_NUMBER, parts.serial);
    all.set(CKA_ID, id).set(CKA_PUBLIC_KEY_INFO, parts.spki);
    all.set(CKA_CHECK_VALUE, ByteView(digest(Hash::sha1, slot.certificate)).first(3));
    set_date(all, CKA_START_DATE, parts.not_before);
    set_date(all, CKA_END_DATE, parts.not_after);
    all.set(CKA_URL, std::string_view{}).set(CKA_HASH_OF_SUBJECT_PUBLIC_KEY, std::string_view{});
    all.set(CKA_HASH_OF_ISSUER_PUBLIC_KEY, std::string_view{})
        .set(CKA_JAVA_MIDP_SECURITY_DOMAIN, CK_ULONG{0});
    all.set(CKA_NAME_HASH_ALGORITHM, CK_ULONG{CKM_SHA_1});
    return {CKO_CERTIFICATE, slot.reference, {}, slot.pin_policy, std::move(all)};
}

// Every mechanism of the card in which a key of this type and usage has a part.
void set_allowed_mechanisms(Attributes& all, card::KeyType type, const Abilities& abilities,
                            std::initializer_list<std::pair<CK_ATTRIBUTE_TYPE, CK_FLAGS>> usages) {
    Bytes allowed;
    for (const auto& mechanism : mechanisms()) {
        if (mechanism.scheme == Scheme::digest || mechanism.scheme == Scheme::generate ||
            mechanism.key != type || !available(mechanism, abilities))
            continue;
        const auto flags = mechanism_info(mechanism, abilities).flags;
        for (const auto& [usage, flag] : usages) {
            if (!all.is_true(usage) || (flags & flag) == 0) continue;
            const auto* bytes = reinterpret_cast<const std::uint8_t*>(&mechanism.type);
            append(allowed, {bytes, sizeof mechanism.type});
            break;
        }
    }
    all.set(CKA_ALLOWED_MECHANISMS, allowed);
}

// What public and private half share.
void add_key(Attributes& all, const card::PublicKey& key, const Bytes& id, ByteView subject,
             card::Origin origin) {
    const bool rsa = key.type == card::KeyType::rsa;
    all.set(CKA_KEY_TYPE, rsa ? CK_ULONG{CKK_RSA} : CK_ULONG{CKK_EC})
        .set(CKA_ID, id)
        .set(CKA_SUBJECT, subject);
    all.set_bool(CKA_LOCAL, origin == card::Origin::generated);
    all.set(CKA_KEY_GEN_MECHANISM, origin != card::Origin::generated ? unavailable
                                   : rsa                             ? CK_ULONG{CKM_RSA_PKCS_KEY_PAIR_GEN}
                                                                     : CK_ULONG{CKM_EC_KEY_PAIR_GEN});
    all.set(CKA_START_DATE, std::string_view{}).set(CKA_END_DATE, std::string_view{});
    all.set(CKA_PUBLIC_KEY_INFO, card::write_public_key(key));
    if (rsa) {
        all.set(CKA_MODULUS, key.modulus)
            .set(CKA_PUBLIC_EXPONENT, key.exponent)
            .set(CKA_MODULUS_BITS, CK_ULONG{key.bits});
    } else {
        all.set(CKA_EC_PARAMS, key.curve_oid).set(CKA_EC_POINT, make_tlv(0x04, key.point));
    }
}

bool signs(const card::PublicKey& key, const Abilities& abilities) {
    return key.type == card::KeyType::rsa ? abilities.rsa_raw || abilities.rsa_pkcs1 || abilities.rsa_pss
                                          : abilities.ecdsa || abilities.ecdsa_sha1;
}

// C_DeriveKey has no place for a PIN of its own, which a key that asks each time would want.
bool derives(const card::KeySlot& slot, const card::PublicKey& key, const Abilities& abilities) {
    return key.type == card::KeyType::ec && abilities.ecdh && slot.pin_policy != card::PinPolicy::always;
}

bool decrypts(const Abilities& abilities) { return abilities.rsa_raw || abilities.rsa_decrypt; }

Object public_key(const card::KeySlot& slot, const card::PublicKey& key, const Bytes& id, ByteView subject,
                  const std::string& label, const Abilities& abilities) {
    auto all = storage(CKO_PUBLIC_KEY, label, false);
    add_key(all, key, id, subject, slot.origin);
    const bool rsa = key.type == card::KeyType::rsa;
    all.set_bool(CKA_VERIFY, signs(key, abilities))
        .set_bool(CKA_ENCRYPT, rsa && decrypts(abilities))
        .set_bool(CKA_WRAP, false);
    all.set_bool(CKA_VERIFY_RECOVER, rsa && signs(key, abilities))
        .set_bool(CKA_DERIVE, derives(slot, key, abilities))
        .set_bool(CKA_TRUSTED, false)
        .set_bool(CKA_DESTROYABLE, false); // it ends with the private key, or with the certificate
    set_allowed_mechanisms(all, key.type, abilities,
                           {{CKA_VERIFY, CKF_VERIFY},
                            {CKA_VERIFY_RECOVER, CKF_VERIFY_RECOVER},
                            {CKA_ENCRYPT, CKF_ENCRYPT},
                            {CKA_DERIVE, CKF_DERIVE}});
    return {CKO_PUBLIC_KEY, slot.reference, key, slot.pin_policy, std::move(all)};
}

Object private_key(const card::KeySlot& slot, const card::PublicKey& key, const Bytes& id, ByteView subject,
                   const std::string& label, const Abilities& abilities) {
    const bool rsa = key.type == card::KeyType::rsa;
    const bool always = slot.pin_policy == card::PinPolicy::always;
    const bool generated = slot.origin == card::Origin::generated;
    auto all = storage(CKO_PRIVATE_KEY, label, slot.pin_policy != card::PinPolicy::never);
    add_key(all, key, id, subject, slot.origin);
    all.set_bool(CKA_SENSITIVE, true)
        .set_bool(CKA_EXTRACTABLE, false)
        .set_bool(CKA_ALWAYS_AUTHENTICATE, always);
    // Only a key that was made on the card is known to have been nowhere else.
    all.set_bool(CKA_ALWAYS_SENSITIVE, generated).set_bool(CKA_NEVER_EXTRACTABLE, generated);
    all.set_bool(CKA_SIGN, signs(key, abilities))
        .set_bool(CKA_DECRYPT, rsa && decrypts(abilities))
        .set_bool(CKA_UNWRAP, false);
    all.set_bool(CKA_SIGN_RECOVER, rsa && signs(key, abilities))
        .set_bool(CKA_DERIVE, derives(slot, key, abilities));
    all.set_bool(CKA_WRAP_WITH_TRUSTED, false).set_bool(CKA_COPYABLE, false);
    set_allowed_mechanisms(all, key.type, abilities,
                           {{CKA_SIGN, CKF_SIGN},
                            {CKA_SIGN_RECOVER, CKF_SIGN_RECOVER},
                            {CKA_DECRYPT, CKF_DECRYPT},
                            {CKA_DERIVE, CKF_DERIVE}});
    if (rsa) {
        for (const CK_ATTRIBUTE_TYPE part : {CKA_PRIVATE_EXPONENT, CKA_PRIME_1, CKA_PRIME_2, CKA_EXPONENT_1,
                                             CKA_EXPONENT_2, CKA_COEFFICIENT})
            all.set_sensitive(part);
    } else {
        all.set_sensitive(CKA_VALUE);
    }
    if (slot.origin != card::Origin::unknown) // the card's metadata spoke
        all.set(CKA_ACREDITA_ORIGIN, generated ? ACREDITA_ORIGIN_GENERATED : ACREDITA_ORIGIN_IMPORTED)
            .set(CKA_ACREDITA_PIN_POLICY, slot.pin_policy == card::PinPolicy::never
                                              ? ACREDITA_PIN_POLICY_NEVER
                                          : always ? ACREDITA_PIN_POLICY_ALWAYS
                                                   : ACREDITA_PIN_POLICY_ONCE);
    return {CKO_PRIVATE_KEY, slot.reference, key, slot.pin_policy, std::move(all)};
}

} // namespace

Bytes key_id(const card::PublicKey& key) {
    return digest(Hash::sha1, key.type == card::KeyType::rsa ? ByteView(key.modulus) : ByteView(key.point));
}

bool Object::same_as(const Object& other) const noexcept {
    const auto equals = [&](CK_ATTRIBUTE_TYPE type) {
        const auto* mine = attributes.find(type);
        const auto* theirs = other.attributes.find(type);
        return mine == theirs || (mine != nullptr && theirs != nullptr && *mine == *theirs);
    };
    return kind == other.kind && place == other.place && key == other.key && equals(CKA_VALUE);
}

std::optional<ByteView> Object::value(CK_ATTRIBUTE_TYPE type) const noexcept {
    if (kind == CKO_SECRET_KEY && type == CKA_VALUE && !sensitive(type)) return ByteView(secret);
    const auto* held = attributes.find(type);
    return held == nullptr ? std::nullopt : std::optional<ByteView>(*held);
}

bool Object::sensitive(CK_ATTRIBUTE_TYPE type) const noexcept {
    if (kind == CKO_SECRET_KEY && type == CKA_VALUE)
        return attributes.is_true(CKA_SENSITIVE) || !attributes.is_true(CKA_EXTRACTABLE);
    return attributes.sensitive(type);
}

std::vector<Object> build_objects(const card::KeySlot& slot, const Abilities& abilities) {
    std::vector<Object> objects;
    const Bytes place{slot.reference};
    std::string label = "Key " + to_hex(place);
    ByteView subject;
    auto key = slot.public_key;
    std::optional<card::CertificateParts> parts;
    if (!slot.certificate.empty())
        if (auto read = card::read_certificate(slot.certificate)) parts = std::move(*read);
    if (parts) {
        subject = parts->subject;
        label = certificate_label(parts->common_name, parts->not_after, "Certificate " + to_hex(place));
        auto certified = card::read_public_key(parts->spki);
        const auto id = certified ? key_id(*certified) : digest(Hash::sha1, slot.certificate);
        objects.push_back(certificate(slot, *parts, id, label));
        if (!key && certified) key = std::move(*certified);
    }
    if (key && slot.key_present != card::Known::no) {
        const auto id = key_id(*key);
        objects.push_back(public_key(slot, *key, id, subject, label, abilities));
        objects.push_back(private_key(slot, *key, id, subject, label, abilities));
    }
    for (auto& object : objects) object.attributes.set(CKA_ACREDITA_PLACE, place);
    return objects;
}

Object build_profile_object() {
    auto all = storage(CKO_PROFILE, "Public Certificates Token", false);
    all.set(CKA_PROFILE_ID, CKP_PUBLIC_CERTIFICATES_TOKEN).set_bool(CKA_DESTROYABLE, false);
    all.set_bool(CKA_MODIFIABLE, false).set_bool(CKA_COPYABLE, false);
    return {CKO_PROFILE, {}, {}, card::PinPolicy::once, std::move(all)};
}

Object build_card_object(std::string_view reader, std::string_view profile) {
    auto all = storage(CKO_ACREDITA_CARD, "Acredita card", false);
    all.set_bool(CKA_MODIFIABLE, false).set_bool(CKA_COPYABLE, false).set_bool(CKA_DESTROYABLE, false);
    all.set(CKA_ACREDITA_READER, reader).set(CKA_ACREDITA_PROFILE, profile);
    return {CKO_ACREDITA_CARD, {}, {}, card::PinPolicy::once, std::move(all)};
}

} // namespace acredita::module
