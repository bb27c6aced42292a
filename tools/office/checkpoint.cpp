// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/checkpoint.hpp"

#include <openssl/x509.h>

namespace acredita::office {
namespace {

struct Release {
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

bool verifies(ByteView certificate, ByteView signature, std::string_view text) {
    const unsigned char* at = certificate.data();
    const std::unique_ptr<X509, Release> read(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
    const std::unique_ptr<EVP_MD_CTX, Release> context(EVP_MD_CTX_new());
    if (!read || !context || at != certificate.data() + certificate.size()) return false;
    EVP_PKEY* key = X509_get0_pubkey(read.get());
    return key != nullptr && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), as_bytes(text).data(),
                            text.size()) == 1;
}

} // namespace

std::string checkpoint_text(const Head& head) {
    return "acredita-journal-checkpoint-1\n" + std::to_string(head.number) + "\n" + head.hash + "\n";
}

Result<Facts> make_checkpoint(const Head& head, ByteView certificate, const Sign& sign) {
    const auto text = checkpoint_text(head);
    ACREDITA_TRY(signature, sign(as_bytes(text)));
    Facts facts = {{"number", std::to_string(head.number)},
                   {"head", head.hash},
                   {"certificate", to_hex(certificate)},
                   {"signature", to_hex(signature)}};
    for (const auto& [name, value] : facts)
        if (value.size() > longest_value) return fail(office_errc::checkpoint_refused, name + " is too long");
    if (!check_checkpoint(facts, head))
        return fail(office_errc::checkpoint_refused, "the signature does not verify");
    return facts;
}

std::optional<std::string> check_checkpoint(const Facts& facts, const Head& head) {
    const auto fact = [&](const char* name) {
        const auto found = facts.find(name);
        return found == facts.end() ? std::string() : found->second;
    };
    const auto certificate = from_hex(fact("certificate"));
    const auto signature = from_hex(fact("signature"));
    if (fact("number") != std::to_string(head.number) || fact("head") != head.hash || !certificate ||
        !signature || !verifies(*certificate, *signature, checkpoint_text(head)))
        return std::nullopt;
    return Sha256().of(as_text(*certificate));
}

} // namespace acredita::office
