// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/attribute.hpp"

#include <algorithm>
#include <cstring>

namespace acredita::module {

namespace {

// More than any certificate or template in the world; a length above it is a mistake or an attack.
constexpr CK_ULONG longest_value = 1UL << 20U;

} // namespace

Attributes& Attributes::set(CK_ATTRIBUTE_TYPE type, ByteView value) {
    values_[type] = copy(value);
    return *this;
}

Attributes& Attributes::set(CK_ATTRIBUTE_TYPE type, CK_ULONG value) {
    Bytes bytes(sizeof value);
    std::memcpy(bytes.data(), &value, sizeof value);
    values_[type] = std::move(bytes);
    return *this;
}

Attributes& Attributes::set_bool(CK_ATTRIBUTE_TYPE type, bool value) {
    values_[type] = Bytes{static_cast<std::uint8_t>(value ? CK_TRUE : CK_FALSE)};
    return *this;
}

Attributes& Attributes::set_sensitive(CK_ATTRIBUTE_TYPE type) {
    values_[type] = std::nullopt;
    return *this;
}

Attributes& Attributes::set_all(const Attributes& others) {
    for (const auto& [type, value] : others.values_) values_[type] = value;
    return *this;
}

const Bytes* Attributes::find(CK_ATTRIBUTE_TYPE type) const noexcept {
    const auto found = values_.find(type);
    return found != values_.end() && found->second ? &*found->second : nullptr;
}

bool Attributes::sensitive(CK_ATTRIBUTE_TYPE type) const noexcept {
    const auto found = values_.find(type);
    return found != values_.end() && !found->second;
}

bool Attributes::is_true(CK_ATTRIBUTE_TYPE type) const noexcept {
    const auto* value = find(type);
    return value != nullptr && value->size() == 1 && value->front() != CK_FALSE;
}

std::size_t Attributes::size() const noexcept {
    std::size_t size = 0;
    for (const auto& [type, value] : values_) size += value ? value->size() : 0;
    return size;
}

bool Template::well_formed() const noexcept {
    return std::ranges::all_of(items_, [](const CK_ATTRIBUTE& item) {
        return item.ulValueLen <= longest_value && (item.pValue != nullptr || item.ulValueLen == 0);
    });
}

std::optional<ByteView> Template::find(CK_ATTRIBUTE_TYPE type) const noexcept {
    for (const auto& item : items_)
        if (item.type == type) return ByteView(static_cast<const CK_BYTE*>(item.pValue), item.ulValueLen);
    return std::nullopt;
}

std::optional<CK_ULONG> Template::find_ulong(CK_ATTRIBUTE_TYPE type) const noexcept {
    const auto value = find(type);
    if (!value || value->size() != sizeof(CK_ULONG)) return std::nullopt;
    CK_ULONG number = 0;
    std::memcpy(&number, value->data(), sizeof number);
    return number;
}

std::optional<bool> Template::find_bool(CK_ATTRIBUTE_TYPE type) const noexcept {
    const auto value = find(type);
    if (!value || value->size() != 1) return std::nullopt;
    return value->front() != CK_FALSE;
}

bool Template::matches(const Attributes& attributes) const noexcept {
    return std::ranges::all_of(items_, [&](const CK_ATTRIBUTE& item) {
        const auto* value = attributes.find(item.type);
        return value != nullptr && equal(*value, {static_cast<const CK_BYTE*>(item.pValue), item.ulValueLen});
    });
}

CK_RV give(CK_ATTRIBUTE& to, std::optional<ByteView> value, bool sensitive) noexcept {
    const auto room = to.ulValueLen;
    if (!value) { // cases 1 and 2
        to.ulValueLen = unavailable;
        return sensitive ? CKR_ATTRIBUTE_SENSITIVE : CKR_ATTRIBUTE_TYPE_INVALID;
    }
    if (to.pValue == nullptr) { // case 3
        to.ulValueLen = value->size();
        return CKR_OK;
    }
    if (room < value->size()) { // case 5
        to.ulValueLen = unavailable;
        return CKR_BUFFER_TOO_SMALL;
    }
    if (!value->empty()) std::memcpy(to.pValue, value->data(), value->size()); // case 4
    to.ulValueLen = value->size();
    return CKR_OK;
}

} // namespace acredita::module
