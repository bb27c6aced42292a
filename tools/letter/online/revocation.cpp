// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/online/revocation.hpp"

#include "tools/letter/cms/handles.hpp"
#include "tools/letter/online/http.hpp"

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

namespace acredita::letter {

namespace {

constexpr std::size_t most = 2;
constexpr std::size_t max_list = std::size_t{16} << 20;
constexpr std::size_t max_answer = std::size_t{256} << 10;

using PointsPtr = std::unique_ptr<CRL_DIST_POINTS, Releaser<CRL_DIST_POINTS_free>>;
using RequestPtr = std::unique_ptr<OCSP_REQUEST, Releaser<OCSP_REQUEST_free>>;

[[nodiscard]] std::vector<std::string> responders(X509* certificate) {
    std::vector<std::string> all;
    auto* texts = X509_get1_ocsp(certificate);
    for (int i = 0; i < sk_OPENSSL_STRING_num(texts) && all.size() < most; ++i)
        all.emplace_back(sk_OPENSSL_STRING_value(texts, i));
    X509_email_free(texts);
    return all;
}

[[nodiscard]] std::vector<std::string> lists(const X509* certificate) {
    std::vector<std::string> all;
    const PointsPtr points(static_cast<CRL_DIST_POINTS*>(
        X509_get_ext_d2i(certificate, NID_crl_distribution_points, nullptr, nullptr)));
    for (int i = 0; i < sk_DIST_POINT_num(points.get()); ++i) {
        const auto* point = sk_DIST_POINT_value(points.get(), i)->distpoint;
        if (point == nullptr || point->type != 0) continue;
        for (int j = 0; j < sk_GENERAL_NAME_num(point->name.fullname) && all.size() < most; ++j) {
            int type = 0;
            auto* value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(point->name.fullname, j), &type);
            if (type != GEN_URI) continue;
            const auto* text = static_cast<ASN1_STRING*>(value);
            std::string url(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                            static_cast<std::size_t>(ASN1_STRING_length(text)));
            if (url.starts_with("http")) all.push_back(std::move(url));
        }
    }
    return all;
}

[[nodiscard]] Bytes question(X509* certificate, X509* issuer) {
    const RequestPtr request(OCSP_REQUEST_new());
    auto* identifier = OCSP_cert_to_id(EVP_sha1(), certificate, issuer); // what every responder knows
    if (!request || identifier == nullptr || OCSP_request_add0_id(request.get(), identifier) == nullptr) {
        OCSP_CERTID_free(identifier);
        return {};
    }
    const int size = i2d_OCSP_REQUEST(request.get(), nullptr);
    Bytes der(size > 0 ? static_cast<std::size_t>(size) : 0);
    auto* at = der.data();
    if (size > 0) i2d_OCSP_REQUEST(request.get(), &at);
    return der;
}

} // namespace

FetchRevocation fetch_over_http(std::chrono::milliseconds time) {
    return [time](const Bytes& certificate, const Bytes& issuer) {
        RevocationEvidence found;
        const auto subject = parse_certificate(certificate);
        const auto above = parse_certificate(issuer);
        if (!subject || !above) return found;
        const auto asked = question(subject->get(), above->get());
        for (const auto& url : responders(subject->get())) {
            auto answer = http({.url = url,
                                .body = asked,
                                .content_type = "application/ocsp-request",
                                .wanted_type = "application/ocsp-response",
                                .max_size = max_answer,
                                .time = time});
            if (answer) found.answers.push_back(std::move(*answer));
            if (!found.answers.empty()) return found;
        }
        for (const auto& url : lists(subject->get()))
            if (auto list = http({.url = url, .max_size = max_list, .time = time}))
                found.lists.push_back(std::move(*list));
        ERR_clear_error();
        return found;
    };
}

} // namespace acredita::letter
