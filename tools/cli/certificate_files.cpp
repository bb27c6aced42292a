// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/certificate_files.hpp"

#include "pkcs11/client/handle.hpp"
#include "tools/cli/error.hpp"
#include "tools/letter/file.hpp"

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

Result<std::vector<Bytes>> read_plain(const std::vector<std::string>& files) {
    constexpr std::uint64_t largest = std::uint64_t{16} << 20;
    std::vector<Bytes> all;
    for (const auto& name : files) {
        const auto file = letter::InputFile::open(name, largest);
        if (!file) return fail(cli_errc::file_unreadable, name);
        ACREDITA_TRY(bytes, file->read_at(0, static_cast<std::size_t>(file->size())));
        all.push_back(std::move(bytes));
    }
    return all;
}

Result<std::vector<Bytes>> read_revocation_lists(const std::vector<std::string>& files) {
    ACREDITA_TRY(all, read_plain(files));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const client::Owned<BIO, BIO_free_all> text(
            BIO_new_mem_buf(all[i].data(), static_cast<int>(all[i].size())));
        client::Owned<X509_CRL, X509_CRL_free> list(
            PEM_read_bio_X509_CRL(text.get(), nullptr, nullptr, nullptr));
        const auto* at = all[i].data();
        if (!list) list.reset(d2i_X509_CRL(nullptr, &at, static_cast<long>(all[i].size())));
        ERR_clear_error();
        unsigned char* der = nullptr;
        const int size = list ? i2d_X509_CRL(list.get(), &der) : 0;
        const client::Owned<unsigned char, free_openssl> owner(der);
        if (size <= 0) return fail(cli_errc::file_unreadable, files[i]);
        all[i] = copy({der, static_cast<std::size_t>(size)});
    }
    return all;
}

} // namespace acredita::cli
