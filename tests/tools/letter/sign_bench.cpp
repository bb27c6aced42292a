// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Signs a PDF with a key from a file, as tests/bench/letter.py wants it: the same work as with a card,
// without the card. With a number it signs that often in one process and prints the milliseconds of each.
//
//   letter_sign_bench KEY.pem CERTIFICATE.der IN.pdf OUT.pdf [TIMES]
#include "tools/letter/sign.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <openssl/pem.h>

int main(int count, char** arguments) {
    using namespace acredita;
    using namespace acredita::letter;
    if (count < 5) return 2;
    const std::unique_ptr<BIO, Releaser<BIO_free>> file(BIO_new_file(arguments[1], "r"));
    const KeyPtr key(file ? PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr) : nullptr);
    std::ifstream in(arguments[2], std::ios::binary);
    const std::string der((std::istreambuf_iterator<char>(in)), {});
    const Signer signer{.key = key.get(), .certificate = copy(as_bytes(der)), .chain = {}};
    const int times = count > 5 ? std::atoi(arguments[5]) : 1;
    for (int i = 0; i < times; ++i) {
        std::filesystem::remove(arguments[4]);
        const auto start = std::chrono::steady_clock::now();
        const auto report = sign_pdf(arguments[3], arguments[4], signer, {});
        if (!report) {
            std::fprintf(stderr, "%s\n", describe(report.error()).c_str());
            return 1;
        }
        if (count > 5)
            std::printf(
                "%.3f\n",
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    return 0;
}
