// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Attributes for C_CreateObject, C_GenerateKeyPair and C_FindObjectsInit. Values are looked at, not copied,
// so that parts of private keys stay where they are; what is added must outlive the Template. Private to the
// client.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <deque>

#include <p11-kit/pkcs11.h>

namespace acredita::client {

class Template {
public:
    Template& add(CK_ATTRIBUTE_TYPE type, ByteView value) {
        // Cryptoki's types know no const; a module only reads these.
        attributes_.push_back({type, const_cast<std::uint8_t*>(value.data()), value.size()});
        return *this;
    }
    Template& add_text(CK_ATTRIBUTE_TYPE type, std::string_view text) { return add(type, as_bytes(text)); }
    Template& add_number(CK_ATTRIBUTE_TYPE type, CK_ULONG value) {
        numbers_.push_back(value);
        attributes_.push_back({type, &numbers_.back(), sizeof(CK_ULONG)});
        return *this;
    }
    Template& add_flag(CK_ATTRIBUTE_TYPE type, bool value) {
        flags_.push_back(value ? CK_TRUE : CK_FALSE);
        attributes_.push_back({type, &flags_.back(), sizeof(CK_BBOOL)});
        return *this;
    }
    [[nodiscard]] std::span<CK_ATTRIBUTE> span() noexcept { return attributes_; }
    [[nodiscard]] CK_ATTRIBUTE* data() noexcept { return attributes_.data(); }
    [[nodiscard]] CK_ULONG size() const noexcept { return attributes_.size(); }

private:
    std::vector<CK_ATTRIBUTE> attributes_;
    std::deque<CK_ULONG> numbers_; // a deque does not move what it holds
    std::deque<CK_BBOOL> flags_;
};

} // namespace acredita::client
