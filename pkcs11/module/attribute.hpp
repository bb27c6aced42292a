// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Attributes of an object we hold (Attributes) and the attribute array a caller passes (Template, a view).
// Errors are CKR_ values. Source: PKCS #11 v2.40 base, 4.1 (templates), 5.7 (C_GetAttributeValue's five
// cases).
#pragma once

#include "pcsc/base/bytes.hpp"
#include "pkcs11/module/outcome.hpp"

#include <map>
#include <optional>

namespace acredita::module {

// Never throws away the difference between absent, sensitive and empty.
class Attributes {
public:
    Attributes& set(CK_ATTRIBUTE_TYPE type, ByteView value);
    Attributes& set(CK_ATTRIBUTE_TYPE type, std::string_view text) { return set(type, as_bytes(text)); }
    Attributes& set(CK_ATTRIBUTE_TYPE type, CK_ULONG value);
    Attributes& set_bool(CK_ATTRIBUTE_TYPE type, bool value);
    // Exists but is never shown: a private exponent.
    Attributes& set_sensitive(CK_ATTRIBUTE_TYPE type);

    Attributes& set_all(const Attributes& others);

    [[nodiscard]] const Bytes* find(CK_ATTRIBUTE_TYPE type) const noexcept;
    [[nodiscard]] bool sensitive(CK_ATTRIBUTE_TYPE type) const noexcept;
    [[nodiscard]] bool is_true(CK_ATTRIBUTE_TYPE type) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept; // of all values, for C_GetObjectSize

private:
    std::map<CK_ATTRIBUTE_TYPE, std::optional<Bytes>> values_;
};

class Template {
public:
    Template() = default;
    Template(CK_ATTRIBUTE_PTR first, CK_ULONG count) noexcept : items_(first, count) {}

    [[nodiscard]] std::span<CK_ATTRIBUTE> items() const noexcept { return items_; }
    // No pointer is NULL where a length says there are bytes, no length is absurd.
    [[nodiscard]] bool well_formed() const noexcept;
    [[nodiscard]] std::optional<ByteView> find(CK_ATTRIBUTE_TYPE type) const noexcept;
    [[nodiscard]] std::optional<CK_ULONG> find_ulong(CK_ATTRIBUTE_TYPE type) const noexcept;
    [[nodiscard]] std::optional<bool> find_bool(CK_ATTRIBUTE_TYPE type) const noexcept;

    // Does the object have every attribute with exactly this value? (5.7, C_FindObjectsInit)
    [[nodiscard]] bool matches(const Attributes& attributes) const noexcept;

private:
    std::span<CK_ATTRIBUTE> items_{};
};

// Copies one value into the caller's attribute by the numbered cases of 5.7; nullopt: the object has no such
// attribute.
[[nodiscard]] CK_RV give(CK_ATTRIBUTE& to, std::optional<ByteView> value, bool sensitive) noexcept;

} // namespace acredita::module
