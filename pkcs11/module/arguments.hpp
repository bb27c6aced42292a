// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a function is given behind the slot or session: each kind of argument is made of one or two arguments
// in C, and one that cannot be is ARGUMENTS_BAD before the function runs (entry.hpp). Owned by the caller.
// Source: PKCS #11 v2.40 base, 5.1.6 and 5.2.
#pragma once

#include "pkcs11/module/attribute.hpp"

#include <algorithm>
#include <tuple>

namespace acredita::module {

// A pointer that must not be NULL.
template <class T>
struct Required {
    T* pointer;
    [[nodiscard]] T& operator*() const noexcept { return *pointer; }
    [[nodiscard]] T* operator->() const noexcept { return pointer; }
};

// Bytes to read. NULL only if there are none.
struct Input {
    ByteView bytes;
    bool null;
};

// A buffer of the caller's with its length in and out: one place for size query, too small, and fill (5.2).
struct Output {
    CK_BYTE_PTR data;
    CK_ULONG_PTR length;

    [[nodiscard]] bool asks_size() const noexcept { return data == nullptr; }
    // OK if `need` fits or only the size is asked; *length is what is needed. BUFFER_TOO_SMALL otherwise.
    [[nodiscard]] Result<void> room_for(std::size_t need) const {
        const auto room = *length;
        *length = need;
        if (data != nullptr && room < need) return fail(CKR_BUFFER_TOO_SMALL);
        return {};
    }
    void put(ByteView bytes) const noexcept {
        *length = bytes.size();
        std::ranges::copy(bytes, data);
    }
};

// Attributes whose values the function fills instead of reading them.
struct Wanted {
    std::span<CK_ATTRIBUTE> items;
};

// Where handles go, and how many there is room for. NULL only if there is none.
struct Room {
    CK_OBJECT_HANDLE_PTR handles;
    CK_ULONG size;
};

constexpr CK_ULONG longest_argument = 1UL << 31U;
constexpr CK_ULONG most_attributes = 1024;

template <class P>
struct Argument {
    using C = std::tuple<P>;
    static std::optional<P> make(P value) { return value; }
};
template <class T>
struct Argument<Required<T>> {
    using C = std::tuple<T*>;
    static std::optional<Required<T>> make(T* pointer) {
        return pointer == nullptr ? std::nullopt : std::optional(Required<T>{pointer});
    }
};
template <>
struct Argument<Input> {
    using C = std::tuple<CK_BYTE_PTR, CK_ULONG>;
    static std::optional<Input> make(CK_BYTE_PTR data, CK_ULONG size) {
        if ((data == nullptr && size != 0) || size > longest_argument) return std::nullopt;
        return Input{{data, size}, data == nullptr};
    }
};
template <>
struct Argument<Output> {
    using C = std::tuple<CK_BYTE_PTR, CK_ULONG_PTR>;
    static std::optional<Output> make(CK_BYTE_PTR data, CK_ULONG_PTR length) {
        return length == nullptr ? std::nullopt : std::optional(Output{data, length});
    }
};
template <>
struct Argument<Template> {
    using C = std::tuple<CK_ATTRIBUTE_PTR, CK_ULONG>;
    static std::optional<Template> make(CK_ATTRIBUTE_PTR items, CK_ULONG count) {
        if ((items == nullptr && count != 0) || count > most_attributes) return std::nullopt;
        const Template value(items, count);
        return value.well_formed() ? std::optional(value) : std::nullopt;
    }
};
template <>
struct Argument<Wanted> {
    using C = std::tuple<CK_ATTRIBUTE_PTR, CK_ULONG>;
    static std::optional<Wanted> make(CK_ATTRIBUTE_PTR items, CK_ULONG count) {
        if (items == nullptr || count == 0 || count > most_attributes) return std::nullopt;
        return Wanted{{items, count}};
    }
};
template <>
struct Argument<Room> {
    using C = std::tuple<CK_OBJECT_HANDLE_PTR, CK_ULONG>;
    static std::optional<Room> make(CK_OBJECT_HANDLE_PTR handles, CK_ULONG size) {
        return handles == nullptr && size != 0 ? std::nullopt : std::optional(Room{handles, size});
    }
};

} // namespace acredita::module
