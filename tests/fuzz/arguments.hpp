// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Arguments for C_* functions out of an input, owned until the next call.
#pragma once

#include "pkcs11/module/cryptoki.hpp"
#include "tests/fuzz/target.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace acredita::fuzz {

struct Input {
    CK_BYTE_PTR data = nullptr;
    CK_ULONG size = 0;
};

struct Output {
    CK_BYTE_PTR data = nullptr;
    CK_ULONG_PTR length = nullptr;
    CK_ULONG room = 0;
};

struct List {
    CK_ATTRIBUTE_PTR items = nullptr;
    CK_ULONG count = 0;
};

class Arguments {
public:
    explicit Arguments(Feed& feed) noexcept : feed_(feed) {}

    // Before each call.
    void begin();
    // A buffer of its own with these bytes; never NULL.
    CK_BYTE_PTR keep(ByteView bytes);
    CK_BYTE_PTR room(std::size_t size);
    template <class T>
    T* thing(const T& value) {
        return reinterpret_cast<T*>(keep({reinterpret_cast<const std::uint8_t*>(&value), sizeof value}));
    }

    Input input();
    Input pin();
    Output output();
    List search();   // for C_FindObjectsInit
    List creation(); // for C_CreateObject
    List wanted();   // for C_GetAttributeValue: room to be filled
    List pair(bool public_half, bool rsa);
    CK_MECHANISM_PTR mechanism(bool sensible_is_curve = false);
    CK_ULONG number(); // 0, small, or absurd

private:
    CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, ByteView value);
    CK_ATTRIBUTE any_attribute();
    List list(std::vector<CK_ATTRIBUTE> items);
    CK_MECHANISM parameters(CK_MECHANISM_TYPE type);
    CK_ULONG absurd(std::uint8_t which) const noexcept;

    Feed& feed_;
    std::vector<std::unique_ptr<std::uint8_t[]>> kept_{};
};

} // namespace acredita::fuzz
