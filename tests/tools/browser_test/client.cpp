// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/browser_test/client.hpp"

#include <stdexcept>

#include <netinet/in.h>
#include <sys/socket.h>

namespace acredita::test {

using browser_test::Descriptor;

Bytes Holder::der() const {
    unsigned char* data = nullptr;
    const int size = i2d_X509(certificate.get(), &data);
    Bytes bytes = copy({data, static_cast<std::size_t>(size)});
    OPENSSL_free(data);
    return bytes;
}

Holder make_holder(const std::string& kind) {
    Holder holder;
    holder.key.reset(kind == "RSA" ? EVP_RSA_gen(2048U) : EVP_EC_gen("P-256"));
    holder.certificate.reset(X509_new());
    auto* certificate = holder.certificate.get();
    auto* name = X509_get_subject_name(certificate);
    const bool made =
        holder.key && ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1) == 1 &&
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>("MUESTRA ANA - 00000000T"), -1, -1,
                                   0) == 1 &&
        X509_set_issuer_name(certificate, name) == 1 &&
        X509_gmtime_adj(X509_getm_notBefore(certificate), -60) != nullptr &&
        X509_gmtime_adj(X509_getm_notAfter(certificate), 3600) != nullptr &&
        X509_set_pubkey(certificate, holder.key.get()) == 1 &&
        X509_sign(certificate, holder.key.get(), EVP_sha256()) != 0;
    if (!made) throw std::runtime_error("no certificate");
    return holder;
}

Serving::Serving(std::vector<Bytes> certificates, std::chrono::milliseconds patience) {
    auto opened = browser_test::Server::open(
        0, std::move(certificates), [](browser_test::Visit& visit) { return visit.fault ? "no" : "yes"; },
        patience);
    if (!opened || ::pipe(end_) != 0) throw std::runtime_error("no server");
    server_ = *std::move(opened);
    thread_ = std::thread([this] {
        const int ends[] = {end_[0]};
        server_->serve(std::chrono::steady_clock::now() + std::chrono::seconds(60), ends,
                       [this](const browser_test::Visit& visit) {
                           visits_.push_back(visit);
                           return true;
                       });
    });
}

void Serving::stop() {
    if (!thread_.joinable()) return;
    ::close(end_[1]);
    thread_.join();
    ::close(end_[0]);
}

unsigned Serving::port() const {
    const auto url = server_->url();
    return static_cast<unsigned>(std::stoul(url.substr(url.rfind(':') + 1)));
}

Descriptor connected(unsigned port) {
    Descriptor fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("no connection");
    return fd;
}

std::string ask(unsigned port, const Holder* holder, const std::string& request, int newest_version) {
    const browser_test::Context context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_max_proto_version(context.get(), newest_version);
    if (holder != nullptr) {
        SSL_CTX_use_certificate(context.get(), holder->certificate.get());
        SSL_CTX_use_PrivateKey(context.get(), holder->key.get());
    }
    const auto fd = connected(port);
    const browser_test::Tls tls(SSL_new(context.get()));
    SSL_set_fd(tls.get(), fd.get());
    if (SSL_connect(tls.get()) != 1) return {};
    if (SSL_write(tls.get(), request.data(), static_cast<int>(request.size())) <= 0) return {};
    std::string answer;
    char part[4096];
    for (int size = 0; (size = SSL_read(tls.get(), part, sizeof part)) > 0;)
        answer.append(part, static_cast<std::size_t>(size));
    return answer;
}

std::string request_for_the_page(unsigned port) {
    return "GET / HTTP/1.1\r\nHost: localhost:" + std::to_string(port) + "\r\n\r\n";
}

} // namespace acredita::test
