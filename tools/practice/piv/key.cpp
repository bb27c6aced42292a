// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/piv/key.hpp"

#include "pcsc/base/tlv.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace acredita::practice::piv {

namespace {

struct FreeContext {
    void operator()(EVP_PKEY_CTX* context) const noexcept { EVP_PKEY_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_PKEY_CTX, FreeContext>;

Bytes number(const Key& key, const char* name, std::size_t width) {
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(key.get(), name, &raw) != 1) return {};
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> value(raw, &BN_free);
    const auto size = width != 0 ? width : static_cast<std::size_t>(BN_num_bytes(value.get()));
    Bytes bytes(size);
    if (BN_bn2binpad(value.get(), bytes.data(), static_cast<int>(size)) < 0) return {};
    return bytes;
}

} // namespace

Key generate_key(std::uint8_t algorithm) {
    switch (algorithm) {
    case rsa1024:
        return Key(EVP_RSA_gen(1024));
    case rsa2048:
        return Key(EVP_RSA_gen(2048));
    case rsa3072:
        return Key(EVP_RSA_gen(3072));
    case rsa4096:
        return Key(EVP_RSA_gen(4096));
    case p256:
        return Key(EVP_EC_gen("P-256"));
    case p384:
        return Key(EVP_EC_gen("P-384"));
    default:
        return {};
    }
}

ZeroingBytes key_to_der(const Key& key) {
    const std::unique_ptr<PKCS8_PRIV_KEY_INFO, decltype(&PKCS8_PRIV_KEY_INFO_free)> info(
        EVP_PKEY2PKCS8(key.get()), &PKCS8_PRIV_KEY_INFO_free);
    if (!info) return {};
    const int size = i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr);
    if (size <= 0) return {};
    ZeroingBytes der(static_cast<std::size_t>(size));
    auto* to = der.data();
    i2d_PKCS8_PRIV_KEY_INFO(info.get(), &to);
    return der;
}

Key key_from_der(ByteView der) {
    const auto* from = der.data();
    return Key(d2i_AutoPrivateKey(nullptr, &from, static_cast<long>(der.size())));
}

Bytes public_template(const Key& key, std::uint8_t algorithm) {
    Bytes out;
    if (is_rsa(algorithm)) {
        append_tlv(
            out, 0x81,
            number(key, OSSL_PKEY_PARAM_RSA_N, static_cast<std::size_t>(EVP_PKEY_get_size(key.get()))));
        append_tlv(out, 0x82, number(key, OSSL_PKEY_PARAM_RSA_E, 3));
        return out;
    }
    const std::size_t width = algorithm == p256 ? 32 : 48;
    append_tlv(out, 0x86,
               concat({Bytes{0x04}, number(key, OSSL_PKEY_PARAM_EC_PUB_X, width),
                       number(key, OSSL_PKEY_PARAM_EC_PUB_Y, width)}));
    return out;
}

std::optional<Bytes> rsa_private(const Key& key, ByteView input) {
    const Context context(EVP_PKEY_CTX_new(key.get(), nullptr));
    Bytes out(static_cast<std::size_t>(EVP_PKEY_get_size(key.get())));
    auto size = out.size();
    if (!context || EVP_PKEY_decrypt_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) != 1 ||
        EVP_PKEY_decrypt(context.get(), out.data(), &size, input.data(), input.size()) != 1)
        return std::nullopt;
    out.resize(size);
    return out;
}

std::optional<Bytes> ecdsa(const Key& key, ByteView hash) {
    const Context context(EVP_PKEY_CTX_new(key.get(), nullptr));
    Bytes out(static_cast<std::size_t>(EVP_PKEY_get_size(key.get())));
    auto size = out.size();
    if (!context || EVP_PKEY_sign_init(context.get()) != 1 ||
        EVP_PKEY_sign(context.get(), out.data(), &size, hash.data(), hash.size()) != 1)
        return std::nullopt;
    out.resize(size);
    return out;
}

std::optional<Bytes> ecdh(const Key& key, std::uint8_t algorithm, ByteView point) {
    Key peer(EVP_PKEY_new());
    if (!peer || EVP_PKEY_copy_parameters(peer.get(), key.get()) != 1 ||
        EVP_PKEY_set1_encoded_public_key(peer.get(), point.data(), point.size()) != 1)
        return std::nullopt;
    const Context context(EVP_PKEY_CTX_new(key.get(), nullptr));
    Bytes out(algorithm == p256 ? 32U : 48U);
    auto size = out.size();
    if (!context || EVP_PKEY_derive_init(context.get()) != 1 ||
        EVP_PKEY_derive_set_peer(context.get(), peer.get()) != 1 ||
        EVP_PKEY_derive(context.get(), out.data(), &size) != 1)
        return std::nullopt;
    out.resize(size);
    return out;
}

} // namespace acredita::practice::piv
