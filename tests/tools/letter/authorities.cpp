// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/letter/authorities.hpp"

#include "tools/letter/append/revision.hpp"

#include <stdexcept>

#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

namespace acredita::letter::test {

namespace {

using TimePtr = std::unique_ptr<ASN1_TIME, Releaser<ASN1_TIME_free>>;
using ListPtr = std::unique_ptr<X509_CRL, Releaser<X509_CRL_free>>;
using BasicPtr = std::unique_ptr<OCSP_BASICRESP, Releaser<OCSP_BASICRESP_free>>;
using AnswerPtr = std::unique_ptr<OCSP_RESPONSE, Releaser<OCSP_RESPONSE_free>>;
using Asn1IntegerPtr = std::unique_ptr<ASN1_INTEGER, Releaser<ASN1_INTEGER_free>>;
using IdentifierPtr = std::unique_ptr<OCSP_CERTID, Releaser<OCSP_CERTID_free>>;

TimePtr in_days(int days) { return TimePtr(ASN1_TIME_adj(nullptr, ::time(nullptr), days, 0)); }

const Identity& stranger() {
    static const Identity made = make_identity(KeyKind::rsa2048, "DESCONOCIDO");
    return made;
}

void extend(X509_CRL* list, int nid, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, nullptr, nullptr, nullptr, list, 0);
    auto* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    if (extension == nullptr) throw std::runtime_error("extension");
    X509_CRL_add_ext(list, extension, -1);
    X509_EXTENSION_free(extension);
}

template <auto encode, class T>
Bytes der(T* object) {
    unsigned char* bytes = nullptr;
    const int size = encode(object, &bytes);
    if (size <= 0) throw std::runtime_error("encoding");
    Bytes out(bytes, bytes + size);
    OPENSSL_free(bytes);
    return out;
}

} // namespace

Bytes revocation_list(const ListOrder& order) {
    const auto issuer = parse_certificate(authority()).value();
    const ListPtr list(X509_CRL_new());
    X509_CRL_set_version(list.get(), 1);
    X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer.get()));
    X509_CRL_set1_lastUpdate(list.get(), in_days(order.from_days).get());
    X509_CRL_set1_nextUpdate(list.get(), in_days(order.until_days).get());
    if (order.revoked) {
        const auto certificate = parse_certificate(*order.revoked).value();
        auto* entry = X509_REVOKED_new();
        X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(certificate.get()));
        X509_REVOKED_set_revocationDate(entry, in_days(order.revoked_days).get());
        X509_CRL_add0_revoked(list.get(), entry);
    }
    if (!order.part.empty())
        extend(list.get(), NID_issuing_distribution_point, "critical,fullname:URI:" + order.part);
    if (order.delta) { // delta CRL indicator: OpenSSL has no words for it in a configuration
        const Asn1IntegerPtr base(ASN1_INTEGER_new());
        ASN1_INTEGER_set(base.get(), 1);
        X509_CRL_add1_ext_i2d(list.get(), NID_delta_crl, base.get(), 1, 0);
    }
    X509_CRL_sign(list.get(), order.forged ? stranger().key.get() : authority_key(), EVP_sha256());
    return der<i2d_X509_CRL>(list.get());
}

Bytes revocation_answer(const AnswerOrder& order) {
    const auto issuer = parse_certificate(authority()).value();
    const auto certificate = parse_certificate(order.certificate).value();
    const auto foreign = parse_certificate(stranger().certificate).value();
    const BasicPtr basic(OCSP_BASICRESP_new());
    const IdentifierPtr identifier(OCSP_cert_to_id(EVP_sha1(), certificate.get(), issuer.get()));
    OCSP_basic_add1_status(
        basic.get(), identifier.get(), order.revoked ? V_OCSP_CERTSTATUS_REVOKED : V_OCSP_CERTSTATUS_GOOD, 0,
        in_days(-2).get(), in_days(order.from_days).get(), in_days(order.until_days).get());
    if (OCSP_basic_sign(basic.get(), order.forged ? foreign.get() : issuer.get(),
                        order.forged ? stranger().key.get() : authority_key(), EVP_sha256(), nullptr, 0) != 1)
        throw std::runtime_error("answer");
    const AnswerPtr answer(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
    return der<i2d_OCSP_RESPONSE>(answer.get());
}

TimestampAuthority::TimestampAuthority(const Extensions& extensions)
    : identity_{make_key(KeyKind::rsa2048), {}} {
    identity_.certificate = issue(identity_.key.get(), "Sello de tiempo de pruebas", -30, 365, extensions);
    spill(scratch_ / "tsa.der", as_text(identity_.certificate));
    spill(scratch_ / "ca.der", as_text(authority()));
    write_key(scratch_ / "tsa.key", identity_.key.get());
    spill(scratch_ / "tsa.cnf",
          "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_cert=tsa.pem\ncerts=ca.pem\n"
          "signer_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\n"
          "other_policies=1.2.3.4.2\ndigests=sha256,sha384,sha512\naccuracy=secs:1\n"
          "ess_cert_id_chain=no\ness_cert_id_alg=sha256\n");
    spill(scratch_ / "serial", "01\n");
    const auto made = run("cd " + folder().string() +
                          " && for c in tsa ca; do openssl x509 -inform DER -in $c.der -out $c.pem; done");
    if (made.code != 0) throw std::runtime_error(made.output);
}

Bytes TimestampAuthority::reply(const Bytes& request) const {
    spill(scratch_ / "request", as_text(request));
    const auto made = run("cd " + folder().string() +
                          " && openssl ts -reply -config tsa.cnf -queryfile request -out response");
    if (made.code != 0) throw std::runtime_error(made.output);
    const auto bytes = slurp(scratch_ / "response");
    return copy(as_bytes(bytes));
}

AskAuthority TimestampAuthority::ask() const {
    return [this](const Bytes& request) -> Result<Bytes> { return reply(request); };
}

TimestampOrder TimestampAuthority::order() const {
    TimestampOrder order;
    order.ask = ask();
    order.anchors = {authority()};
    return order;
}

std::string with_document_timestamp(const std::string& pdf, const AskAuthority& ask) {
    const Scratch scratch;
    spill(scratch / "in.pdf", pdf);
    const auto file = InputFile::open(scratch / "in.pdf", max_document).value();
    const auto document = StrictPdf::open(file).value();
    SignatureEntries entries;
    entries.digest = "SHA256";
    const auto revision = prepare_revision(document, "Sello", entries, 8192).value();
    auto made = pdf + revision.appended;
    const std::string kind = "ETSI.CAdES.detached", wanted = "ETSI.RFC3161       ";
    made.replace(made.find(kind, pdf.size()), kind.size(), wanted);
    const auto covered = made.substr(0, revision.range.before) + made.substr(revision.range.after);
    const auto request = timestamp_request(as_bytes(covered), "").value();
    const auto response = ask(request.der).value();
    const auto token = to_hex(Timestamp::from_response(response, request).value().der());
    return made.replace(revision.contents_at, token.size(), token);
}

} // namespace acredita::letter::test
