// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/certificate_files.hpp"

#include "pkcs11/client/handle.hpp"
#include "tools/cli/error.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace acredita::cli {
namespace {

using client::Certificate;

void free_openssl(unsigned char* data) { OPENSSL_free(data); }

bool add(std::vector<Bytes>& all, const Certificate& certificate) {
    if (!certificate) return false;
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate.get(), &der);
    const client::Owned<unsigned char, free_openssl> owner(der);
    if (size > 0) all.push_back(copy({der, static_cast<std::size_t>(size)}));
    return size > 0;
}

} // namespace

Result<std::vector<Bytes>> read_certificates(const std::vector<std::string>& files) {
    std::vector<Bytes> all;
    for (const auto& name : files) {
        const auto before = all.size();
        const client::Owned<BIO, BIO_free_all> file(BIO_new_file(name.c_str(), "rb"));
        if (!file) return fail(cli_errc::file_unreadable, name);
        while (add(all, Certificate(PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr)))) {
        }
        if (all.size() == before && BIO_reset(file.get()) == 0)
            add(all, Certificate(d2i_X509_bio(file.get(), nullptr)));
        ERR_clear_error(); // the end of a PEM file is an error to OpenSSL
        if (all.size() == before) return fail(cli_errc::file_unreadable, name);
    }
    return all;
}

} // namespace acredita::cli
