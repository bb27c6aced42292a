// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/key_health.hpp"

#include "tools/p12/checks.hpp"

#include <openssl/core_names.h>

namespace acredita::p12 {

namespace {

using Number = Handle<BIGNUM, BN_clear_free>;
using NumberContext = Handle<BN_CTX, BN_CTX_free>;

Number number(const EVP_PKEY* key, const char* name) {
    BIGNUM* value = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &value) != 1) return nullptr;
    return Number(value);
}

// a = b * c, or a = b mod c, or whether a * b = 1 mod c: false where OpenSSL fails.
class Arithmetic {
public:
    bool product_is(const BIGNUM* b, const BIGNUM* c, const BIGNUM* expected) {
        const Number a(BN_new());
        return a && context_ && BN_mul(a.get(), b, c, context_.get()) == 1 && BN_cmp(a.get(), expected) == 0;
    }
    bool remainder_is(const BIGNUM* b, const BIGNUM* modulus, const BIGNUM* expected) {
        const Number a(BN_new());
        return a && context_ && BN_nnmod(a.get(), b, modulus, context_.get()) == 1 &&
               BN_cmp(a.get(), expected) == 0;
    }
    bool inverse(const BIGNUM* a, const BIGNUM* b, const BIGNUM* modulus) {
        const Number c(BN_new());
        return c && context_ && BN_mod_mul(c.get(), a, b, modulus, context_.get()) == 1 && BN_is_one(c.get());
    }

private:
    NumberContext context_{BN_CTX_secure_new()};
};

Number minus_one(const BIGNUM* of) {
    Number a(BN_dup(of));
    if (a && BN_sub_word(a.get(), 1) != 1) a.reset();
    return a;
}

// n = p q; d e = 1 mod p-1 and q-1; dP, dQ, qInv as RFC 8017 3.2 defines them.
bool crt_is_consistent(const EVP_PKEY* key) {
    const auto n = number(key, OSSL_PKEY_PARAM_RSA_N), e = number(key, OSSL_PKEY_PARAM_RSA_E),
               d = number(key, OSSL_PKEY_PARAM_RSA_D), p = number(key, OSSL_PKEY_PARAM_RSA_FACTOR1),
               q = number(key, OSSL_PKEY_PARAM_RSA_FACTOR2), dp = number(key, OSSL_PKEY_PARAM_RSA_EXPONENT1),
               dq = number(key, OSSL_PKEY_PARAM_RSA_EXPONENT2),
               qinv = number(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1);
    if (!n || !e || !d) return false;
    // Without its factors a key is unusual but not inconsistent; whether it can be used is asked elsewhere.
    if (!p || !q || !dp || !dq || !qinv) return true;
    if (BN_num_bits(p.get()) < 2 || BN_num_bits(q.get()) < 2) return false;
    const auto p1 = minus_one(p.get()), q1 = minus_one(q.get());
    Arithmetic check;
    return p1 && q1 && check.product_is(p.get(), q.get(), n.get()) &&
           check.inverse(d.get(), e.get(), p1.get()) && check.inverse(d.get(), e.get(), q1.get()) &&
           check.remainder_is(d.get(), p1.get(), dp.get()) &&
           check.remainder_is(d.get(), q1.get(), dq.get()) && check.inverse(qinv.get(), q.get(), p.get());
}

} // namespace

bool has_roca_fingerprint(ByteView modulus) {
    constexpr unsigned primes[] = {3,   5,   7,   11,  13,  17,  19,  23,  29,  31,  37,  41,  43,
                                   47,  53,  59,  61,  67,  71,  73,  79,  83,  89,  97,  101, 103,
                                   107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};
    if (modulus.size() < 64) return false;
    for (const auto prime : primes) {
        unsigned remainder = 0;
        for (const auto byte : modulus) remainder = (remainder * 256 + byte) % prime;
        unsigned power = 1;
        bool found = false;
        for (unsigned i = 0; i < prime && !found; ++i) {
            found = power == remainder;
            power = power * (65537 % prime) % prime;
        }
        if (!found) return false;
    }
    return true;
}

std::vector<KeyFault> key_faults(const EVP_PKEY* key) {
    const QuietErrors quiet;
    std::vector<KeyFault> faults;
    const auto facts = facts_of(key);
    if (is_weak(facts)) faults.push_back(KeyFault::too_small);
    if (facts.type != KeyType::rsa && facts.type != KeyType::rsa_pss) return faults;
    const auto e = number(key, OSSL_PKEY_PARAM_RSA_E);
    const auto n = number(key, OSSL_PKEY_PARAM_RSA_N);
    if (!e || !n) return faults;
    if (BN_is_odd(e.get()) == 0)
        faults.push_back(KeyFault::even_exponent);
    else if (BN_num_bits(e.get()) < 17)
        faults.push_back(KeyFault::small_exponent);
    if (!crt_is_consistent(key)) faults.push_back(KeyFault::inconsistent_crt);
    Bytes modulus(static_cast<std::size_t>(BN_num_bytes(n.get())));
    (void)BN_bn2bin(n.get(), modulus.data());
    if (has_roca_fingerprint(modulus)) faults.push_back(KeyFault::roca);
    return faults;
}

std::string_view name_of(KeyFault fault) noexcept {
    constexpr std::string_view names[] = {"too_small", "even_exponent", "small_exponent", "inconsistent_crt",
                                          "roca"};
    return names[static_cast<std::size_t>(fault)];
}

} // namespace acredita::p12
