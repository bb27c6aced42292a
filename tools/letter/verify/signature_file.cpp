// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// CMS files (.p7s, .p7m): the signature beside the document, or around it.
#include "tools/letter/digest.hpp"
#include "tools/letter/verify/judge.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace acredita::letter {

namespace {

constexpr std::uint64_t max_signature_file = std::uint64_t{64} << 20; // it may hold its content
constexpr int max_signers = 64;

using BioPtr = std::unique_ptr<BIO, Releaser<BIO_free_all>>;

[[nodiscard]] Result<Bytes> der_of_file(const std::filesystem::path& path) {
    ACREDITA_TRY(file, InputFile::open(path, max_signature_file));
    ACREDITA_TRY(bytes, file.read_at(0, static_cast<std::size_t>(file.size())));
    if (!as_text(bytes).starts_with("-----BEGIN ")) return std::move(bytes);
    const BioPtr text(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* der = nullptr;
    long size = 0;
    const bool read = text && PEM_read_bio(text.get(), &name, &header, &der, &size) == 1;
    Bytes out = read ? copy({der, static_cast<std::size_t>(size)}) : Bytes();
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(der);
    ERR_clear_error();
    return out;
}

[[nodiscard]] Result<SignatureVerdict> judge(const SignedData& data, const Surroundings& around,
                                             const std::optional<InputFile>& content) {
    SignatureVerdict verdict;
    verdict.sub_filter = data.ess() == EssState::absent ? "CMS" : "CAdES";
    verdict.covers_whole_file = true;
    const auto inside = data.content();
    verdict.covered_until = inside ? inside->size() : content->size();
    verdict.later = LaterChanges::none;
    ACREDITA_CHECK(judge_signed_data(
        data, around,
        [&](const EVP_MD* md) {
            return inside ? digest_of(md, *inside) : digest_of(md, *content, {.before = content->size()});
        },
        verdict));
    return verdict;
}

} // namespace

Result<VerifyReport> verify_cms(const std::filesystem::path& path, const std::filesystem::path& content,
                                const VerifyOptions& options) {
    ACREDITA_TRY(der, der_of_file(path));
    const auto clock = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const Surroundings around{options, options.now.value_or(clock), {}, {}};
    VerifyReport report;
    std::optional<InputFile> beside;
    for (int i = 0, signers = 1; i < signers; ++i) {
        auto data = SignedData::read(der, i);
        if (!data) return fail(letter_errc::bad_signature_file, std::move(data).error().detail);
        signers = data->signers();
        if (signers > max_signers) return fail(letter_errc::too_complex, "signatures");
        if (!data->content() && !beside) {
            if (content.empty()) return fail(letter_errc::content_missing, path.filename().string());
            ACREDITA_TRY(file, InputFile::open(content, options.max_size));
            beside = std::move(file);
        }
        ACREDITA_TRY(verdict, judge(*data, around, beside));
        verdict.field = std::to_string(i + 1);
        report.size = verdict.covered_until;
        report.signatures.push_back(std::move(verdict));
    }
    return report;
}

} // namespace acredita::letter
