// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/verify.hpp"

#include "tools/letter/append/guard.hpp"
#include "tools/letter/verify/byte_range.hpp"
#include "tools/letter/verify/dates.hpp"
#include "tools/letter/verify/judge.hpp"
#include "tools/letter/verify/later.hpp"

#include <algorithm>

namespace acredita::letter {

namespace {

constexpr std::size_t max_signatures = 64;
constexpr std::size_t max_text = 4096;

[[nodiscard]] std::optional<std::string> text_of(QPDFObjectHandle signature, const std::string& key) {
    auto value = value_of(signature, key);
    if (!value.isString()) return std::nullopt;
    auto text = value.getUTF8Value();
    if (text.size() > max_text) text.resize(max_text);
    return text;
}

// A signature of the document as it stands in its field, before anything is made of its CMS.
struct Candidate {
    SignatureVerdict verdict;
    Covered covered;
};

[[nodiscard]] Result<Candidate> candidate_of(const InputFile& file, const FormField& field) {
    Candidate candidate;
    auto& verdict = candidate.verdict;
    verdict.field = field.name;
    auto signature = field.value;
    if (auto filter = value_of(signature, "/SubFilter"); filter.isName())
        verdict.sub_filter = filter.getName().substr(1);
    verdict.reason = text_of(signature, "/Reason");
    verdict.location = text_of(signature, "/Location");
    if (const auto date = text_of(signature, "/M")) verdict.claimed_time = parse_pdf_date(*date);
    verdict.document_timestamp = verdict.sub_filter == "ETSI.RFC3161";
    if (!verdict.document_timestamp && verdict.sub_filter != "ETSI.CAdES.detached" &&
        verdict.sub_filter != "adbe.pkcs7.detached") {
        verdict.integrity = Integrity::unsupported_sub_filter;
        return candidate;
    }
    ACREDITA_TRY(covered, check_range(file, signature));
    candidate.covered = std::move(covered);
    verdict.integrity = candidate.covered.state;
    if (verdict.integrity != Integrity::intact) return candidate;
    verdict.covered_until = candidate.covered.range.end();
    verdict.covers_whole_file = verdict.covered_until == file.size();
    return candidate;
}

[[nodiscard]] Result<void> judge(const InputFile& file, const StrictPdf& pdf, const Surroundings& around,
                                 Candidate& candidate) {
    auto& verdict = candidate.verdict;
    if (verdict.integrity != Integrity::intact) return {};
    const auto digest = [&](const EVP_MD* md) { return digest_of(md, file, candidate.covered.range); };
    if (verdict.document_timestamp) {
        ACREDITA_CHECK(judge_document_stamp(candidate.covered.contents, around, digest, verdict));
    } else {
        const auto data = SignedData::parse(candidate.covered.contents);
        if (!data) {
            verdict.integrity = Integrity::contents_malformed;
            return {};
        }
        ACREDITA_CHECK(judge_signed_data(*data, around, digest, verdict));
    }
    if (verdict.integrity == Integrity::intact) return judge_later(file, pdf, verdict.covered_until, verdict);
    return {};
}

// The timestamps of the document first: they say when the others were there.
[[nodiscard]] Result<void> judge_all(const InputFile& file, const StrictPdf& pdf, Surroundings& around,
                                     std::vector<Candidate>& candidates) {
    for (const bool stamps : {true, false})
        for (auto& candidate : candidates) {
            auto& verdict = candidate.verdict;
            if (verdict.document_timestamp != stamps) continue;
            ACREDITA_CHECK(judge(file, pdf, around, candidate));
            if (stamps && verdict.integrity == Integrity::intact && verdict.time_proof != TimeProof::broken)
                around.stamps.push_back({verdict.covered_until, verdict.time_proof, *verdict.stamp});
        }
    return {};
}

// Which fields were signed after each, once all are known.
void name_later_fields(std::vector<SignatureVerdict>& verdicts) {
    std::stable_sort(verdicts.begin(), verdicts.end(),
                     [](const auto& a, const auto& b) { return a.covered_until < b.covered_until; });
    for (auto& verdict : verdicts)
        for (const auto& other : verdicts)
            if (verdict.covered_until > 0 && other.covered_until > verdict.covered_until)
                verdict.later_fields.push_back(other.field);
}

} // namespace

std::optional<std::chrono::sys_seconds> SignatureVerdict::time() const noexcept {
    return time_proof == TimeProof::proven ? std::optional(stamp->time) : claimed_time;
}

bool SignatureVerdict::sound() const noexcept {
    // Only ETSI's forms ask for the hash of the certificate.
    const bool asked = sub_filter != "adbe.pkcs7.detached" && sub_filter != "CMS";
    const bool bound =
        binding == CertificateBinding::matches || (binding == CertificateBinding::absent && !asked);
    return integrity == Integrity::intact && key == KeyProof::signed_by_certificate && bound &&
           (later == LaterChanges::none || later == LaterChanges::signatures ||
            later == LaterChanges::visible_signatures);
}

Outcome SignatureVerdict::outcome() const noexcept {
    if (!sound() || time_proof == TimeProof::broken) return Outcome::not_sound;
    if (path == Path::untrusted) return Outcome::untrusted;
    if (revocation == Revocation::revoked) return Outcome::revoked;
    if (validity == Validity::not_yet_valid) return Outcome::not_yet_valid;
    if (validity == Validity::expired) return Outcome::possession;
    if (expired_since && time_proof != TimeProof::proven) return Outcome::unproven;
    return path == Path::trusted ? Outcome::valid : Outcome::unchecked;
}

Result<VerifyReport> verify_pdf(const std::filesystem::path& path, const VerifyOptions& options) {
    ACREDITA_TRY(file, InputFile::open(path, options.max_size));
    ACREDITA_TRY(pdf, StrictPdf::open(file));
    ACREDITA_TRY(fields, form_fields(pdf));
    return guarded([&]() -> Result<VerifyReport> {
        VerifyReport report;
        report.size = file.size();
        std::vector<Candidate> candidates;
        for (const auto& field : fields) {
            if (!field.is_signature) continue;
            if (!field.is_signed()) {
                report.empty_fields.push_back(field.name);
                continue;
            }
            if (candidates.size() >= max_signatures) return fail(letter_errc::too_complex, "signatures");
            ACREDITA_TRY(candidate, candidate_of(file, field));
            candidates.push_back(std::move(candidate));
        }
        const auto clock = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        Surroundings around{options, options.now.value_or(clock), kept_in(pdf), {}};
        ACREDITA_CHECK(judge_all(file, pdf, around, candidates));
        for (auto& candidate : candidates) report.signatures.push_back(std::move(candidate.verdict));
        name_later_fields(report.signatures);
        return report;
    });
}

} // namespace acredita::letter
