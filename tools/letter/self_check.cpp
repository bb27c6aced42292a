// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/self_check.hpp"

#include "tools/letter/errors.hpp"
#include "tools/letter/verify.hpp"
#include "tools/letter/verify/later.hpp"

#include <algorithm>

namespace acredita::letter {

namespace {

[[nodiscard]] Result<void> demand(bool met, const char* part) {
    if (!met) return fail(letter_errc::self_check_failed, part);
    return {};
}

[[nodiscard]] Result<void> check_verdicts(const std::filesystem::path& path, const Expected& expected,
                                          std::size_t signatures_before) {
    VerifyOptions options;
    options.max_size = max_document;
    ACREDITA_TRY(report, verify_pdf(path, options));
    ACREDITA_CHECK(demand(report.signatures.size() == signatures_before + 1, "number of signatures"));
    const auto found = std::find_if(report.signatures.begin(), report.signatures.end(),
                                    [&](const auto& s) { return s.field == expected.revision.field; });
    ACREDITA_CHECK(demand(found != report.signatures.end(), "field"));
    ACREDITA_CHECK(demand(found->integrity == Integrity::intact, "integrity"));
    ACREDITA_CHECK(
        demand(found->covers_whole_file && found->covered_until == expected.revision.range.end(), "range"));
    ACREDITA_CHECK(demand(found->key == KeyProof::signed_by_certificate, "key"));
    ACREDITA_CHECK(demand(found->certificate == expected.certificate, "certificate"));
    ACREDITA_CHECK(demand(found->binding == CertificateBinding::matches, "certificate hash"));
    const auto proof = expected.stamped ? TimeProof::unconfirmed : TimeProof::claimed;
    ACREDITA_CHECK(demand(found->time_proof == proof, "timestamp"));
    return demand(!found->signing_time_attribute, "signing-time");
}

[[nodiscard]] Result<std::size_t> count_signatures(const StrictPdf& pdf) {
    ACREDITA_TRY(fields, form_fields(pdf));
    const auto is_signed = [](const FormField& f) { return f.is_signed(); };
    return static_cast<std::size_t>(std::count_if(fields.begin(), fields.end(), is_signed));
}

} // namespace

Result<Bytes> self_check(const std::filesystem::path& path, const Expected& expected) {
    ACREDITA_TRY(file, InputFile::open(path, max_document));
    ACREDITA_CHECK(demand(file.size() == expected.revision.range.end(), "size"));
    ACREDITA_TRY(digest, Digest::start(EVP_sha256()));
    ACREDITA_CHECK(digest.add(file, 0, expected.original_size));
    ACREDITA_TRY(prefix, digest.value());
    ACREDITA_CHECK(demand(prefix == expected.original_sha256, "original bytes"));
    ACREDITA_CHECK(digest.add(file, expected.original_size, file.size() - expected.original_size));

    ACREDITA_TRY(original_file, file.first(expected.original_size));
    ACREDITA_TRY(original, StrictPdf::open(original_file));
    ACREDITA_TRY(before, count_signatures(original));
    ACREDITA_TRY(whole, StrictPdf::open(file));
    SignatureVerdict change;
    ACREDITA_CHECK(judge_later(file, whole, expected.original_size, change));
    ACREDITA_CHECK(
        demand(change.later == LaterChanges::signatures || change.later == LaterChanges::visible_signatures,
               "changed objects"));
    ACREDITA_CHECK(check_verdicts(path, expected, before));
    return digest.value();
}

} // namespace acredita::letter
