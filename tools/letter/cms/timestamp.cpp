// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/cms/timestamp.hpp"

#include "tools/letter/cms/store.hpp"
#include "tools/letter/digest.hpp"
#include "tools/letter/errors.hpp"

#include <algorithm>
#include <array>

#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace acredita::letter {

namespace {

constexpr std::size_t nonce_size = 16;

using RequestPtr = std::unique_ptr<TS_REQ, Releaser<TS_REQ_free>>;
using ResponsePtr = std::unique_ptr<TS_RESP, Releaser<TS_RESP_free>>;
using ImprintPtr = std::unique_ptr<TS_MSG_IMPRINT, Releaser<TS_MSG_IMPRINT_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, Releaser<X509_ALGOR_free>>;
using ObjectPtr = std::unique_ptr<ASN1_OBJECT, Releaser<ASN1_OBJECT_free>>;
using IntegerPtr = std::unique_ptr<ASN1_INTEGER, Releaser<ASN1_INTEGER_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, Releaser<BN_free>>;

[[nodiscard]] tl::unexpected<Error> bad(const char* what) {
    ERR_clear_error();
    return fail(letter_errc::timestamp_bad, what);
}

[[nodiscard]] std::string dotted(const ASN1_OBJECT* object) {
    std::array<char, 128> text{};
    return OBJ_obj2txt(text.data(), text.size(), object, 1) > 0 ? text.data() : std::string();
}

// RFC 3161 2.4.2, PKIFailureInfo.
[[nodiscard]] std::string reason_of(const TS_STATUS_INFO* status) {
    constexpr std::array<std::pair<int, const char*>, 8> reasons{{{0, "badAlg"},
                                                                  {2, "badRequest"},
                                                                  {5, "badDataFormat"},
                                                                  {14, "timeNotAvailable"},
                                                                  {15, "unacceptedPolicy"},
                                                                  {16, "unacceptedExtension"},
                                                                  {17, "addInfoNotAvailable"},
                                                                  {25, "systemFailure"}}};
    const auto* info = TS_STATUS_INFO_get0_failure_info(status);
    for (const auto& [bit, name] : reasons)
        if (info != nullptr && ASN1_BIT_STRING_get_bit(info, bit) == 1) return name;
    return "status " + std::to_string(ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status)));
}

template <auto encode, class T>
[[nodiscard]] Bytes encoded(T* object) {
    const int size = encode(object, nullptr);
    Bytes der(size > 0 ? static_cast<std::size_t>(size) : 0);
    auto* at = der.data();
    if (size > 0) encode(object, &at);
    return der;
}

[[nodiscard]] bool fill(TS_REQ* request, const TimestampRequest& asked) {
    const ImprintPtr imprint(TS_MSG_IMPRINT_new());
    const AlgorithmPtr algorithm(X509_ALGOR_new());
    const NumberPtr number(BN_bin2bn(asked.nonce.data(), static_cast<int>(asked.nonce.size()), nullptr));
    const IntegerPtr nonce(BN_to_ASN1_INTEGER(number.get(), nullptr));
    auto digest = asked.imprint;
    return imprint && algorithm && nonce && TS_REQ_set_version(request, 1) == 1 &&
           X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
           TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
           TS_MSG_IMPRINT_set_msg(imprint.get(), digest.data(), static_cast<int>(digest.size())) == 1 &&
           TS_REQ_set_msg_imprint(request, imprint.get()) == 1 &&
           TS_REQ_set_nonce(request, nonce.get()) == 1 && TS_REQ_set_cert_req(request, 1) == 1;
}

} // namespace

Result<TimestampRequest> timestamp_request(ByteView what, const std::string& policy) {
    ACREDITA_TRY(imprint, digest_of(EVP_sha256(), what));
    TimestampRequest asked{{}, std::move(imprint), Bytes(nonce_size), policy};
    if (RAND_bytes(asked.nonce.data(), static_cast<int>(asked.nonce.size())) != 1)
        return fail(letter_errc::signing_failed, "nonce");
    asked.nonce.front() = static_cast<std::uint8_t>((asked.nonce.front() & 0x7FU) | 0x40U);
    const RequestPtr request(TS_REQ_new());
    if (!request || !fill(request.get(), asked)) return fail(letter_errc::signing_failed, openssl_reason());
    if (!policy.empty()) {
        const ObjectPtr object(OBJ_txt2obj(policy.c_str(), 1));
        if (!object || TS_REQ_set_policy_id(request.get(), object.get()) != 1) {
            ERR_clear_error();
            return fail(letter_errc::bad_option, "timestamp policy");
        }
    }
    asked.der = encoded<i2d_TS_REQ>(request.get());
    return asked;
}

Result<Timestamp> Timestamp::parse(ByteView der) {
    if (der.empty() || der.size() > max_timestamp) return bad("size");
    Timestamp made;
    const auto* at = der.data();
    made.token_.reset(d2i_PKCS7(nullptr, &at, static_cast<long>(der.size())));
    if (!made.token_ || at != der.data() + der.size()) return bad("encoding");
    made.info_.reset(PKCS7_to_TS_TST_INFO(made.token_.get()));
    if (!made.info_ || TS_TST_INFO_get_version(made.info_.get()) != 1) return bad("no TSTInfo");
    const auto time = to_time(TS_TST_INFO_get_time(made.info_.get()));
    if (!time) return bad("time");
    made.time_ = *time;
    const ASN1_OBJECT* name = nullptr;
    X509_ALGOR_get0(&name, nullptr, nullptr,
                    TS_MSG_IMPRINT_get_algo(TS_TST_INFO_get_msg_imprint(made.info_.get())));
    switch (OBJ_obj2nid(name)) {
    case NID_sha256:
        made.md_ = EVP_sha256();
        break;
    case NID_sha384:
        made.md_ = EVP_sha384();
        break;
    case NID_sha512:
        made.md_ = EVP_sha512();
        break;
    default:
        return bad("digest");
    }
    made.der_ = copy(der);
    ERR_clear_error();
    return made;
}

Result<Timestamp> Timestamp::from_response(ByteView response, const TimestampRequest& asked) {
    if (response.empty() || response.size() > max_timestamp) return bad("size");
    const auto* at = response.data();
    const ResponsePtr parsed(d2i_TS_RESP(nullptr, &at, static_cast<long>(response.size())));
    if (!parsed || at != response.data() + response.size()) return bad("encoding");
    auto* status = TS_RESP_get_status_info(parsed.get());
    const auto granted = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
    if (granted != TS_STATUS_GRANTED && granted != TS_STATUS_GRANTED_WITH_MODS) {
        ERR_clear_error();
        return fail(letter_errc::timestamp_refused, reason_of(status));
    }
    auto* token = TS_RESP_get_token(parsed.get());
    if (token == nullptr) return bad("no token");
    ACREDITA_TRY(made, parse(encoded<i2d_PKCS7>(token)));
    ACREDITA_CHECK(made.answers(asked));
    return std::move(made);
}

Result<void> Timestamp::answers(const TimestampRequest& asked) const {
    if (md_ != EVP_sha256() || !covers(asked.imprint)) return bad("imprint");
    const auto* nonce = TS_TST_INFO_get_nonce(info_.get());
    if (nonce == nullptr) return bad("nonce");
    const NumberPtr number(ASN1_INTEGER_to_BN(nonce, nullptr));
    const NumberPtr wanted(BN_bin2bn(asked.nonce.data(), static_cast<int>(asked.nonce.size()), nullptr));
    if (!number || !wanted || BN_cmp(number.get(), wanted.get()) != 0) return bad("nonce");
    if (!asked.policy.empty() && policy() != asked.policy) return bad("policy");
    return {};
}

bool Timestamp::covers(ByteView digest) const {
    const auto* value = TS_MSG_IMPRINT_get_msg(TS_TST_INFO_get_msg_imprint(info_.get()));
    return equal({ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value))}, digest);
}

std::string Timestamp::policy() const { return dotted(TS_TST_INFO_get_policy_id(info_.get())); }

std::string Timestamp::authority() const {
    const BorrowedStackPtr signers(PKCS7_get0_signers(token_.get(), nullptr, 0));
    ERR_clear_error();
    return signers && sk_X509_num(signers.get()) > 0 ? common_name(sk_X509_value(signers.get(), 0))
                                                     : std::string();
}

Result<Authority> Timestamp::check(const std::vector<Bytes>& anchors, const std::vector<Bytes>& others,
                                   std::string& problem) const {
    const auto signed_under = [&](const StorePtr& store) -> Result<bool> {
        ACREDITA_TRY(helpers, parse_all(others));
        ERR_clear_error();
        return store && TS_RESP_verify_signature(token_.get(), helpers.get(), store.get(), nullptr) == 1;
    };
    if (!anchors.empty()) {
        ACREDITA_TRY(store, store_of(anchors, time_));
        ACREDITA_TRY(good, signed_under(store));
        problem = good ? std::string() : openssl_reason();
        if (good) return Authority::trusted;
    }
    // Does it hold by itself, whoever its authority is?
    const BorrowedStackPtr signers(PKCS7_get0_signers(token_.get(), nullptr, 0));
    if (!signers || sk_X509_num(signers.get()) != 1) {
        ERR_clear_error();
        return Authority::false_signature;
    }
    ACREDITA_TRY(own, store_of({der_of(sk_X509_value(signers.get(), 0))}, time_));
    ACREDITA_TRY(good, signed_under(own));
    if (!good) problem = openssl_reason();
    ERR_clear_error();
    return good ? Authority::unknown : Authority::false_signature;
}

} // namespace acredita::letter
