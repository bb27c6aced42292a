// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "openssl_keys.hpp"

#include <stdexcept>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <zlib.h>

namespace acredita::tests {

namespace {

void must(bool done) {
    if (!done) throw std::runtime_error("OpenSSL refused");
}

template <class T, void (*f)(T*)>
struct Free {
    void operator()(T* object) const noexcept { f(object); }
};
template <class T, void (*f)(T*)>
using Handle = std::unique_ptr<T, Free<T, f>>;

Bytes number(const OpenSslKey& key, const char* name) {
    BIGNUM* raw = nullptr;
    must(EVP_PKEY_get_bn_param(key.get(), name, &raw) == 1);
    const Handle<BIGNUM, BN_free> value(raw);
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(raw)));
    BN_bn2bin(raw, bytes.data());
    return bytes;
}

OpenSslKey read_public(ByteView info) {
    const auto* at = info.data();
    OpenSslKey key(d2i_PUBKEY(nullptr, &at, static_cast<long>(info.size())));
    must(key != nullptr);
    return key;
}

} // namespace

OpenSslKey new_key(const card::Algorithm& algorithm) {
    OpenSslKey key(algorithm.type == card::KeyType::rsa
                       ? EVP_RSA_gen(algorithm.bits)
                       : EVP_EC_gen(algorithm.bits == 256 ? "P-256" : "P-384"));
    must(key != nullptr);
    return key;
}

card::PrivateKey parts_of(const OpenSslKey& key, const card::Algorithm& algorithm) {
    card::PrivateKey parts{.type = algorithm.type, .bits = algorithm.bits};
    if (algorithm.type == card::KeyType::ec) {
        parts.d = Secret(number(key, OSSL_PKEY_PARAM_PRIV_KEY));
        return parts;
    }
    parts.p = Secret(number(key, OSSL_PKEY_PARAM_RSA_FACTOR1));
    parts.q = Secret(number(key, OSSL_PKEY_PARAM_RSA_FACTOR2));
    parts.dp = Secret(number(key, OSSL_PKEY_PARAM_RSA_EXPONENT1));
    parts.dq = Secret(number(key, OSSL_PKEY_PARAM_RSA_EXPONENT2));
    parts.qinv = Secret(number(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1));
    parts.exponent = number(key, OSSL_PKEY_PARAM_RSA_E);
    return parts;
}

Bytes certificate_of(const OpenSslKey& key, const std::string& name, std::size_t size) {
    const Handle<X509, X509_free> certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 0x1234);
    ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate.get()), "20260101000000Z");
    ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate.get()), "20520304050607Z");
    auto* subject = X509_get_subject_name(certificate.get());
    must(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(name.data()),
                                    static_cast<int>(name.size()), -1, 0) == 1);
    X509_set_issuer_name(certificate.get(), subject);
    X509_set_pubkey(certificate.get(), key.get());
    const auto extend = [&](int nid, const std::string& value) {
        const Handle<X509_EXTENSION, X509_EXTENSION_free> one(
            X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str()));
        must(one && X509_add_ext(certificate.get(), one.get(), -1) == 1);
    };
    extend(NID_key_usage, "critical,digitalSignature,keyEncipherment");
    extend(NID_basic_constraints, "critical,CA:FALSE");
    if (size > 0) extend(NID_netscape_comment, std::string(size > 900 ? size - 738 : 1, 'x'));
    must(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
    Bytes der(static_cast<std::size_t>(i2d_X509(certificate.get(), nullptr)));
    auto* to = der.data();
    i2d_X509(certificate.get(), &to);
    return der;
}

Bytes public_info(const OpenSslKey& key) {
    Bytes der(static_cast<std::size_t>(i2d_PUBKEY(key.get(), nullptr)));
    auto* to = der.data();
    i2d_PUBKEY(key.get(), &to);
    return der;
}

Bytes emsa(ByteView hash, std::size_t width) {
    const auto info = concat({from_hex("3031300d060960864801650304020105000420").value(), hash});
    Bytes block{0x00, 0x01};
    block.resize(width - info.size() - 1, 0xFF);
    block.push_back(0x00);
    append(block, info);
    return block;
}

bool verifies_pss(ByteView info, ByteView hash, ByteView signature) {
    const auto key = read_public(info);
    const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new(key.get(), nullptr));
    must(EVP_PKEY_verify_init(context.get()) == 1);
    EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256());
    EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), 32);
    return EVP_PKEY_verify(context.get(), signature.data(), signature.size(), hash.data(), hash.size()) == 1;
}

Bytes encrypted_to(const OpenSslKey& key, ByteView text) {
    const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new(key.get(), nullptr));
    must(EVP_PKEY_encrypt_init(context.get()) == 1);
    EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING);
    Bytes out(static_cast<std::size_t>(EVP_PKEY_get_size(key.get())));
    auto size = out.size();
    must(EVP_PKEY_encrypt(context.get(), out.data(), &size, text.data(), text.size()) == 1);
    return out;
}

bool verifies(ByteView info, ByteView hash, ByteView signature, card::KeyType type) {
    const auto key = read_public(info);
    const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new(key.get(), nullptr));
    must(EVP_PKEY_verify_init(context.get()) == 1);
    if (type == card::KeyType::rsa) {
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING);
        EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256());
        return EVP_PKEY_verify(context.get(), signature.data(), signature.size(), hash.data(), hash.size()) ==
               1;
    }
    const auto half = static_cast<int>(signature.size() / 2);
    const Handle<ECDSA_SIG, ECDSA_SIG_free> pair(ECDSA_SIG_new());
    ECDSA_SIG_set0(pair.get(), BN_bin2bn(signature.data(), half, nullptr),
                   BN_bin2bn(signature.data() + half, half, nullptr));
    Bytes der(static_cast<std::size_t>(i2d_ECDSA_SIG(pair.get(), nullptr)));
    auto* to = der.data();
    i2d_ECDSA_SIG(pair.get(), &to);
    return EVP_PKEY_verify(context.get(), der.data(), der.size(), hash.data(), hash.size()) == 1;
}

Bytes shared_secret(const OpenSslKey& ours, ByteView info) {
    const auto theirs = read_public(info);
    const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new(ours.get(), nullptr));
    std::size_t size = 66;
    Bytes secret(size);
    must(EVP_PKEY_derive_init(context.get()) == 1 &&
         EVP_PKEY_derive_set_peer(context.get(), theirs.get()) == 1 &&
         EVP_PKEY_derive(context.get(), secret.data(), &size) == 1);
    secret.resize(size);
    return secret;
}

Bytes point_of(const OpenSslKey& key) {
    Bytes point(133);
    std::size_t size = 0;
    must(EVP_PKEY_get_octet_string_param(key.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(),
                                         &size) == 1);
    point.resize(size);
    return point;
}

Bytes gzip(ByteView data) {
    z_stream stream{};
    must(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    Bytes packed(deflateBound(&stream, data.size()) + 32);
    stream.next_in = const_cast<Bytef*>(data.data());
    stream.avail_in = static_cast<uInt>(data.size());
    stream.next_out = packed.data();
    stream.avail_out = static_cast<uInt>(packed.size());
    const int done = deflate(&stream, Z_FINISH);
    packed.resize(packed.size() - stream.avail_out);
    deflateEnd(&stream);
    must(done == Z_STREAM_END);
    return packed;
}

} // namespace acredita::tests
