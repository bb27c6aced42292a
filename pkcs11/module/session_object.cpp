// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/session_object.hpp"

#include "firmware-profiles/card/card.hpp"
#include "pkcs11/module/ec_public.hpp"
#include "pkcs11/module/key_template.hpp"

#include <algorithm>

namespace acredita::module {

namespace {

// What an attribute is in objects of one class.
enum class Form : std::uint8_t { bytes, boolean, number };
enum class Change : std::uint8_t { never, in_copies, anytime, once_true, once_false };

struct Row {
    CK_ATTRIBUTE_TYPE type;
    Form form;
    Change change;
};

using enum Form;
using enum Change;

constexpr Row common[] = {
    {CKA_CLASS, number, never},          {CKA_TOKEN, boolean, in_copies},
    {CKA_PRIVATE, boolean, in_copies},   {CKA_MODIFIABLE, boolean, in_copies},
    {CKA_COPYABLE, boolean, once_false}, {CKA_DESTROYABLE, boolean, in_copies},
    {CKA_LABEL, bytes, anytime},
};
constexpr Row data[] = {
    {CKA_APPLICATION, bytes, anytime},
    {CKA_OBJECT_ID, bytes, anytime},
    {CKA_VALUE, bytes, anytime},
};
constexpr Row certificate[] = {
    {CKA_CERTIFICATE_TYPE, number, never},
    {CKA_VALUE, bytes, never},
    {CKA_ID, bytes, anytime},
    {CKA_SUBJECT, bytes, never},
    {CKA_ISSUER, bytes, anytime},
    {CKA_SERIAL_NUMBER, bytes, anytime},
    {CKA_TRUSTED, boolean, never},
    {CKA_CERTIFICATE_CATEGORY, number, never},
    {CKA_START_DATE, bytes, never},
    {CKA_END_DATE, bytes, never},
    {CKA_CHECK_VALUE, bytes, never},
    {CKA_URL, bytes, never},
    {CKA_PUBLIC_KEY_INFO, bytes, never},
    {CKA_HASH_OF_SUBJECT_PUBLIC_KEY, bytes, never},
    {CKA_HASH_OF_ISSUER_PUBLIC_KEY, bytes, never},
};
constexpr Row key[] = {
    {CKA_KEY_TYPE, number, never},
    {CKA_ID, bytes, anytime},
    {CKA_SUBJECT, bytes, anytime},
    {CKA_START_DATE, bytes, anytime},
    {CKA_END_DATE, bytes, anytime},
    {CKA_DERIVE, boolean, anytime},
    {CKA_ENCRYPT, boolean, anytime},
    {CKA_VERIFY, boolean, anytime},
    {CKA_VERIFY_RECOVER, boolean, anytime},
    {CKA_WRAP, boolean, anytime},
    {CKA_DECRYPT, boolean, anytime},
    {CKA_SIGN, boolean, anytime},
    {CKA_UNWRAP, boolean, anytime},
    {CKA_TRUSTED, boolean, never},
    {CKA_LOCAL, boolean, never},
    {CKA_MODULUS, bytes, never},
    {CKA_PUBLIC_EXPONENT, bytes, never},
    {CKA_MODULUS_BITS, number, never},
    {CKA_EC_PARAMS, bytes, never},
    {CKA_EC_POINT, bytes, never},
    {CKA_PUBLIC_KEY_INFO, bytes, never},
    {CKA_SENSITIVE, boolean, once_true},
    {CKA_EXTRACTABLE, boolean, once_false},
    {CKA_VALUE, bytes, never},
    {CKA_VALUE_LEN, number, never},
    {CKA_ALLOWED_MECHANISMS, bytes, never},
    {CKA_KEY_GEN_MECHANISM, number, never},
    {CKA_SIGN_RECOVER, boolean, never},
    {CKA_ALWAYS_SENSITIVE, boolean, never},
    {CKA_NEVER_EXTRACTABLE, boolean, never},
    {CKA_ALWAYS_AUTHENTICATE, boolean, never},
    {CKA_WRAP_WITH_TRUSTED, boolean, never},
};

const Row* row_of(CK_OBJECT_CLASS kind, CK_ATTRIBUTE_TYPE type) {
    const std::span<const Row> own = kind == CKO_DATA          ? std::span<const Row>(data)
                                     : kind == CKO_CERTIFICATE ? std::span<const Row>(certificate)
                                                               : std::span<const Row>(key);
    for (const auto rows : {std::span<const Row>(common), own})
        for (const auto& row : rows)
            if (row.type == type) return &row;
    return nullptr;
}

bool has_form(const CK_ATTRIBUTE& item, Form form) {
    if (form == boolean) return item.ulValueLen == sizeof(CK_BBOOL);
    return form != number || item.ulValueLen == sizeof(CK_ULONG);
}

ByteView value_of(const CK_ATTRIBUTE& item) {
    return {static_cast<const CK_BYTE*>(item.pValue), item.ulValueLen};
}

// The template's attributes as they are, each one that the class has, none twice.
Result<void> take_all(Object& object, const Template& given) {
    for (const auto& item : given.items()) {
        const auto* row = row_of(object.kind, item.type);
        if (row == nullptr) return fail(CKR_ATTRIBUTE_TYPE_INVALID);
        if (!has_form(item, row->form)) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
        if (!equal(*given.find(item.type), value_of(item))) return fail(CKR_TEMPLATE_INCONSISTENT);
        if (object.kind != CKO_SECRET_KEY || item.type != CKA_VALUE)
            object.attributes.set(item.type, value_of(item));
    }
    return {};
}

Object empty_object(CK_OBJECT_CLASS kind) {
    Object object{.kind = kind};
    object.attributes.set(CKA_CLASS, kind).set(CKA_LABEL, ByteView{});
    object.attributes.set_bool(CKA_TOKEN, false).set_bool(CKA_PRIVATE, false).set_bool(CKA_MODIFIABLE, true);
    object.attributes.set_bool(CKA_COPYABLE, true).set_bool(CKA_DESTROYABLE, true);
    return object;
}

Result<Object> read_data(const Template& given) {
    auto object = empty_object(CKO_DATA);
    object.attributes.set(CKA_APPLICATION, ByteView{})
        .set(CKA_OBJECT_ID, ByteView{})
        .set(CKA_VALUE, ByteView{});
    ACREDITA_CHECK(take_all(object, given));
    return object;
}

Result<Object> read_certificate_object(const Template& given) {
    const auto value = given.find(CKA_VALUE);
    if (!value || value->empty() || !given.find(CKA_CERTIFICATE_TYPE)) return fail(CKR_TEMPLATE_INCOMPLETE);
    if (given.find_ulong(CKA_CERTIFICATE_TYPE) != CKC_X_509) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    if (given.find_bool(CKA_TRUSTED).value_or(false)) return fail(CKR_ATTRIBUTE_READ_ONLY);
    const auto parts = card::read_certificate(*value);
    if (!parts) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    auto object = empty_object(CKO_CERTIFICATE);
    object.attributes.set(CKA_SUBJECT, parts->subject).set(CKA_ISSUER, parts->issuer);
    object.attributes.set(CKA_SERIAL_NUMBER, parts->serial).set(CKA_PUBLIC_KEY_INFO, parts->spki);
    object.attributes.set(CKA_ID, ByteView{}).set_bool(CKA_TRUSTED, false);
    object.attributes.set(CKA_CERTIFICATE_CATEGORY, CK_ULONG{0}); // unspecified
    ACREDITA_CHECK(take_all(object, given));
    return object;
}

Result<Object> read_public_key_object(const Template& given, const Abilities& abilities) {
    ACREDITA_TRY(read, read_public_key_template(given));
    const bool rsa = read.type == card::KeyType::rsa;
    auto object = empty_object(CKO_PUBLIC_KEY);
    auto& all = object.attributes;
    all.set(CKA_ID, ByteView{}).set(CKA_SUBJECT, ByteView{}).set_bool(CKA_LOCAL, false);
    all.set(CKA_START_DATE, ByteView{}).set(CKA_END_DATE, ByteView{}).set_bool(CKA_TRUSTED, false);
    all.set_bool(CKA_VERIFY, true).set_bool(CKA_VERIFY_RECOVER, rsa).set_bool(CKA_WRAP, false);
    all.set_bool(CKA_ENCRYPT, rsa && abilities.rsa_raw).set_bool(CKA_DERIVE, false);
    all.set(CKA_KEY_GEN_MECHANISM, unavailable).set(CKA_PUBLIC_KEY_INFO, card::write_public_key(read));
    if (rsa) all.set(CKA_MODULUS_BITS, CK_ULONG{read.bits});
    ACREDITA_CHECK(take_all(object, given));
    if (rsa) all.set(CKA_MODULUS, read.modulus).set(CKA_PUBLIC_EXPONENT, read.exponent);
    object.key = std::move(read);
    return object;
}

Result<Object> read_secret(const Template& given, ByteView value) {
    const auto type = given.find_ulong(CKA_KEY_TYPE).value_or(CKK_GENERIC_SECRET);
    if (given.find(CKA_CLASS) && given.find_ulong(CKA_CLASS) != CKO_SECRET_KEY)
        return fail(CKR_TEMPLATE_INCONSISTENT);
    if (type != CKK_GENERIC_SECRET && type != CKK_AES) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    if (given.find_bool(CKA_TOKEN).value_or(false)) return fail(CKR_TEMPLATE_INCONSISTENT);
    auto object = empty_object(CKO_SECRET_KEY);
    auto& all = object.attributes;
    all.set(CKA_KEY_TYPE, CK_ULONG{type}).set(CKA_ID, ByteView{}).set_bool(CKA_LOCAL, false);
    all.set(CKA_START_DATE, ByteView{}).set(CKA_END_DATE, ByteView{});
    all.set_bool(CKA_SENSITIVE, false).set_bool(CKA_EXTRACTABLE, true).set_bool(CKA_DERIVE, false);
    for (const CK_ATTRIBUTE_TYPE usage :
         {CKA_ENCRYPT, CKA_DECRYPT, CKA_SIGN, CKA_VERIFY, CKA_WRAP, CKA_UNWRAP})
        all.set_bool(usage, false);
    all.set_bool(CKA_ALWAYS_SENSITIVE, false).set_bool(CKA_NEVER_EXTRACTABLE, false);
    all.set(CKA_KEY_GEN_MECHANISM, unavailable);
    ACREDITA_CHECK(take_all(object, given));
    all.set(CKA_VALUE_LEN, CK_ULONG{value.size()});
    object.secret.assign(value.begin(), value.end());
    return object;
}

Result<void> apply(Object& object, const Template& changes, bool copying) {
    for (const auto& item : changes.items()) {
        const auto* row = row_of(object.kind, item.type);
        if (row == nullptr) return fail(CKR_ATTRIBUTE_TYPE_INVALID);
        if (!has_form(item, row->form)) return fail(CKR_ATTRIBUTE_VALUE_INVALID);
        const auto now = value_of(item);
        const auto before = object.value(item.type);
        if (before && equal(*before, now)) continue;
        const bool becomes = row->form == boolean && now.front() != CK_FALSE;
        // What stands on the card has a name that can be remembered, and nothing else that can be changed.
        const bool name = item.type == CKA_LABEL || item.type == CKA_ID ||
                          (item.type == CKA_SUBJECT && object.kind != CKO_CERTIFICATE);
        const bool allowed = (object.is_token() && !copying)
                                 ? name
                                 : row->change == anytime || (row->change == in_copies && copying) ||
                                       (row->change == once_true && becomes) ||
                                       (row->change == once_false && !becomes);
        if (!allowed || !before) return fail(CKR_ATTRIBUTE_READ_ONLY);
        object.attributes.set(item.type, now);
        if (object.is_token()) object.renamed.set(item.type, now);
    }
    return {};
}

} // namespace

std::optional<std::size_t> wanted_length(const Template& given) {
    if (const auto length = given.find_ulong(CKA_VALUE_LEN)) return *length;
    return std::nullopt;
}

Result<Object> read_session_object(const Template& given, const Abilities& abilities) {
    const auto kind = given.find_ulong(CKA_CLASS);
    if (!kind) return fail(CKR_TEMPLATE_INCOMPLETE);
    switch (*kind) {
    case CKO_DATA:
        return read_data(given);
    case CKO_CERTIFICATE:
        return read_certificate_object(given);
    case CKO_PUBLIC_KEY:
        return read_public_key_object(given, abilities);
    case CKO_SECRET_KEY: {
        const auto value = given.find(CKA_VALUE);
        if (!value || value->empty() || !given.find(CKA_KEY_TYPE)) return fail(CKR_TEMPLATE_INCOMPLETE);
        if (given.find(CKA_VALUE_LEN)) return fail(CKR_TEMPLATE_INCONSISTENT);
        return read_secret(given, *value);
    }
    case CKO_PRIVATE_KEY:
        return fail(CKR_TEMPLATE_INCONSISTENT);
    default:
        return fail(CKR_ATTRIBUTE_VALUE_INVALID);
    }
}

// The bytes that are too many are taken away from the front (PKCS #11 v2.40 current mechanisms, 2.3.13).
Result<Object> read_derived_secret(const Template& given, ByteView derived) {
    const auto length = wanted_length(given).value_or(derived.size());
    if (given.find(CKA_VALUE)) return fail(CKR_TEMPLATE_INCONSISTENT);
    if (length == 0 || length > derived.size()) return fail(CKR_KEY_SIZE_RANGE);
    const bool aes = given.find_ulong(CKA_KEY_TYPE) == CKK_AES;
    if (aes && length != 16 && length != 24 && length != 32) return fail(CKR_KEY_SIZE_RANGE);
    return read_secret(given, derived.last(length));
}

Result<Object> changed(const Object& object, const Template& changes) {
    Object now = object;
    ACREDITA_CHECK(apply(now, changes, false));
    return now;
}

Result<Object> copied(const Object& object, const Template& changes) {
    Object copy = object;
    ACREDITA_CHECK(apply(copy, changes, true));
    if (changes.find_bool(CKA_TOKEN).value_or(false)) return fail(CKR_TEMPLATE_INCONSISTENT);
    copy.place.reset();
    copy.renamed = {};
    copy.attributes.set_bool(CKA_TOKEN, false).set_bool(CKA_DESTROYABLE, true);
    return copy;
}

} // namespace acredita::module
