// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/letter_report.hpp"

#include "tools/cli/dialogue.hpp"
#include "tools/cli/error.hpp"

#include <algorithm>

namespace acredita::cli {
namespace {

using letter::Integrity;
using letter::LaterChanges;
using letter::Outcome;
using letter::Path;
using letter::Revocation;
using letter::SignatureVerdict;
using letter::TimeProof;
using letter::Validity;
using Time = std::optional<std::chrono::sys_seconds>;

std::string text_of(const Time& time) { return time ? issue::utc(*time) : std::string(); }

Json stamp_json(const SignatureVerdict& v) {
    if (!v.stamp) return nullptr;
    return {{"time", text_of(v.stamp->time)},
            {"authority", v.stamp->authority},
            {"policy", v.stamp->policy},
            {"problem", v.stamp->problem}};
}

std::string document_line(const Program& program, const SignatureVerdict& v) {
    const std::string what(letter::name_of(v.integrity));
    if (v.integrity == Integrity::intact || v.integrity == Integrity::altered)
        return program.say("verdict.integrity." + what);
    if (v.integrity == Integrity::unsupported_sub_filter)
        return program.say("verdict.integrity.unsupported", {{"what", v.sub_filter}});
    if (v.integrity == Integrity::unsupported_digest)
        return program.say("verdict.integrity.unsupported", {{"what", what}});
    return program.say("verdict.integrity.range", {{"what", what}});
}

std::string later_line(const Program& program, const SignatureVerdict& v) {
    if (v.later == LaterChanges::not_checked || v.later == LaterChanges::none) return {};
    std::string objects;
    for (const auto& object : v.later_objects) objects += (objects.empty() ? "" : ", ") + object;
    return program.say("verdict.later." + std::string(letter::name_of(v.later)), {{"what", objects}});
}

std::string time_line(const Program& program, const SignatureVerdict& v) {
    const auto time = v.time_proof == TimeProof::unconfirmed ? v.stamp->time : v.time();
    if (!time && v.time_proof == TimeProof::claimed) return program.say("verdict.time.unknown");
    return program.say(
        "verdict.time." + std::string(letter::name_of(v.time_proof)),
        {{"time", text_of(time)}, {"authority", v.stamp ? v.stamp->authority : std::string()}});
}

std::string revocation_line(const Program& program, const SignatureVerdict& v) {
    if (v.revocation == Revocation::not_checked || v.document_timestamp) return {};
    return program.say("verdict.revocation." + std::string(letter::name_of(v.revocation)),
                       {{"time", text_of(v.revoked_since)}});
}

} // namespace

Json verdict_json(const SignatureVerdict& v) {
    const auto signer = issue::summarise(v.certificate, issue::Clock::now());
    return {{"field", v.field},
            {"outcome", letter::name_of(v.outcome())},
            {"kind", v.document_timestamp ? "timestamp" : "signature"},
            {"sub_filter", v.sub_filter},
            {"sound", v.sound()},
            {"integrity", v.integrity == Integrity::intact},
            {"integrity_name", letter::name_of(v.integrity)},
            {"signed_by_certificate", v.key == letter::KeyProof::signed_by_certificate},
            {"bound_to_certificate", v.binding == letter::CertificateBinding::matches},
            {"covers_whole_file", v.covers_whole_file},
            {"covered_until", v.covered_until},
            {"later", letter::name_of(v.later)},
            {"later_fields", v.later_fields},
            {"later_objects", v.later_objects},
            {"claimed_time", text_of(v.claimed_time)},
            {"time_proof", letter::name_of(v.time_proof)},
            {"timestamp", stamp_json(v)},
            {"validity", letter::name_of(v.validity)},
            {"expired_days", v.expired_days},
            {"expired_since", v.expired_since},
            {"path", letter::name_of(v.path)},
            {"path_problem", v.path_problem},
            {"revocation", letter::name_of(v.revocation)},
            {"revoked_since", text_of(v.revoked_since)},
            {"issuers_revoked", v.issuers_revoked},
            {"signer", signer ? certificate_json(*signer) : Json(nullptr)}};
}

std::string verdict_text(const Program& program, const SignatureVerdict& v) {
    const auto outcome = v.outcome();
    const char* mark =
        outcome == Outcome::valid ? "✓ "
        : outcome == Outcome::possession || outcome == Outcome::unproven || outcome == Outcome::unchecked
            ? "• "
            : "✗ ";
    std::string text = mark + (v.document_timestamp ? program.say("verdict.stamp") : program.say("field")) +
                       " " + v.field + ": " +
                       program.say("verdict.outcome." + std::string(letter::name_of(outcome)),
                                   {{"days", std::to_string(v.expired_days)}}) +
                       "\n";
    if (const auto signer = issue::summarise(v.certificate, issue::Clock::now()))
        text += describe_certificate(program, *signer) + "\n";
    const auto add = [&](const std::string& line) {
        if (!line.empty()) text += "      " + line + "\n";
    };
    add(document_line(program, v));
    add(later_line(program, v));
    const bool judged = v.key != letter::KeyProof::not_checked;
    if (judged && (v.key == letter::KeyProof::not_signed_by_certificate ||
                   v.binding == letter::CertificateBinding::other_certificate))
        add(program.say("verdict.key.bad"));
    if (!judged) return text;
    add(program.say("verdict.path." + std::string(letter::name_of(v.path)), {{"why", v.path_problem}}));
    add(revocation_line(program, v));
    add(time_line(program, v));
    if (v.validity == Validity::expired)
        add(program.say("verdict.expired", {{"days", std::to_string(v.expired_days)}}));
    if (v.validity == Validity::not_yet_valid) add(program.say("verdict.not_yet_valid"));
    return text;
}

std::optional<Error> fault_of(const letter::VerifyReport& report, bool possession_wanted) {
    if (report.signatures.empty()) return fail(cli_errc::not_signed).value();
    const auto worst = std::ranges::min_element(report.signatures, {}, &SignatureVerdict::outcome);
    switch (worst->outcome()) {
    case Outcome::not_sound:
        return fail(cli_errc::signature_not_sound, worst->field).value();
    case Outcome::untrusted:
    case Outcome::not_yet_valid:
        return fail(cli_errc::signer_not_trusted, worst->field).value();
    case Outcome::revoked:
        return fail(cli_errc::signer_revoked, worst->field).value();
    case Outcome::possession:
        if (possession_wanted) return std::nullopt;
        return fail(cli_errc::signed_after_expiry, std::to_string(worst->expired_days)).value();
    case Outcome::unproven:
        if (possession_wanted) return std::nullopt;
        return fail(cli_errc::time_unproven, worst->field).value();
    case Outcome::unchecked:
    case Outcome::valid:
        break;
    }
    return std::nullopt;
}

} // namespace acredita::cli
