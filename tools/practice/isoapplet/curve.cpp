// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/isoapplet/curve.hpp"

#include "pcsc/base/tlv.hpp"

#include <openssl/ec.h>
#include <openssl/rsa.h>

namespace acredita::practice::isoapplet {

namespace {

struct FreeGroup {
    void operator()(EC_GROUP* group) const noexcept { EC_GROUP_free(group); }
};
struct FreeNumber {
    void operator()(BIGNUM* n) const noexcept { BN_free(n); }
};
using Number = std::unique_ptr<BIGNUM, FreeNumber>;

// Prime, a, b, order and base point must all be the curve's.
bool is_curve(ByteView fields, int nid) {
    const std::unique_ptr<EC_GROUP, FreeGroup> group(EC_GROUP_new_by_curve_name(nid));
    const Number p(BN_new()), a(BN_new()), b(BN_new());
    if (!group || EC_GROUP_get_curve(group.get(), p.get(), a.get(), b.get(), nullptr) != 1) return false;
    const auto same = [&](Tag tag, const BIGNUM* expected) {
        const auto value = find_tlv(fields, tag);
        if (!value) return false;
        const Number given(BN_bin2bn(value->data(), static_cast<int>(value->size()), nullptr));
        return given && BN_cmp(given.get(), expected) == 0;
    };
    const auto base = find_tlv(fields, 0x84);
    Bytes generator(2 * static_cast<std::size_t>(BN_num_bytes(p.get())) + 1);
    EC_POINT_point2oct(group.get(), EC_GROUP_get0_generator(group.get()), POINT_CONVERSION_UNCOMPRESSED,
                       generator.data(), generator.size(), nullptr);
    return base && equal(*base, generator) && same(0x81, p.get()) && same(0x82, a.get()) &&
           same(0x83, b.get()) && same(0x85, EC_GROUP_get0_order(group.get()));
}

} // namespace

std::uint8_t curve_of(ByteView fields) {
    if (is_curve(fields, NID_X9_62_prime256v1)) return piv::p256;
    return is_curve(fields, NID_secp384r1) ? std::uint8_t{piv::p384} : std::uint8_t{0};
}

std::optional<Bytes> sign_pss(const Key& key, ByteView hash) {
    const EVP_MD* digest = nullptr;
    for (const auto* one : {EVP_sha1(), EVP_sha224(), EVP_sha256(), EVP_sha384(), EVP_sha512()})
        if (static_cast<std::size_t>(EVP_MD_get_size(one)) == hash.size()) digest = one;
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new(key.get(), nullptr), &EVP_PKEY_CTX_free);
    Bytes out(static_cast<std::size_t>(EVP_PKEY_get_size(key.get())));
    auto size = out.size();
    if (digest == nullptr || !context || EVP_PKEY_sign_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PSS_PADDING) != 1 ||
        EVP_PKEY_CTX_set_signature_md(context.get(), digest) != 1 ||
        EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), RSA_PSS_SALTLEN_DIGEST) != 1 ||
        EVP_PKEY_sign(context.get(), out.data(), &size, hash.data(), hash.size()) != 1)
        return std::nullopt;
    return out;
}

Bytes sha1(ByteView data) {
    Bytes out(20);
    unsigned size = 20;
    EVP_Digest(data.data(), data.size(), out.data(), &size, EVP_sha1(), nullptr);
    return out;
}

} // namespace acredita::practice::isoapplet
