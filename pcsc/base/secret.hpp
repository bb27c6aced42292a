// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Memory for PINs, passwords, private keys and whatever is computed from them.
//
// Secret is a fixed-capacity buffer on pages of its own: locked (mlock), left out of core dumps and forked
// children (MADV_DONTDUMP, MADV_WIPEONFORK), zeroised when it ends. It moves but never copies silently, has
// no stream operator and no conversion to std::string. A NUL always stands behind its last byte, because
// PKCS11_login of libp11 takes a C string. ZeroingBytes is for short-lived command buffers: ordinary heap,
// zeroised when freed.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <memory>

#include <string.h>

namespace acredita {

template <class T>
struct ZeroingAllocator {
    static_assert(std::is_integral_v<T>, "only plain integers can be zeroised blindly");
    using value_type = T;
    ZeroingAllocator() = default;
    template <class U>
    explicit ZeroingAllocator(const ZeroingAllocator<U>&) noexcept {}
    T* allocate(std::size_t n) { return std::allocator<T>{}.allocate(n); }
    void deallocate(T* p, std::size_t n) noexcept {
        explicit_bzero(p, n * sizeof(T));
        std::allocator<T>{}.deallocate(p, n);
    }
    friend bool operator==(ZeroingAllocator, ZeroingAllocator) noexcept { return true; }
};

using ZeroingBytes = std::vector<std::uint8_t, ZeroingAllocator<std::uint8_t>>;
inline void append(ZeroingBytes& to, ByteView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

class Secret {
public:
    Secret() noexcept = default;
    // Room for `capacity` bytes, size 0. Throws std::bad_alloc if no page can be had. A page that cannot be
    // locked (RLIMIT_MEMLOCK) is used all the same and locked() says so.
    explicit Secret(std::size_t capacity);
    // A copy of bytes the caller holds elsewhere and must wipe there.
    explicit Secret(ByteView bytes);
    ~Secret();
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    [[nodiscard]] Secret clone() const { return Secret(view()); }
    [[nodiscard]] ByteView view() const noexcept { return {data_, size_}; }
    // The bytes as text; ends where the Secret ends.
    [[nodiscard]] std::string_view text() const noexcept { return as_text(view()); }
    // For C interfaces: ends with a NUL that is not counted in size().
    [[nodiscard]] const char* c_str() const noexcept;
    [[nodiscard]] std::uint8_t* data() noexcept { return data_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] bool locked() const noexcept { return locked_; }

    // False, and nothing changes, if the capacity does not suffice.
    [[nodiscard]] bool push_back(std::uint8_t byte) noexcept;
    [[nodiscard]] bool resize(std::size_t size) noexcept;
    void pop_back() noexcept;
    void clear() noexcept;

    // Takes the same time wherever the first difference is.
    [[nodiscard]] bool equals(ByteView other) const noexcept;

private:
    void release() noexcept;

    std::uint8_t* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
    std::size_t mapped_ = 0;
    bool locked_ = false;
};

} // namespace acredita
