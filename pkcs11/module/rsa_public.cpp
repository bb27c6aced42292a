// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/rsa_public.hpp"

#include <algorithm>
#include <bit>

namespace acredita::module {

namespace {

// A hostile card could name numbers of any size to keep us busy.
constexpr std::size_t longest_exponent = 8;
constexpr std::size_t longest_modulus = 1024;

using Limb = std::uint32_t;
using Wide = std::uint64_t;
// Least significant first; wiped, because two of them may be primes.
using Limbs = std::vector<Limb, ZeroingAllocator<Limb>>;

Limbs read(ByteView bytes, std::size_t size) {
    Limbs limbs(size, 0);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        limbs[i / 4] |= static_cast<Limb>(bytes[bytes.size() - 1 - i]) << (8 * (i % 4));
    return limbs;
}

bool less(const Limbs& a, const Limbs& b) {
    return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

void subtract(Limbs& from, const Limbs& what) {
    Wide borrow = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const Wide difference = Wide{from[i]} - what[i] - borrow;
        from[i] = static_cast<Limb>(difference);
        borrow = (difference >> 32U) & 1U;
    }
}

// Montgomery multiplication for one odd modulus (CIOS, Koc, Acar and Kaliski 1996).
class Montgomery {
public:
    explicit Montgomery(Limbs modulus) : n_(std::move(modulus)), square_(n_.size(), 0) {
        Limb inverse = 1;
        for (int i = 0; i < 5; ++i) inverse *= 2 - n_[0] * inverse; // each round doubles the right bits
        negative_inverse_ = 0U - inverse;
        // R^2 mod n by doubling 1 as often as R^2 has bits.
        square_[0] = 1;
        for (std::size_t i = 0; i < 64 * n_.size(); ++i) double_it(square_);
    }
    [[nodiscard]] Limbs enter(const Limbs& value) const { return multiply(value, square_); }
    [[nodiscard]] Limbs leave(const Limbs& value) const {
        Limbs one(n_.size(), 0);
        one[0] = 1;
        return multiply(value, one);
    }
    [[nodiscard]] Limbs multiply(const Limbs& a, const Limbs& b) const {
        const auto size = n_.size();
        Limbs t(size + 2, 0);
        for (std::size_t i = 0; i < size; ++i) {
            add_product(t, a, b[i]);
            const Limb factor = t[0] * negative_inverse_;
            add_product(t, n_, factor);
            std::rotate(t.begin(), t.begin() + 1, t.end()); // t[0] is zero now: divided by 2^32
        }
        const bool above = t[size] != 0;
        t.resize(size);
        if (above || !less(t, n_)) subtract(t, n_);
        return t;
    }

private:
    static void add_product(Limbs& to, const Limbs& a, Limb b) {
        Wide carry = 0;
        for (std::size_t j = 0; j < a.size(); ++j) {
            carry += Wide{a[j]} * b + to[j];
            to[j] = static_cast<Limb>(carry);
            carry >>= 32U;
        }
        for (std::size_t j = a.size(); carry != 0 && j < to.size(); ++j) {
            carry += to[j];
            to[j] = static_cast<Limb>(carry);
            carry >>= 32U;
        }
    }
    void double_it(Limbs& value) const {
        Limb carry = 0;
        for (auto& limb : value) {
            const Limb next = limb >> 31U;
            limb = (limb << 1U) | carry;
            carry = next;
        }
        if (carry != 0 || !less(value, n_)) subtract(value, n_);
    }

    Limbs n_;
    Limbs square_;
    Limb negative_inverse_ = 0;
};

} // namespace

Bytes rsa_public(const card::PublicKey& key, ByteView signature) {
    const auto size = key.modulus.size();
    if (size < 8 || size > longest_modulus || signature.size() > size || (key.modulus.back() & 1U) == 0)
        return {};
    if (key.exponent.empty() || key.exponent.size() > longest_exponent) return {};
    const auto limbs = (size + 3) / 4;
    const auto modulus = read(key.modulus, limbs);
    const auto base = read(signature, limbs);
    if (!less(base, modulus)) return {};
    const Montgomery field(modulus);
    const auto entered = field.enter(base);
    Limbs one(limbs, 0);
    one[0] = 1;
    auto power = field.enter(one);
    for (const auto byte : key.exponent)
        for (unsigned bit = 0x80; bit != 0; bit >>= 1U) {
            power = field.multiply(power, power);
            if ((byte & bit) != 0) power = field.multiply(power, entered);
        }
    power = field.leave(power);
    Bytes block(size);
    for (std::size_t i = 0; i < size; ++i)
        block[size - 1 - i] = static_cast<std::uint8_t>(power[i / 4] >> (8 * (i % 4)));
    return block;
}

unsigned bit_length(ByteView number) noexcept {
    unsigned bits = 0;
    for (const auto byte : number) bits = bits == 0 ? static_cast<unsigned>(std::bit_width(byte)) : bits + 8;
    return bits;
}

bool is_product(ByteView modulus, ByteView p, ByteView q) {
    if (modulus.size() > longest_modulus || p.size() > longest_modulus || q.size() > longest_modulus)
        return false;
    const auto first = read(p, (p.size() + 3) / 4);
    const auto second = read(q, (q.size() + 3) / 4);
    Limbs product(std::max(first.size() + second.size(), (modulus.size() + 3) / 4), 0);
    for (std::size_t i = 0; i < first.size(); ++i) {
        Wide carry = 0;
        for (std::size_t j = 0; j < second.size(); ++j) {
            carry += Wide{first[i]} * second[j] + product[i + j];
            product[i + j] = static_cast<Limb>(carry);
            carry >>= 32U;
        }
        product[i + second.size()] = static_cast<Limb>(carry);
    }
    return product == read(modulus, product.size());
}

} // namespace acredita::module
