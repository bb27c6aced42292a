// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/objects.hpp"

#include <array>
#include <cstring>

namespace acredita::client {

namespace {

constexpr std::size_t most_objects = 1024;
constexpr CK_ULONG largest_value = 1U << 20; // a hostile module may claim any length

constexpr CK_OBJECT_CLASS class_number(ObjectClass which) noexcept {
    switch (which) {
    case ObjectClass::certificate:
        return CKO_CERTIFICATE;
    case ObjectClass::public_key:
        return CKO_PUBLIC_KEY;
    case ObjectClass::private_key:
        return CKO_PRIVATE_KEY;
    }
    return CKO_DATA;
}

Result<std::vector<Object>> collect(Session& session) {
    std::vector<Object> found;
    std::array<Object, 16> batch{};
    while (found.size() <= most_objects) {
        CK_ULONG count = 0;
        ACREDITA_CHECK(
            check(session.functions().C_FindObjects(session.handle(), batch.data(), batch.size(), &count),
                  "C_FindObjects"));
        if (count > batch.size()) return fail(client_errc::answer_malformed, "C_FindObjects");
        if (count == 0) return found;
        found.insert(found.end(), batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(count));
    }
    return fail(client_errc::too_many, "objects");
}

} // namespace

Result<std::vector<Object>> find_matching(Session& session, std::span<CK_ATTRIBUTE> pattern) {
    ACREDITA_CHECK(
        check(session.functions().C_FindObjectsInit(session.handle(), pattern.data(), pattern.size()),
              "C_FindObjectsInit"));
    auto found = collect(session);
    const auto rv = session.functions().C_FindObjectsFinal(session.handle());
    if (found) ACREDITA_CHECK(check(rv, "C_FindObjectsFinal"));
    return found;
}

Result<std::vector<Object>> find_all(Session& session, ObjectClass which) {
    auto number = class_number(which);
    std::array pattern{CK_ATTRIBUTE{CKA_CLASS, &number, sizeof number}};
    return find_matching(session, pattern);
}

Result<std::vector<Object>> find_by_id(Session& session, ObjectClass which, ByteView id) {
    auto number = class_number(which);
    std::array pattern{CK_ATTRIBUTE{CKA_CLASS, &number, sizeof number},
                       CK_ATTRIBUTE{CKA_ID, const_cast<std::uint8_t*>(id.data()), id.size()}};
    return find_matching(session, pattern);
}

Result<Object> find_one(Session& session, ObjectClass which, ByteView id) {
    ACREDITA_TRY(found, find_by_id(session, which, id));
    if (found.empty()) return fail(client_errc::object_not_found);
    if (found.size() > 1) return fail(client_errc::several_objects);
    return found.front();
}

Result<Bytes> attribute(Session& session, Object object, CK_ATTRIBUTE_TYPE type) {
    CK_ATTRIBUTE asked{type, nullptr, 0};
    ACREDITA_CHECK(check(session.functions().C_GetAttributeValue(session.handle(), object, &asked, 1),
                         "C_GetAttributeValue"));
    if (asked.ulValueLen == CK_UNAVAILABLE_INFORMATION) return fail(cryptoki_errc::attribute_type_invalid);
    if (asked.ulValueLen > largest_value) return fail(client_errc::answer_malformed, "C_GetAttributeValue");
    Bytes value(asked.ulValueLen);
    if (value.empty()) return value;
    asked.pValue = value.data();
    ACREDITA_CHECK(check(session.functions().C_GetAttributeValue(session.handle(), object, &asked, 1),
                         "C_GetAttributeValue"));
    if (asked.ulValueLen > value.size()) return fail(client_errc::answer_malformed, "C_GetAttributeValue");
    value.resize(asked.ulValueLen);
    return value;
}

Result<std::optional<Bytes>> attribute_if_any(Session& session, Object object, CK_ATTRIBUTE_TYPE type) {
    auto value = attribute(session, object, type);
    if (value) return std::optional<Bytes>(std::move(*value));
    if (is(value.error(), cryptoki_errc::attribute_type_invalid) ||
        is(value.error(), cryptoki_errc::attribute_sensitive))
        return std::optional<Bytes>{};
    return fail(std::move(value).error());
}

Result<std::optional<CK_ULONG>> number_if_any(Session& session, Object object, CK_ATTRIBUTE_TYPE type) {
    ACREDITA_TRY(value, attribute_if_any(session, object, type));
    if (!value || value->size() != sizeof(CK_ULONG)) return std::optional<CK_ULONG>{};
    CK_ULONG number = 0;
    std::memcpy(&number, value->data(), sizeof number);
    return std::optional<CK_ULONG>(number);
}

Result<std::optional<bool>> flag_if_any(Session& session, Object object, CK_ATTRIBUTE_TYPE type) {
    ACREDITA_TRY(value, attribute_if_any(session, object, type));
    if (!value || value->size() != sizeof(CK_BBOOL)) return std::optional<bool>{};
    return std::optional<bool>(value->front() != CK_FALSE);
}

Result<Bytes> certificate_der(Session& session, Object object) {
    return attribute(session, object, CKA_VALUE);
}

Result<CertificateEntry> certificate_entry(Session& session, Object object) {
    ACREDITA_TRY(id, attribute_if_any(session, object, CKA_ID));
    ACREDITA_TRY(label, attribute_if_any(session, object, CKA_LABEL));
    ACREDITA_TRY(der, certificate_der(session, object));
    return CertificateEntry{object, std::move(id).value_or(Bytes{}),
                            label ? std::string(as_text(*label)) : std::string{}, std::move(der)};
}

Result<std::vector<CertificateEntry>> certificates(Session& session) {
    ACREDITA_TRY(objects, find_all(session, ObjectClass::certificate));
    std::vector<CertificateEntry> entries;
    for (const auto object : objects) {
        ACREDITA_TRY(entry, certificate_entry(session, object));
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<KeyFacts> key_facts(Session& session, Object object) {
    KeyFacts facts;
    ACREDITA_TRY(type, number_if_any(session, object, CKA_KEY_TYPE));
    facts.type = type;
    const std::pair<CK_ATTRIBUTE_TYPE, std::optional<bool> KeyFacts::*> flags[] = {
        {CKA_SENSITIVE, &KeyFacts::sensitive},
        {CKA_EXTRACTABLE, &KeyFacts::extractable},
        {CKA_LOCAL, &KeyFacts::local},
        {CKA_ALWAYS_SENSITIVE, &KeyFacts::always_sensitive},
        {CKA_NEVER_EXTRACTABLE, &KeyFacts::never_extractable},
        {CKA_ALWAYS_AUTHENTICATE, &KeyFacts::always_authenticate},
    };
    for (const auto& [number, member] : flags) {
        ACREDITA_TRY(flag, flag_if_any(session, object, number));
        facts.*member = flag;
    }
    return facts;
}

Result<bool> reveals_key(Session& session, Object object) {
    for (const auto part : {CKA_PRIVATE_EXPONENT, CKA_PRIME_1, CKA_PRIME_2, CKA_VALUE}) {
        auto value = attribute_if_any(session, object, part);
        // Some modules refuse in words of their own; only the value itself is a revelation.
        if (!value && !return_value(value.error())) return fail(std::move(value).error());
        if (!value || !*value || (*value)->empty()) continue;
        ::explicit_bzero((*value)->data(), (*value)->size());
        return true;
    }
    return false;
}

Result<bool> refuses_as_sensitive(Session& session, Object object) {
    ACREDITA_TRY(type, number_if_any(session, object, CKA_KEY_TYPE));
    const auto part = attribute(session, object, type == CKK_RSA ? CKA_PRIVATE_EXPONENT : CKA_VALUE);
    if (part) return false;
    if (!return_value(part.error())) return fail(Error(part.error()));
    return is(part.error(), cryptoki_errc::attribute_sensitive);
}

Result<void> destroy(Session& session, Object object) {
    return check(session.functions().C_DestroyObject(session.handle(), object), "C_DestroyObject");
}

} // namespace acredita::client
