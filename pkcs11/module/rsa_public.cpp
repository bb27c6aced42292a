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

// As wide as the processor multiplies: the result of every signature is checked before it is given out.
#ifdef __SIZEOF_INT128__
using Limb = std::uint64_t;
__extension__ using Wide = unsigned __int128;
#else
using Limb = std::uint32_t;
using Wide = std::uint64_t;
#endif
constexpr std::size_t limb_size = sizeof(Limb);
constexpr unsigned limb_bits = 8 * limb_size;
// Least significant first; wiped, because two of them may be primes.
using Limbs = std::vector<Limb, ZeroingAllocator<Limb>>;

Limbs read(ByteView bytes, std::size_t size) {
    Limbs limbs(size, 0);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        limbs[i / limb_size] |= static_cast<Limb>(bytes[bytes.size() - 1 - i]) << (8 * (i % limb_size));
    return limbs;
}
Limbs read(ByteView bytes) { return read(bytes, (bytes.size() + limb_size - 1) / limb_size); }

bool less(const Limbs& a, const Limbs& b) {
    return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

void subtract(Limbs& from, const Limbs& what) {
    Wide borrow = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const Wide difference = Wide{from[i]} - what[i] - borrow;
        from[i] = static_cast<Limb>(difference);
        borrow = (difference >> limb_bits) & 1U;
    }
}

// Montgomery multiplication for one odd modulus (FIOS, Koc, Acar and Kaliski 1996).
class Montgomery {
public:
    explicit Montgomery(Limbs modulus) : n_(std::move(modulus)), square_(n_.size(), 0) {
        Limb inverse = 1;
        for (int i = 0; i < 6; ++i) inverse *= 2 - n_[0] * inverse; // each round doubles the right bits
        negative_inverse_ = Limb{0} - inverse;
        // R mod n by doubling, from the highest power of two below n.
        const auto bits = limb_bits * n_.size();
        auto top = n_.size() - 1;
        while (n_[top] == 0) --top;
        const auto width = static_cast<unsigned>(std::bit_width(n_[top]));
        square_[top] = Limb{1} << (width - 1);
        for (auto power = limb_bits * top + width - 1; power < bits; ++power) double_it(square_);
        // R^2 = 2^bits R. In this form R is 1, a product adds exponents, and a doubling, which is cheap, one.
        const auto digits = static_cast<std::size_t>(std::bit_width(bits));
        const auto later = digits - std::min<std::size_t>(digits, 6);
        for (auto count = bits >> later; count != 0; --count) double_it(square_);
        for (auto bit = later; bit != 0; --bit) {
            square_ = multiply(square_, square_);
            if ((bits >> (bit - 1) & 1U) != 0) double_it(square_);
        }
    }
    [[nodiscard]] Limbs enter(const Limbs& value) const { return multiply(value, square_); }
    [[nodiscard]] Limbs leave(const Limbs& value) const {
        Limbs one(n_.size(), 0);
        one[0] = 1;
        return multiply(value, one);
    }
    [[nodiscard]] Limbs multiply(const Limbs& a, const Limbs& b) const {
        const auto size = n_.size();
        Limbs t(size + 1, 0);
        // Plain pointers, all of `size` limbs and one more behind t: a signature goes twenty thousand times
        // through the inner loop, and checked subscripts cost more there than the arithmetic.
        const Limb *const left = a.data(), *const right = b.data(), *const modulus = n_.data();
        Limb* const sum = t.data();
        for (std::size_t i = 0; i < size; ++i) {
            const Limb digit = right[i];
            Wide product = Wide{left[0]} * digit + sum[0];
            const Limb factor = static_cast<Limb>(product) * negative_inverse_;
            // The lowest limb of it is zero.
            Wide reduced = Wide{modulus[0]} * factor + static_cast<Limb>(product);
            for (std::size_t j = 1; j < size; ++j) {
                product = Wide{left[j]} * digit + sum[j] + static_cast<Limb>(product >> limb_bits);
                reduced = Wide{modulus[j]} * factor + static_cast<Limb>(product) +
                          static_cast<Limb>(reduced >> limb_bits);
                sum[j - 1] = static_cast<Limb>(reduced); // divided by one limb
            }
            const Wide high = Wide{sum[size]} + static_cast<Limb>(product >> limb_bits) +
                              static_cast<Limb>(reduced >> limb_bits);
            sum[size - 1] = static_cast<Limb>(high);
            sum[size] = static_cast<Limb>(high >> limb_bits);
        }
        const bool above = t[size] != 0;
        t.resize(size);
        if (above || !less(t, n_)) subtract(t, n_);
        return t;
    }

private:
    void double_it(Limbs& value) const {
        Limb carry = 0;
        for (auto& limb : value) {
            const Limb next = limb >> (limb_bits - 1);
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
    const auto modulus = read(key.modulus);
    const auto base = read(signature, modulus.size());
    if (!less(base, modulus)) return {};
    const Montgomery field(modulus);
    const auto entered = field.enter(base);
    Limbs power; // empty: the exponent has only begun with zeros
    for (const auto byte : key.exponent)
        for (unsigned bit = 0x80; bit != 0; bit >>= 1U) {
            if (!power.empty()) power = field.multiply(power, power);
            if ((byte & bit) != 0) power = power.empty() ? entered : field.multiply(power, entered);
        }
    if (power.empty()) return {};
    power = field.leave(power);
    Bytes block(size);
    for (std::size_t i = 0; i < size; ++i)
        block[size - 1 - i] = static_cast<std::uint8_t>(power[i / limb_size] >> (8 * (i % limb_size)));
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
    const auto first = read(p);
    const auto second = read(q);
    Limbs product(std::max(first.size() + second.size(), read(modulus).size()), 0);
    for (std::size_t i = 0; i < first.size(); ++i) {
        Wide carry = 0;
        for (std::size_t j = 0; j < second.size(); ++j) {
            carry += Wide{first[i]} * second[j] + product[i + j];
            product[i + j] = static_cast<Limb>(carry);
            carry >>= limb_bits;
        }
        product[i + second.size()] = static_cast<Limb>(carry);
    }
    return product == read(modulus, product.size());
}

} // namespace acredita::module
