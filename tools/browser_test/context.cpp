// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/browser_test/context.hpp"

#include "pcsc/base/bytes.hpp"

#include <algorithm>

namespace acredita::browser_test {

namespace {

using client::Certificate;
using client::Owned;

void free_der(unsigned char* data) { OPENSSL_free(data); }
void free_names(STACK_OF(X509_NAME) * names) { sk_X509_NAME_pop_free(names, X509_NAME_free); }
using Names = Owned<STACK_OF(X509_NAME), free_names>;

// More than any real chain; a browser sends the certificate and what is above it.
constexpr long longest_chain = 32L * 1024;

// Whoever issued it: the key behind it is proven by the handshake itself, and whether it is the card's is
// told by comparing it.
int take_any(X509_STORE_CTX* /*store*/, void* /*nothing*/) { return 1; }

Names issuers_of(std::span<const Bytes> certificates) {
    Names names(sk_X509_NAME_new_null());
    for (const auto& der : certificates) {
        const unsigned char* at = der.data();
        const Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
        if (!certificate || !names) continue;
        auto* issuer = X509_NAME_dup(X509_get_issuer_name(certificate.get()));
        if (issuer != nullptr && sk_X509_NAME_push(names.get(), issuer) == 0) X509_NAME_free(issuer);
    }
    return names;
}

std::string signature_of(SSL* tls) {
    int kind = NID_undef;
    int hash = NID_undef;
    if (SSL_get_peer_signature_type_nid(tls, &kind) != 1 || SSL_get_peer_signature_nid(tls, &hash) != 1)
        return {};
    const std::string name = kind == EVP_PKEY_RSA_PSS ? "RSA-PSS"
                             : kind == EVP_PKEY_EC    ? "ECDSA"
                                                      : OBJ_nid2ln(kind);
    return hash == NID_undef ? name : name + " " + OBJ_nid2sn(hash);
}

Bytes der_of(const X509* certificate) {
    unsigned char* data = nullptr;
    const int size = i2d_X509(certificate, &data);
    const Owned<unsigned char, free_der> owner(data);
    return size < 0 ? Bytes{} : copy({data, static_cast<std::size_t>(size)});
}

} // namespace

Result<Context> make_context(const Identity& identity, std::span<const Bytes> certificates) {
    Context context(SSL_CTX_new(TLS_server_method()));
    if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION) != 1 ||
        SSL_CTX_use_certificate(context.get(), identity.certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context.get(), identity.key.get()) != 1)
        return fail_tls("SSL_CTX");
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context.get(), take_any, nullptr);
    SSL_CTX_set0_CA_list(context.get(), issuers_of(certificates).release());
    // A resumed connection would prove nothing again.
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context.get(), 0);
    SSL_CTX_set_max_cert_list(context.get(), longest_chain);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    return context;
}

Visit judge_visit(SSL* tls, std::span<const Bytes> certificates) {
    Visit visit;
    visit.protocol = std::string(SSL_get_version(tls)) + " " + SSL_get_cipher_name(tls);
    const X509* shown = SSL_get0_peer_certificate(tls);
    if (shown == nullptr) {
        visit.fault = browser_errc::no_certificate;
        return visit;
    }
    const auto der = der_of(shown);
    visit.signature = signature_of(tls);
    if (auto summary = issue::summarise(der, issue::Clock::now())) visit.certificate = *std::move(summary);
    if (certificates.empty())
        visit.fault = browser_errc::nothing_to_compare;
    else if (std::find(certificates.begin(), certificates.end(), der) == certificates.end())
        visit.fault = browser_errc::wrong_certificate;
    return visit;
}

} // namespace acredita::browser_test
