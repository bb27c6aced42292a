// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/pkcs11/module/key_pair.hpp"

#include <algorithm>
#include <stdexcept>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace acredita::test {

namespace {

using Context = std::unique_ptr<EVP_PKEY_CTX, Deleter<&EVP_PKEY_CTX_free>>;
using Digesting = std::unique_ptr<EVP_MD_CTX, Deleter<&EVP_MD_CTX_free>>;
using Certificate = std::unique_ptr<X509, Deleter<&X509_free>>;
using Number = std::unique_ptr<BIGNUM, Deleter<&BN_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Deleter<&ECDSA_SIG_free>>;

void must(bool right) {
    if (!right) throw std::runtime_error("OpenSSL refused");
}

Bytes self_signed(EVP_PKEY* key, const char* name, std::size_t comment) {
    const Certificate certificate(X509_new());
    must(X509_set_version(certificate.get(), 2) == 1);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 4711);
    ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate.get()), "20260101000000Z");
    ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate.get()), "20310517000000Z");
    auto* subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name), -1,
                               -1, 0);
    X509_set_issuer_name(certificate.get(), subject);
    X509_set_pubkey(certificate.get(), key);
    if (comment > 0) {
        const std::string text(comment, 'x');
        const std::unique_ptr<X509_EXTENSION, Deleter<&X509_EXTENSION_free>> extension(
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_netscape_comment, text.c_str()));
        must(X509_add_ext(certificate.get(), extension.get(), -1) == 1);
    }
    must(X509_sign(certificate.get(), key, EVP_sha256()) > 0);
    Bytes der(static_cast<std::size_t>(i2d_X509(certificate.get(), nullptr)));
    auto* at = der.data();
    i2d_X509(certificate.get(), &at);
    return der;
}

// RFC 5480, 2.1.1.1.
Bytes curve_oid(unsigned bits) {
    if (bits == 256) return {0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};
    return {0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, static_cast<std::uint8_t>(bits == 384 ? 0x22 : 0x23)};
}
std::size_t width(const card::PublicKey& key) { return (key.bits + 7) / 8; }

KeyPair make(Key key, const char* name, std::size_t comment = 0) {
    must(key != nullptr);
    KeyPair pair{std::move(key), {}, {}};
    pair.certificate = self_signed(pair.key.get(), name, comment);
    auto& to = pair.public_key;
    to.bits = static_cast<unsigned>(EVP_PKEY_get_bits(pair.key.get()));
    if (EVP_PKEY_get_base_id(pair.key.get()) == EVP_PKEY_RSA) {
        to.modulus = number(pair, OSSL_PKEY_PARAM_RSA_N);
        to.exponent = number(pair, OSSL_PKEY_PARAM_RSA_E);
    } else {
        to.type = card::KeyType::ec;
        to.curve_oid = curve_oid(to.bits);
        std::size_t size = 0;
        Bytes point(2 * width(to) + 1);
        must(EVP_PKEY_get_octet_string_param(pair.key.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                             point.size(), &size) == 1);
        to.point = point;
    }
    return pair;
}

Bytes fixed(const BIGNUM* value, std::size_t size) {
    Bytes bytes(size);
    BN_bn2binpad(value, bytes.data(), static_cast<int>(size));
    return bytes;
}

} // namespace

Bytes number(const KeyPair& pair, const char* name) {
    BIGNUM* value = nullptr;
    must(EVP_PKEY_get_bn_param(pair.key.get(), name, &value) == 1);
    const Number owner(value);
    return fixed(value, static_cast<std::size_t>(BN_num_bytes(value)));
}

Bytes KeyPair::raw_rsa(ByteView block) const {
    const Context context(EVP_PKEY_CTX_new(key.get(), nullptr));
    must(EVP_PKEY_decrypt_init(context.get()) == 1 &&
         EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) == 1);
    Bytes out(block.size());
    auto size = out.size();
    must(EVP_PKEY_decrypt(context.get(), out.data(), &size, block.data(), block.size()) == 1);
    return out;
}

Bytes KeyPair::raw_ecdsa(ByteView hash) const {
    const Context context(EVP_PKEY_CTX_new(key.get(), nullptr));
    must(EVP_PKEY_sign_init(context.get()) == 1);
    Bytes der(160);
    auto size = der.size();
    must(EVP_PKEY_sign(context.get(), der.data(), &size, hash.data(), hash.size()) == 1);
    const auto* at = der.data();
    const EcSignature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
    return concat({fixed(ECDSA_SIG_get0_r(signature.get()), width(public_key)),
                   fixed(ECDSA_SIG_get0_s(signature.get()), width(public_key))});
}

Bytes KeyPair::raw_ecdh(ByteView point) const {
    const Key peer(EVP_PKEY_new());
    must(EVP_PKEY_copy_parameters(peer.get(), key.get()) == 1 &&
         EVP_PKEY_set1_encoded_public_key(peer.get(), point.data(), point.size()) == 1);
    const Context context(EVP_PKEY_CTX_new(key.get(), nullptr));
    Bytes out(66);
    auto size = out.size();
    must(EVP_PKEY_derive_init(context.get()) == 1 &&
         EVP_PKEY_derive_set_peer(context.get(), peer.get()) == 1 &&
         EVP_PKEY_derive(context.get(), out.data(), &size) == 1);
    out.resize(size);
    return out;
}

bool KeyPair::verifies(ByteView message, ByteView signature, const char* digest, bool pss) const {
    Bytes der(signature.begin(), signature.end());
    if (public_key.type == card::KeyType::ec) {
        if (signature.size() != 64) return false;
        const EcSignature pair(ECDSA_SIG_new());
        ECDSA_SIG_set0(pair.get(), BN_bin2bn(signature.data(), 32, nullptr),
                       BN_bin2bn(signature.data() + 32, 32, nullptr));
        der.resize(128);
        auto* at = der.data();
        der.resize(static_cast<std::size_t>(i2d_ECDSA_SIG(pair.get(), &at)));
    }
    const Digesting context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr;
    must(EVP_DigestVerifyInit(context.get(), &parameters, EVP_get_digestbyname(digest), nullptr, key.get()) ==
         1);
    if (pss) {
        must(EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1);
        must(EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1);
    }
    return EVP_DigestVerify(context.get(), der.data(), der.size(), message.data(), message.size()) == 1;
}

Bytes KeyPair::encrypt(ByteView text, bool oaep) const {
    const Context context(EVP_PKEY_CTX_new(key.get(), nullptr));
    must(EVP_PKEY_encrypt_init(context.get()) == 1);
    must(EVP_PKEY_CTX_set_rsa_padding(context.get(), oaep ? RSA_PKCS1_OAEP_PADDING : RSA_PKCS1_PADDING) == 1);
    Bytes out(public_key.modulus.size());
    auto size = out.size();
    must(EVP_PKEY_encrypt(context.get(), out.data(), &size, text.data(), text.size()) == 1);
    return out;
}

const KeyPair& rsa_pair() {
    static const auto* pair = new KeyPair(make(Key(EVP_RSA_gen(2048)), "ESPA\xC3\x91OLA: PRUEBA"));
    return *pair;
}

const KeyPair& other_rsa_pair() {
    static const auto* pair = new KeyPair(make(Key(EVP_RSA_gen(2048)), "OTRA"));
    return *pair;
}

const KeyPair& office_pair() {
    static const auto* pair =
        new KeyPair(make(Key(EVP_RSA_gen(2048)), "APELLIDO APELLIDO NOMBRE - 00000000T", 860));
    return *pair;
}

const KeyPair& ec_pair() {
    static const auto* pair = new KeyPair(make(Key(EVP_EC_gen("P-256")), "CURVA"));
    return *pair;
}

const KeyPair& p384_pair() {
    static const auto* pair = new KeyPair(make(Key(EVP_EC_gen("P-384")), "CURVA"));
    return *pair;
}

const KeyPair& p521_pair() {
    static const auto* pair = new KeyPair(make(Key(EVP_EC_gen("P-521")), "CURVA"));
    return *pair;
}

} // namespace acredita::test
