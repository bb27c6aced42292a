// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/verify.hpp"

#include "tools/letter/append/guard.hpp"
#include "tools/letter/verify/byte_range.hpp"
#include "tools/letter/verify/dates.hpp"
#include "tools/letter/verify/later.hpp"
#include "tools/letter/verify/path.hpp"

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

[[nodiscard]] Result<Bytes> spki_digest(X509* certificate) {
    const auto* key = X509_get_X509_PUBKEY(certificate);
    const int size = i2d_X509_PUBKEY(key, nullptr);
    if (size <= 0) return Bytes();
    Bytes der(static_cast<std::size_t>(size));
    auto* at = der.data();
    i2d_X509_PUBKEY(key, &at);
    return digest_of(EVP_sha256(), der);
}

[[nodiscard]] CertificateBinding binding_of(EssState state) {
    switch (state) {
    case EssState::matches:
        return CertificateBinding::matches;
    case EssState::absent:
        return CertificateBinding::absent;
    case EssState::other_certificate:
        break;
    }
    return CertificateBinding::other_certificate;
}

// Everything the CMS says; integrity is intact or altered afterwards, or unsupported_digest.
[[nodiscard]] Result<void> judge_cms(const InputFile& file, const Covered& covered, const SignedData& data,
                                     const VerifyOptions& options, SignatureVerdict& verdict) {
    verdict.key = data.key_signed() ? KeyProof::signed_by_certificate : KeyProof::not_signed_by_certificate;
    verdict.binding = binding_of(data.ess());
    verdict.signing_time_attribute = data.has_signing_time();
    verdict.certificate = der_of(data.signer());
    ACREDITA_TRY(spki, spki_digest(data.signer()));
    verdict.spki_sha256 = std::move(spki);
    if (!verdict.claimed_time) verdict.claimed_time = data.signing_time();
    judge_validity(data.signer(), verdict);
    ACREDITA_CHECK(judge_path(data, options.trust_anchors, verdict));
    verdict.integrity = Integrity::unsupported_digest;
    if (data.md() == nullptr) return {};
    ACREDITA_TRY(digest, digest_of(data.md(), file, covered.range));
    verdict.integrity = data.covers(digest) ? Integrity::intact : Integrity::altered;
    return {};
}

[[nodiscard]] Result<SignatureVerdict> judge(const InputFile& file, const StrictPdf& pdf,
                                             const FormField& field, const VerifyOptions& options) {
    SignatureVerdict verdict;
    verdict.field = field.name;
    auto signature = field.value;
    if (auto filter = value_of(signature, "/SubFilter"); filter.isName())
        verdict.sub_filter = filter.getName().substr(1);
    verdict.reason = text_of(signature, "/Reason");
    verdict.location = text_of(signature, "/Location");
    if (const auto date = text_of(signature, "/M")) verdict.claimed_time = parse_pdf_date(*date);
    if (verdict.sub_filter != "ETSI.CAdES.detached" && verdict.sub_filter != "adbe.pkcs7.detached") {
        verdict.integrity = Integrity::unsupported_sub_filter;
        return verdict;
    }
    ACREDITA_TRY(covered, check_range(file, signature));
    verdict.integrity = covered.state;
    if (covered.state != Integrity::intact) return verdict;
    verdict.covered_until = covered.range.end();
    verdict.covers_whole_file = verdict.covered_until == file.size();
    const auto data = SignedData::parse(covered.contents);
    if (!data) {
        verdict.integrity = Integrity::contents_malformed;
        return verdict;
    }
    ACREDITA_CHECK(judge_cms(file, covered, *data, options, verdict));
    if (verdict.integrity == Integrity::intact)
        ACREDITA_CHECK(judge_later(file, pdf, verdict.covered_until, verdict));
    return verdict;
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

bool SignatureVerdict::sound() const noexcept {
    const bool bound = binding == CertificateBinding::matches ||
                       (binding == CertificateBinding::absent && sub_filter == "adbe.pkcs7.detached");
    return integrity == Integrity::intact && key == KeyProof::signed_by_certificate && bound &&
           (later == LaterChanges::none || later == LaterChanges::signatures ||
            later == LaterChanges::visible_signatures);
}

Result<VerifyReport> verify_pdf(const std::filesystem::path& path, const VerifyOptions& options) {
    ACREDITA_TRY(file, InputFile::open(path, options.max_size));
    ACREDITA_TRY(pdf, StrictPdf::open(file));
    ACREDITA_TRY(fields, form_fields(pdf));
    return guarded([&]() -> Result<VerifyReport> {
        VerifyReport report;
        report.size = file.size();
        for (const auto& field : fields) {
            if (!field.is_signature) continue;
            if (!field.is_signed()) {
                report.empty_fields.push_back(field.name);
                continue;
            }
            if (report.signatures.size() >= max_signatures)
                return fail(letter_errc::too_complex, "signatures");
            ACREDITA_TRY(verdict, judge(file, pdf, field, options));
            report.signatures.push_back(std::move(verdict));
        }
        name_later_fields(report.signatures);
        return report;
    });
}

} // namespace acredita::letter
