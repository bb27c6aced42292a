// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/p12/secrets.hpp"

#include <algorithm>
#include <fstream>

#include <openssl/pem.h>

namespace acredita::p12::test {

std::string slurp(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string> secrets_of(std::string_view password, const std::filesystem::path& key_file) {
    std::vector<std::string> found{std::string(password)};
    std::string wide;
    for (const char c : password) wide += std::string(1, '\0') + c;
    found.push_back(wide);
    const Handle<BIO, BIO_free> in(BIO_new_file(key_file.c_str(), "r"));
    const KeyHandle key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
    const auto numbers = key ? rsa_numbers(key.get()) : Result<RsaNumbers>(fail(p12_errc::damaged));
    if (!numbers) throw std::runtime_error("no RSA key in " + key_file.string());
    for (const auto* number : {&numbers->d, &numbers->p, &numbers->q, &numbers->dp, &numbers->qinv}) {
        const auto part = std::string(as_text(number->view().subspan(8, 24)));
        found.push_back(part);
        found.emplace_back(part.rbegin(), part.rend());
    }
    return found;
}

bool holds_any(const std::string& where, const std::vector<std::string>& secrets) {
    return std::ranges::any_of(secrets, [&](const auto& s) { return where.find(s) != std::string::npos; });
}

std::string which(const std::string& where, const std::vector<std::string>& secrets) {
    std::string numbers;
    for (std::size_t i = 0; i < secrets.size(); ++i)
        if (where.find(secrets[i]) != std::string::npos) numbers += " " + std::to_string(i);
    return numbers;
}

} // namespace acredita::p12::test
