// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita letter verify: the verdict on every signature of a PDF, in parts.
#include "tools/cli/certificate_files.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/error.hpp"
#include "tools/letter/verify.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

using letter::Path;
using letter::SignatureVerdict;

struct Options {
    std::string file;
    std::vector<std::string> authorities;
};

std::string_view name(Path path) {
    switch (path) {
    case Path::trusted:
        return "trusted";
    case Path::untrusted:
        return "untrusted";
    case Path::not_checked:
        break;
    }
    return "not_checked";
}

std::string time_of(const SignatureVerdict& verdict) {
    return verdict.claimed_time ? issue::utc(*verdict.claimed_time) : std::string();
}

Json as_json(const SignatureVerdict& v) {
    const auto signer = issue::summarise(v.certificate, issue::Clock::now());
    return {{"field", v.field},
            {"sound", v.sound()},
            {"covers_whole_file", v.covers_whole_file},
            {"covered_until", v.covered_until},
            {"integrity", v.integrity == letter::Integrity::intact},
            {"signed_by_certificate", v.key == letter::KeyProof::signed_by_certificate},
            {"later_fields", v.later_fields},
            {"later_objects", v.later_objects},
            {"claimed_time", time_of(v)},
            {"expired_days", v.expired_days},
            {"path", name(v.path)},
            {"path_problem", v.path_problem},
            {"signer", signer ? certificate_json(*signer) : Json(nullptr)}};
}

void print_text(const Program& program, const SignatureVerdict& v) {
    std::cout << (v.sound() ? "✓ " : "✗ ") << program.say("field") << " " << v.field << ": "
              << program.say(v.sound() ? "field_sound" : "field_bad") << '\n';
    if (const auto signer = issue::summarise(v.certificate, issue::Clock::now()))
        std::cout << describe_certificate(program, *signer) << '\n';
    const auto line = [](const std::string& text) { std::cout << "      " << text << '\n'; };
    if (!v.later_fields.empty()) line(program.say("field_later"));
    if (v.claimed_time) line(program.say("field_time", {{"time", time_of(v)}}));
    if (v.expired_days > 0) line(program.say("field_expired", {{"days", std::to_string(v.expired_days)}}));
    if (v.path == Path::trusted) line(program.say("field_trusted"));
    if (v.path == Path::untrusted) line(program.say("field_untrusted", {{"why", v.path_problem}}));
    if (v.path == Path::not_checked) line(program.say("field_unchecked"));
}

std::optional<Error> fault_of(const letter::VerifyReport& report) {
    if (report.signatures.empty()) return fail(cli_errc::not_signed).value();
    for (const auto& verdict : report.signatures)
        if (!verdict.sound()) return fail(cli_errc::signature_not_sound, verdict.field).value();
    for (const auto& verdict : report.signatures)
        if (verdict.path == Path::untrusted) return fail(cli_errc::signer_not_trusted, verdict.field).value();
    return std::nullopt;
}

Result<letter::VerifyReport> verify(const Options& options) {
    letter::VerifyOptions wanted;
    ACREDITA_TRY(authorities, read_certificates(options.authorities));
    wanted.trust_anchors = std::move(authorities);
    return letter::verify_pdf(options.file, wanted);
}

int verify_command(const Program& program, const Options& options) {
    const auto report = verify(options);
    if (!report) return program.report(report.error());
    const auto fault = fault_of(*report);
    if (!program.json()) {
        for (const auto& verdict : report->signatures) print_text(program, verdict);
        return fault ? program.report(*fault) : 0;
    }
    Json list = Json::array();
    for (const auto& verdict : report->signatures) list.push_back(as_json(verdict));
    Json result = {
        {"ok", !fault}, {"size", report->size}, {"signatures", list}, {"empty_fields", report->empty_fields}};
    const auto code = fault ? catalogue::message(*fault, program.language()).code : 0U;
    if (fault)
        result["error"] = {{"code", code}, {"name", error_name(fault->code)}, {"detail", fault->detail}};
    print(result);
    return static_cast<int>(code);
}

} // namespace

void add_letter_verify(CLI::App& group, Program& program) {
    auto options = std::make_shared<Options>();
    auto& command = program.command(group, "verify", "letter_verify",
                                    [&program, options] { return verify_command(program, *options); });
    program.option(command, "FILE", options->file, "letter_in").required();
    program.option(command, "--ca", options->authorities, "ca").type_name("FILE");
}

} // namespace acredita::cli
