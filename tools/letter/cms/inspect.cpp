// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/cms/inspect.hpp"

#include "tools/letter/errors.hpp"

#include <algorithm>

#include <openssl/err.h>
#include <openssl/ess.h>

namespace acredita::letter {

namespace {

constexpr std::size_t max_contents = 4U << 20;
constexpr int max_certificates = 64;

struct OwnedLists {
    void operator()(STACK_OF(X509_CRL) * stack) const noexcept { sk_X509_CRL_pop_free(stack, X509_CRL_free); }
};
using ListsPtr = std::unique_ptr<STACK_OF(X509_CRL), OwnedLists>;
using EssPtr = std::unique_ptr<ESS_SIGNING_CERT, Releaser<ESS_SIGNING_CERT_free>>;
using EssV2Ptr = std::unique_ptr<ESS_SIGNING_CERT_V2, Releaser<ESS_SIGNING_CERT_V2_free>>;

// The value of an attribute that must occur once and hold one value of that type; null otherwise.
[[nodiscard]] ASN1_STRING* attribute(CMS_SignerInfo* info, int nid, int type) {
    constexpr int once_with_one_value = -3;
    auto* value = CMS_signed_get0_data_by_OBJ(info, OBJ_nid2obj(nid), once_with_one_value, type);
    ERR_clear_error();
    return static_cast<ASN1_STRING*>(value);
}

[[nodiscard]] const EVP_MD* known_digest(CMS_SignerInfo* info) {
    X509_ALGOR* algorithm = nullptr;
    CMS_SignerInfo_get0_algs(info, nullptr, nullptr, &algorithm, nullptr);
    const ASN1_OBJECT* name = nullptr;
    X509_ALGOR_get0(&name, nullptr, nullptr, algorithm);
    switch (OBJ_obj2nid(name)) {
    case NID_sha256:
        return EVP_sha256();
    case NID_sha384:
        return EVP_sha384();
    case NID_sha512:
        return EVP_sha512();
    default:
        return nullptr;
    }
}

[[nodiscard]] bool all_zero(const unsigned char* from, const unsigned char* to) {
    return std::all_of(from, to, [](unsigned char c) { return c == 0; });
}

[[nodiscard]] tl::unexpected<Error> malformed(const char* what) {
    ERR_clear_error();
    return fail(letter_errc::damaged, what);
}

} // namespace

Result<SignedData> SignedData::parse(ByteView contents) {
    if (contents.size() > max_contents) return malformed("/Contents too large");
    SignedData data;
    const unsigned char* at = contents.data();
    const auto* end = contents.data() + contents.size();
    data.cms_.reset(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(contents.size())));
    if (!data.cms_ || !all_zero(at, end)) return malformed("no CMS");
    ACREDITA_CHECK(data.look_at(0));
    if (CMS_is_detached(data.cms_.get()) != 1) return malformed("not detached");
    if (data.signers() != 1) return malformed("not one SignerInfo");
    return data;
}

Result<SignedData> SignedData::read(ByteView file, int signer) {
    SignedData data;
    const unsigned char* at = file.data();
    data.cms_.reset(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(file.size())));
    if (!data.cms_ || at != file.data() + file.size()) return malformed("no CMS");
    ACREDITA_CHECK(data.look_at(signer));
    return data;
}

Result<void> SignedData::look_at(int signer) {
    if (OBJ_obj2nid(CMS_get0_type(cms_.get())) != NID_pkcs7_signed) return malformed("not a SignedData");
    auto* infos = CMS_get0_SignerInfos(cms_.get());
    if (infos == nullptr || signer >= sk_CMS_SignerInfo_num(infos)) return malformed("no SignerInfo");
    info_ = sk_CMS_SignerInfo_value(infos, signer);
    enclosed_.reset(CMS_get1_certs(cms_.get()));
    if (!enclosed_ || sk_X509_num(enclosed_.get()) > max_certificates) return malformed("certificates");
    CMS_set1_signers_certs(cms_.get(), nullptr, 0);
    CMS_SignerInfo_get0_algs(info_, nullptr, &signer_, nullptr, nullptr);
    if (signer_ == nullptr) return malformed("the signer's certificate is not enclosed");
    if (CMS_signed_get_attr_count(info_) <= 0) return malformed("no signed attributes");
    md_ = known_digest(info_);
    ERR_clear_error();
    return {};
}

int SignedData::signers() const noexcept { return sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms_.get())); }

std::optional<ByteView> SignedData::content() const {
    if (CMS_is_detached(cms_.get()) == 1) return std::nullopt;
    ASN1_OCTET_STRING** inside = CMS_get0_content(cms_.get());
    if (inside == nullptr || *inside == nullptr) return std::nullopt;
    return ByteView(ASN1_STRING_get0_data(*inside), static_cast<std::size_t>(ASN1_STRING_length(*inside)));
}

std::vector<X509*> SignedData::certificates() const {
    std::vector<X509*> all{signer_};
    for (int i = 0; i < sk_X509_num(enclosed_.get()); ++i)
        if (auto* other = sk_X509_value(enclosed_.get(), i); X509_cmp(other, signer_) != 0)
            all.push_back(other);
    return all;
}

bool SignedData::covers(ByteView digest) const {
    const auto* value = attribute(info_, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING);
    if (value == nullptr) return false;
    const ByteView signed_digest(ASN1_STRING_get0_data(value),
                                 static_cast<std::size_t>(ASN1_STRING_length(value)));
    return equal(signed_digest, digest);
}

bool SignedData::key_signed() const {
    const bool good = CMS_SignerInfo_verify(info_) == 1;
    ERR_clear_error();
    return good;
}

EssState SignedData::ess() const {
    const bool named = CMS_signed_get_attr_by_NID(info_, NID_id_smime_aa_signingCertificateV2, -1) >= 0 ||
                       CMS_signed_get_attr_by_NID(info_, NID_id_smime_aa_signingCertificate, -1) >= 0;
    if (!named) return EssState::absent;
    EssPtr v1;
    EssV2Ptr v2;
    if (const auto* der = attribute(info_, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE)) {
        const auto* at = ASN1_STRING_get0_data(der);
        v2.reset(d2i_ESS_SIGNING_CERT_V2(nullptr, &at, ASN1_STRING_length(der)));
    } else if (const auto* old = attribute(info_, NID_id_smime_aa_signingCertificate, V_ASN1_SEQUENCE)) {
        const auto* at = ASN1_STRING_get0_data(old);
        v1.reset(d2i_ESS_SIGNING_CERT(nullptr, &at, ASN1_STRING_length(old)));
    }
    const BorrowedStackPtr chain(sk_X509_new_null());
    for (auto* certificate : certificates()) sk_X509_push(chain.get(), certificate);
    const bool good = (v1 || v2) && OSSL_ESS_check_signing_certs(v1.get(), v2.get(), chain.get(), 1) == 1;
    ERR_clear_error();
    return good ? EssState::matches : EssState::other_certificate;
}

bool SignedData::has_signing_time() const {
    return CMS_signed_get_attr_by_NID(info_, NID_pkcs9_signingTime, -1) >= 0;
}

std::optional<std::chrono::sys_seconds> SignedData::signing_time() const {
    for (const int type : {V_ASN1_UTCTIME, V_ASN1_GENERALIZEDTIME})
        if (const auto* value = attribute(info_, NID_pkcs9_signingTime, type)) return to_time(value);
    return std::nullopt;
}

Bytes SignedData::signature() const {
    const auto* value = CMS_SignerInfo_get0_signature(info_);
    return copy({ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value))});
}

Bytes SignedData::timestamp() const {
    const int at = CMS_unsigned_get_attr_by_NID(info_, NID_id_smime_aa_timeStampToken, -1);
    auto* attribute = at < 0 ? nullptr : CMS_unsigned_get_attr(info_, at);
    auto* type = attribute == nullptr ? nullptr : X509_ATTRIBUTE_get0_type(attribute, 0);
    ERR_clear_error();
    if (type == nullptr || type->type != V_ASN1_SEQUENCE) return {};
    return copy({ASN1_STRING_get0_data(type->value.sequence),
                 static_cast<std::size_t>(ASN1_STRING_length(type->value.sequence))});
}

std::vector<Bytes> SignedData::lists() const {
    std::vector<Bytes> all;
    const ListsPtr lists(CMS_get1_crls(cms_.get()));
    for (int i = 0; lists && i < sk_X509_CRL_num(lists.get()) && i < max_certificates; ++i) {
        unsigned char* der = nullptr;
        const int size = i2d_X509_CRL(sk_X509_CRL_value(lists.get(), i), &der);
        if (size > 0) all.push_back(copy({der, static_cast<std::size_t>(size)}));
        OPENSSL_free(der);
    }
    ERR_clear_error();
    return all;
}

Bytes SignedData::revocation_archive() const {
    const std::unique_ptr<ASN1_OBJECT, Releaser<ASN1_OBJECT_free>> name(
        OBJ_txt2obj("1.2.840.113583.1.1.8", 1));
    const auto* value =
        static_cast<ASN1_STRING*>(CMS_signed_get0_data_by_OBJ(info_, name.get(), -3, V_ASN1_SEQUENCE));
    ERR_clear_error();
    if (value == nullptr) return {};
    return copy({ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value))});
}

} // namespace acredita::letter
