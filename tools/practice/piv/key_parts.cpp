// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Keys that come in parts over the wire.
#include "tools/practice/piv/key.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

namespace acredita::practice::piv {

namespace {

struct FreeNumber {
    void operator()(BIGNUM* n) const noexcept { BN_clear_free(n); }
};
using Number = std::unique_ptr<BIGNUM, FreeNumber>;
struct FreeNumberContext {
    void operator()(BN_CTX* c) const noexcept { BN_CTX_free(c); }
};
using NumberContext = std::unique_ptr<BN_CTX, FreeNumberContext>;
struct FreeBuilder {
    void operator()(OSSL_PARAM_BLD* b) const noexcept { OSSL_PARAM_BLD_free(b); }
};
using Builder = std::unique_ptr<OSSL_PARAM_BLD, FreeBuilder>;

Number from_bytes(ByteView bytes) {
    return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

Key build(const char* type, const Builder& builder) {
    const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> params(
        OSSL_PARAM_BLD_to_param(builder.get()), &OSSL_PARAM_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), &EVP_PKEY_CTX_free);
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, params.get()) != 1)
        return {};
    return Key(key);
}

// The exponent of one prime is d mod (prime - 1), and d*e is 1 there.
bool fits(const BIGNUM* exponent, const BIGNUM* prime, const BIGNUM* e, BN_CTX* scratch) {
    const Number less(BN_dup(prime));
    const Number product(BN_new());
    return less && product && BN_sub_word(less.get(), 1) == 1 &&
           BN_mod_mul(product.get(), exponent, e, less.get(), scratch) == 1 && BN_is_one(product.get());
}

} // namespace

Key rsa_from_parts(const RsaParts& parts) {
    const NumberContext scratch(BN_CTX_secure_new());
    const auto p = from_bytes(parts.p), q = from_bytes(parts.q), dp = from_bytes(parts.dp),
               dq = from_bytes(parts.dq), qinv = from_bytes(parts.qinv);
    const Number e(BN_new()), n(BN_new()), d(BN_new()), p1(BN_new()), q1(BN_new()), phi(BN_new()),
        one(BN_new());
    if (!scratch || !p || !q || !dp || !dq || !qinv || !e || !n || !d || !p1 || !q1 || !phi || !one)
        return {};
    if (BN_is_zero(p.get()) || BN_is_zero(q.get()) || !BN_is_odd(p.get()) || !BN_is_odd(q.get())) return {};
    BN_set_word(e.get(), 65537);
    if (!fits(dp.get(), p.get(), e.get(), scratch.get()) || !fits(dq.get(), q.get(), e.get(), scratch.get()))
        return {};
    if (BN_mod_mul(one.get(), qinv.get(), q.get(), p.get(), scratch.get()) != 1 || !BN_is_one(one.get()))
        return {};
    if (BN_sub(p1.get(), p.get(), BN_value_one()) != 1 || BN_sub(q1.get(), q.get(), BN_value_one()) != 1 ||
        BN_mul(phi.get(), p1.get(), q1.get(), scratch.get()) != 1 ||
        BN_mul(n.get(), p.get(), q.get(), scratch.get()) != 1 ||
        BN_mod_inverse(d.get(), e.get(), phi.get(), scratch.get()) == nullptr)
        return {};
    const Builder builder(OSSL_PARAM_BLD_new());
    const bool pushed =
        builder && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_D, d.get()) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_FACTOR1, p.get()) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_FACTOR2, q.get()) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_EXPONENT1, dp.get()) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_EXPONENT2, dq.get()) == 1 &&
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_COEFFICIENT1, qinv.get()) == 1;
    return pushed ? build("RSA", builder) : Key{};
}

Key ec_from_scalar(std::uint8_t algorithm, ByteView scalar) {
    const bool small = algorithm == p256;
    const std::unique_ptr<EC_GROUP, decltype(&EC_GROUP_free)> group(
        EC_GROUP_new_by_curve_name(small ? NID_X9_62_prime256v1 : NID_secp384r1), &EC_GROUP_free);
    const auto d = from_bytes(scalar);
    if (!group || !d || BN_is_zero(d.get()) || BN_cmp(d.get(), EC_GROUP_get0_order(group.get())) >= 0)
        return {};
    const std::unique_ptr<EC_POINT, decltype(&EC_POINT_free)> point(EC_POINT_new(group.get()),
                                                                    &EC_POINT_free);
    Bytes encoded(1 + 2 * (small ? 32U : 48U));
    if (!point || EC_POINT_mul(group.get(), point.get(), d.get(), nullptr, nullptr, nullptr) != 1 ||
        EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, encoded.data(),
                           encoded.size(), nullptr) != encoded.size())
        return {};
    const Builder builder(OSSL_PARAM_BLD_new());
    const bool pushed = builder &&
                        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                                        small ? "P-256" : "P-384", 0) == 1 &&
                        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                                         encoded.data(), encoded.size()) == 1 &&
                        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, d.get()) == 1;
    return pushed ? build("EC", builder) : Key{};
}

} // namespace acredita::practice::piv
