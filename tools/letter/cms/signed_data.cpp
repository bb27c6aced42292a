// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/cms/signed_data.hpp"

#include "pcsc/base/tlv.hpp"
#include "tools/letter/errors.hpp"

#include <algorithm>
#include <array>

#include <openssl/rsa.h>

namespace acredita::letter {

namespace {

// RSASSA-PSS with SHA-256, MGF1 with SHA-256, 32 bytes of salt (RFC 4055 clause 3.1), as an
// AlgorithmIdentifier.
constexpr std::array<std::uint8_t, 67> pss_sha256{
    0x30, 0x41, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A, 0x30, 0x34, 0xA0, 0x0F,
    0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0xA1, 0x1C,
    0x30, 0x1A, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x08, 0x30, 0x0D, 0x06, 0x09,
    0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0xA2, 0x03, 0x02, 0x01, 0x20};

using AlgorithmPtr = std::unique_ptr<X509_ALGOR, Releaser<X509_ALGOR_free>>;
using MdContextPtr = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;

[[nodiscard]] tl::unexpected<Error> failed(const char* step) {
    return fail(letter_errc::signing_failed, std::string(step) + ": " + openssl_reason());
}

[[nodiscard]] Result<void> add_attributes(CMS_SignerInfo* info, ByteView digest) {
    if (CMS_signed_get_attr_by_NID(info, NID_pkcs9_contentType, -1) < 0 &&
        CMS_signed_add1_attr_by_NID(info, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_data),
                                    -1) != 1)
        return failed("content-type");
    if (CMS_signed_add1_attr_by_NID(info, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest.data(),
                                    static_cast<int>(digest.size())) != 1)
        return failed("message-digest");
    return {};
}

// The DER of SET OF Attribute, which is what gets signed (RFC 5652 clause 5.4).
[[nodiscard]] Result<Bytes> attributes_to_sign(CMS_SignerInfo* info) {
    std::vector<Bytes> attributes;
    for (int i = 0; i < CMS_signed_get_attr_count(info); ++i) {
        const auto* attribute = CMS_signed_get_attr(info, i);
        const int size = i2d_X509_ATTRIBUTE(attribute, nullptr);
        if (size <= 0) return failed("attribute");
        Bytes der(static_cast<std::size_t>(size));
        auto* at = der.data();
        i2d_X509_ATTRIBUTE(attribute, &at);
        attributes.push_back(std::move(der));
    }
    std::sort(attributes.begin(), attributes.end());
    Bytes all;
    for (const auto& attribute : attributes) append(all, attribute);
    return make_tlv(0x31, all);
}

[[nodiscard]] Result<Bytes> sign_once(const CheckedSigner& signer, ByteView bytes) {
    const MdContextPtr context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr; // belongs to the context
    const auto& scheme = signer.scheme();
    if (!context || EVP_DigestSignInit(context.get(), &parameters, scheme.md, nullptr, signer.key()) != 1)
        return failed("start");
    if (scheme.pss && (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) <= 0 ||
                       EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) <= 0 ||
                       EVP_PKEY_CTX_set_rsa_mgf1_md(parameters, scheme.md) <= 0))
        return failed("PSS");
    // No call that asks for the size: some engines sign to answer it.
    Bytes signature(scheme.max_signature);
    std::size_t size = signature.size();
    if (EVP_DigestSignUpdate(context.get(), bytes.data(), bytes.size()) != 1) return failed("digest");
    if (EVP_DigestSignFinal(context.get(), signature.data(), &size) != 1) return failed("key");
    signature.resize(size);
    return signature;
}

[[nodiscard]] Result<void> name_pss(CMS_SignerInfo* info) {
    const unsigned char* at = pss_sha256.data();
    const AlgorithmPtr named(d2i_X509_ALGOR(nullptr, &at, static_cast<long>(pss_sha256.size())));
    X509_ALGOR* algorithm = nullptr;
    CMS_SignerInfo_get0_algs(info, nullptr, nullptr, nullptr, &algorithm);
    if (!named || X509_ALGOR_copy(algorithm, named.get()) != 1) return failed("PSS");
    return {};
}

[[nodiscard]] Result<void> add_signing_time(CMS_SignerInfo* info, std::chrono::sys_seconds time) {
    // UTCTime until 2049, GeneralizedTime after it (RFC 5652 11.3).
    using TimePtr = std::unique_ptr<ASN1_TIME, Releaser<ASN1_TIME_free>>;
    const TimePtr value(ASN1_TIME_set(nullptr, static_cast<std::time_t>(time.time_since_epoch().count())));
    if (!value || CMS_signed_add1_attr_by_NID(info, NID_pkcs9_signingTime, ASN1_STRING_type(value.get()),
                                              value.get(), -1) != 1)
        return failed("signing-time");
    return {};
}

// A token over the value of the signature (RFC 3161 appendix A), checked before it is believed.
[[nodiscard]] Result<std::chrono::sys_seconds> stamp(CMS_SignerInfo* info, ByteView signature,
                                                     const TimestampOrder& order) {
    // An authority whose clock is further from ours than this, or the other way round, proves nothing.
    constexpr std::chrono::minutes tolerance(10);
    ACREDITA_TRY(request, timestamp_request(signature, order.policy));
    ACREDITA_TRY(response, order.ask(request.der));
    ACREDITA_TRY(token, Timestamp::from_response(response, request));
    std::string problem;
    ACREDITA_TRY(authority, token.check(order.anchors, {}, problem));
    const bool believed =
        order.anchors.empty() ? authority == Authority::unknown : authority == Authority::trusted;
    if (!believed) return fail(letter_errc::timestamp_bad, problem.empty() ? "authority" : problem);
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (token.time() > now + tolerance || token.time() < now - tolerance)
        return fail(letter_errc::timestamp_bad, "time");
    const auto& der = token.der();
    if (CMS_unsigned_add1_attr_by_NID(info, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE, der.data(),
                                      static_cast<int>(der.size())) != 1)
        return failed("timestamp");
    return token.time();
}

} // namespace

Result<MadeSignedData> make_signed_data(const CheckedSigner& signer, ByteView digest,
                                        const SignedDataOptions& options) {
    const BorrowedStackPtr chain(sk_X509_new_null());
    for (const auto& issuer : signer.chain())
        if (!chain || sk_X509_push(chain.get(), issuer.get()) == 0) return failed("chain");
    const CmsPtr cms(
        CMS_sign(nullptr, nullptr, chain.get(), nullptr, CMS_DETACHED | CMS_PARTIAL | CMS_BINARY));
    if (!cms) return failed("SignedData");
    auto* info = CMS_add1_signer(cms.get(), signer.certificate(), signer.key(), signer.scheme().md,
                                 CMS_PARTIAL | CMS_CADES | CMS_NOSMIMECAP | CMS_BINARY);
    if (info == nullptr) return failed("SignerInfo");
    ACREDITA_CHECK(add_attributes(info, digest));
    if (options.signing_time) ACREDITA_CHECK(add_signing_time(info, *options.signing_time));
    ACREDITA_TRY(to_sign, attributes_to_sign(info));
    ACREDITA_TRY(signature, sign_once(signer, to_sign));
    if (signer.scheme().pss) ACREDITA_CHECK(name_pss(info));
    if (ASN1_OCTET_STRING_set(CMS_SignerInfo_get0_signature(info), signature.data(),
                              static_cast<int>(signature.size())) != 1)
        return failed("signature");
    MadeSignedData made;
    if (options.timestamp != nullptr) {
        auto stamped = stamp(info, signature, *options.timestamp);
        if (!stamped && !options.timestamp->or_without) return fail(std::move(stamped).error());
        if (stamped)
            made.stamped = *stamped;
        else
            made.unstamped = std::move(stamped).error();
    }
    const int size = i2d_CMS_ContentInfo(cms.get(), nullptr);
    if (size <= 0) return failed("encoding");
    made.der.resize(static_cast<std::size_t>(size));
    auto* at = made.der.data();
    i2d_CMS_ContentInfo(cms.get(), &at);
    return made;
}

} // namespace acredita::letter
