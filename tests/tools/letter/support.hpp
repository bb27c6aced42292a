// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the letter tests share: a scratch folder, PDFs written for the case at hand, keys and certificates of
// a test authority, and the independent programs that judge what we made (pdfsig, openssl cms, qpdf).
#pragma once

#include "tools/letter/cms/signer.hpp"
#include "tools/letter/sign.hpp"
#include "tools/letter/verify.hpp"

#include <filesystem>
#include <map>
#include <string>

#include <openssl/obj_mac.h>

namespace acredita::letter::test {

namespace fs = std::filesystem;

// A folder that ends with its owner.
class Scratch {
public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] fs::path operator/(const std::string& name) const { return folder_ / name; }

private:
    fs::path folder_;
};

[[nodiscard]] std::string slurp(const fs::path& path);
void spill(const fs::path& path, std::string_view bytes);

// Output and exit code of a shell command.
struct Ran {
    int code = 0;
    std::string output;
};
[[nodiscard]] Ran run(const std::string& command);

// A PDF put together from object bodies; numbers are the keys.
struct PdfParts {
    std::map<int, std::string> objects;
    std::string trailer = "/Root 1 0 R";
    std::string newline = "\n";
    bool final_newline = true;
};
// One page with a line of text: 1 catalogue, 2 pages, 3 page, 4 content, 5 font.
[[nodiscard]] PdfParts simple_letter();
[[nodiscard]] std::string to_pdf(const PdfParts& parts);

// A certificate and its key, issued by the test authority.
struct Identity {
    KeyPtr key;
    Bytes certificate;
    [[nodiscard]] Signer signer() const;
};
enum class KeyKind { rsa2048, rsa1024, p256, p384, p521 };
[[nodiscard]] Bytes authority(); // DER
[[nodiscard]] EVP_PKEY* authority_key();
[[nodiscard]] KeyPtr make_key(KeyKind kind);
// Days counted from now.
using Extensions = std::vector<std::pair<int, std::string>>; // NID, as OpenSSL's configuration writes it
[[nodiscard]] Bytes issue(EVP_PKEY* key, const std::string& name, int from_days = -30, int until_days = 365,
                          const Extensions& extensions = {
                              {NID_key_usage, "critical,digitalSignature,nonRepudiation"}});
[[nodiscard]] Identity make_identity(KeyKind kind, const std::string& name, int from_days = -30,
                                     int until_days = 365);
[[nodiscard]] const Identity& rsa(); // the two everybody uses: made once
[[nodiscard]] const Identity& ec();

void write_key(const fs::path& path, EVP_PKEY* key); // PEM, PKCS#8; a key made for the test

// What the independent programs say about signature number `index` (in order of covered bytes) of a file.
[[nodiscard]] bool openssl_accepts(const Scratch& scratch, const fs::path& pdf, std::size_t index = 0);
[[nodiscard]] int pdfsig_valid_count(const fs::path& pdf);
[[nodiscard]] bool qpdf_is_content(const fs::path& pdf);

[[nodiscard]] VerifyReport verified(const fs::path& pdf);

} // namespace acredita::letter::test
