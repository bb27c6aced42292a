// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/cms/signed_data.hpp"
#include "tools/letter/digest.hpp"
#include "tools/letter/sign.hpp"
#include "tools/letter/verify.hpp"

namespace acredita::letter {

namespace {

// The last look at what was written, with the eyes of a stranger.
[[nodiscard]] Result<void> check(const OutputFile& output, const std::filesystem::path& input,
                                 const Signer& signer, const MadeSignedData& made) {
    VerifyOptions options;
    options.max_size = std::numeric_limits<std::uint64_t>::max();
    ACREDITA_TRY(report, verify_cms(output.temporary(), input, options));
    const auto demand = [](bool met, const char* part) -> Result<void> {
        if (!met) return fail(letter_errc::self_check_failed, part);
        return {};
    };
    ACREDITA_CHECK(demand(report.signatures.size() == 1, "number of signatures"));
    const auto& verdict = report.signatures.front();
    ACREDITA_CHECK(demand(verdict.integrity == Integrity::intact, "integrity"));
    ACREDITA_CHECK(demand(verdict.key == KeyProof::signed_by_certificate, "key"));
    ACREDITA_CHECK(demand(verdict.certificate == signer.certificate, "certificate"));
    ACREDITA_CHECK(demand(verdict.binding == CertificateBinding::matches, "certificate hash"));
    const auto proof = made.stamped ? TimeProof::unconfirmed : TimeProof::claimed;
    ACREDITA_CHECK(demand(verdict.time_proof == proof, "timestamp"));
    return demand(verdict.signing_time_attribute, "signing-time");
}

} // namespace

Result<SignReport> sign_beside(const std::filesystem::path& input, const std::filesystem::path& output_path,
                               const Signer& who, const SignOptions& options) {
    ACREDITA_TRY(signer, CheckedSigner::check(who, options.pss));
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto time = options.time.value_or(now);
    ACREDITA_TRY(expired, signer.expired_days(time, options.allow_expired));
    ACREDITA_TRY(original, InputFile::open(input, options.max_size));
    ACREDITA_TRY(output, OutputFile::create(output_path));
    ACREDITA_TRY(digest, digest_of(signer.scheme().md, original, {.before = original.size()}));
    ACREDITA_TRY(made, make_signed_data(signer, digest,
                                        {.signing_time = time,
                                         .timestamp = options.timestamp ? &*options.timestamp : nullptr}));
    ACREDITA_CHECK(output.write_at(0, made.der));
    ACREDITA_CHECK(output.sync());
    ACREDITA_CHECK(check(output, input, who, made));
    ACREDITA_TRY(sha256, digest_of(EVP_sha256(), made.der));
    ACREDITA_CHECK(output.deliver());
    return SignReport{.field = {},
                      .time = time,
                      .expired_days = expired,
                      .original_size = original.size(),
                      .signed_size = made.der.size(),
                      .cms_size = made.der.size(),
                      .contents_room = 0,
                      .key_uses = 1,
                      .sha256 = std::move(sha256),
                      .stamped = made.stamped,
                      .unstamped = made.unstamped};
}

} // namespace acredita::letter
