// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/sign.hpp"

#include "pkcs11/client/openssl_error.hpp"
#include "pkcs11/client/store.hpp"

#include <array>

#include <openssl/rsa.h>

namespace acredita::client {

namespace {

struct HashFacts {
    std::size_t size;
    CK_MECHANISM_TYPE mechanism;
    CK_RSA_PKCS_MGF_TYPE mgf;
    std::array<std::uint8_t, 19> digest_info; // RFC 8017 section 9.2, note 1
    const EVP_MD* (*evp)();
};

constexpr std::array<std::uint8_t, 19> info(std::uint8_t all, std::uint8_t oid_end, std::uint8_t size) {
    return {0x30, all,  0x30, 0x0D, 0x06,    0x09, 0x60, 0x86, 0x48, 0x01,
            0x65, 0x03, 0x04, 0x02, oid_end, 0x05, 0x00, 0x04, size};
}

const HashFacts& facts_of(Hash hash) {
    static constexpr std::array table{
        HashFacts{32, CKM_SHA256, CKG_MGF1_SHA256, info(0x31, 0x01, 0x20), EVP_sha256},
        HashFacts{48, CKM_SHA384, CKG_MGF1_SHA384, info(0x41, 0x02, 0x30), EVP_sha384},
        HashFacts{64, CKM_SHA512, CKG_MGF1_SHA512, info(0x51, 0x03, 0x40), EVP_sha512},
    };
    return table[static_cast<std::size_t>(hash)];
}

// r || s of the token into the SEQUENCE that OpenSSL verifies; empty if it cannot be one.
Result<Bytes> ecdsa_der(ByteView raw) {
    if (raw.empty() || raw.size() % 2 != 0) return Bytes{};
    const auto half = raw.size() / 2;
    EcdsaSignature signature(ECDSA_SIG_new());
    BigNumber r(BN_bin2bn(raw.data(), static_cast<int>(half), nullptr));
    BigNumber s(BN_bin2bn(raw.data() + half, static_cast<int>(half), nullptr));
    if (!signature || !r || !s || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1)
        return fail_openssl("ECDSA_SIG_set0");
    static_cast<void>(r.release()); // the signature owns them now
    static_cast<void>(s.release());
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    if (size <= 0) return fail_openssl("i2d_ECDSA_SIG");
    Bytes der(static_cast<std::size_t>(size));
    auto* out = der.data();
    i2d_ECDSA_SIG(signature.get(), &out);
    return der;
}

Result<bool> wants_operation_pin(Session& session, Object key) {
    ACREDITA_TRY(value, attribute_if_any(session, key, CKA_ALWAYS_AUTHENTICATE));
    return value && value->size() == sizeof(CK_BBOOL) && value->front() != CK_FALSE;
}

} // namespace

Bytes digest(Hash hash, ByteView data) {
    Bytes out(facts_of(hash).size);
    if (EVP_Digest(data.data(), data.size(), out.data(), nullptr, facts_of(hash).evp(), nullptr) != 1)
        out.clear();
    return out;
}

Result<Bytes> sign_digest(Session& session, Object key, Scheme scheme, Hash hash, ByteView digest,
                          const Secret* operation_pin) {
    const auto& facts = facts_of(hash);
    if (digest.size() != facts.size) return fail(client_errc::scheme_not_for_key, "digest");
    CK_RSA_PKCS_PSS_PARAMS pss{facts.mechanism, facts.mgf, facts.size};
    CK_MECHANISM mechanism{CKM_ECDSA, nullptr, 0};
    Bytes input = copy(digest);
    if (scheme == Scheme::rsa_pkcs1) {
        mechanism.mechanism = CKM_RSA_PKCS;
        input = concat({facts.digest_info, digest});
    } else if (scheme == Scheme::rsa_pss) {
        mechanism = {CKM_RSA_PKCS_PSS, &pss, sizeof pss};
    }
    bool present_pin = false;
    if (operation_pin != nullptr) {
        ACREDITA_TRY(wanted, wants_operation_pin(session, key));
        present_pin = wanted;
    }

    const auto& cryptoki = session.functions();
    std::array<std::uint8_t, 1024> out{}; // an RSA key of 8192 bits
    CK_ULONG size = out.size();
    ACREDITA_CHECK(check(cryptoki.C_SignInit(session.handle(), &mechanism, key), "C_SignInit"));
    if (present_pin) {
        auto presented = session.login_for_operation(*operation_pin);
        if (!presented) {
            // Ends the operation; without the PIN the token refuses it.
            cryptoki.C_Sign(session.handle(), input.data(), input.size(), out.data(), &size);
            return fail(std::move(presented).error());
        }
    }
    ACREDITA_CHECK(
        check(cryptoki.C_Sign(session.handle(), input.data(), input.size(), out.data(), &size), "C_Sign"));
    if (size > out.size()) return fail(client_errc::answer_malformed, "C_Sign");
    return Bytes(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size));
}

Result<Scheme> usual_scheme(const EVP_PKEY* key) {
    ACREDITA_TRY(kind, kind_of(key));
    return kind.type == CKK_RSA ? Scheme::rsa_pkcs1 : Scheme::ecdsa;
}

Result<bool> verify_digest(EVP_PKEY* public_key, Scheme scheme, Hash hash, ByteView digest,
                           ByteView signature) {
    const auto& facts = facts_of(hash);
    ACREDITA_TRY(kind, kind_of(public_key));
    if (digest.size() != facts.size || (kind.type == CKK_EC) != (scheme == Scheme::ecdsa))
        return fail(client_errc::scheme_not_for_key);
    Bytes to_check = copy(signature);
    if (scheme == Scheme::ecdsa) {
        ACREDITA_TRY(der, ecdsa_der(signature));
        to_check = std::move(der);
    }
    const EvpKeyContext context(EVP_PKEY_CTX_new(public_key, nullptr));
    if (!context || EVP_PKEY_verify_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_signature_md(context.get(), facts.evp()) != 1)
        return fail_openssl("EVP_PKEY_verify_init");
    if (scheme == Scheme::rsa_pss &&
        (EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PSS_PADDING) != 1 ||
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), RSA_PSS_SALTLEN_DIGEST) != 1))
        return fail_openssl("EVP_PKEY_CTX_set_rsa_padding");
    const int verdict =
        EVP_PKEY_verify(context.get(), to_check.data(), to_check.size(), digest.data(), digest.size());
    // Why a signature is wrong is OpenSSL's business; its queue must not leak into the next error.
    if (verdict != 1) static_cast<void>(fail_openssl("EVP_PKEY_verify"));
    return verdict == 1;
}

} // namespace acredita::client
