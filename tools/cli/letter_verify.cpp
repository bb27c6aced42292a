// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita letter verify: the verdict on every signature of a PDF or beside a file, in parts.
#include "tools/cli/certificate_files.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/letter_report.hpp"
#include "tools/letter/file.hpp"
#include "tools/letter/online/revocation.hpp"
#include "tools/p12/authorities.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

struct Options {
    std::string file, content;
    std::vector<std::string> authorities, stamp_authorities, lists, answers;
    bool allow_expired = false, online = false;
};

// Where a PDF begins with %PDF- within its first kilobyte, a CMS begins with a SEQUENCE or its armour.
Result<bool> is_signature_file(const std::string& name) {
    ACREDITA_TRY(file, letter::InputFile::open(name, letter::VerifyOptions{}.max_size));
    ACREDITA_TRY(head, file.read_at(0, static_cast<std::size_t>(std::min<std::uint64_t>(file.size(), 1024))));
    const auto text = as_text(head);
    if (text.find("%PDF-") != std::string_view::npos) return false;
    return text.starts_with("-----BEGIN ") || text.starts_with('\x30') ||
           std::filesystem::path(name).extension() == ".p7s";
}

// What a signature beside a file is about, if nobody says it: the file it is called after.
std::filesystem::path content_of(const Options& options) {
    if (!options.content.empty()) return options.content;
    auto name = std::filesystem::path(options.file);
    name.replace_extension();
    std::error_code none;
    return std::filesystem::is_regular_file(name, none) && name != options.file ? name
                                                                                : std::filesystem::path();
}

Result<letter::VerifyReport> verify(const Options& options) {
    letter::VerifyOptions wanted;
    ACREDITA_TRY(authorities, read_certificates(options.authorities));
    ACREDITA_TRY(stamps, read_certificates(options.stamp_authorities));
    ACREDITA_TRY(lists, read_revocation_lists(options.lists));
    ACREDITA_TRY(answers, read_plain(options.answers));
    wanted.trust_anchors = std::move(authorities);
    wanted.stamp_anchors = std::move(stamps);
    wanted.revocation = {.lists = std::move(lists), .answers = std::move(answers)};
    if (options.online) wanted.fetch = letter::fetch_over_http();
    // They complete a path; whom to trust is for --ca to say.
    ACREDITA_TRY(crypto, p12::Crypto::shared());
    for (const auto& shipped : p12::shipped_authorities(*crypto)) wanted.others.push_back(shipped.facts.der);
    ACREDITA_TRY(beside, is_signature_file(options.file));
    return beside ? letter::verify_cms(options.file, content_of(options), wanted)
                  : letter::verify_pdf(options.file, wanted);
}

int verify_command(const Program& program, const Options& options) {
    const auto report = verify(options);
    if (!report) return program.report(report.error());
    const auto fault = fault_of(*report, options.allow_expired);
    if (!program.json()) {
        for (const auto& verdict : report->signatures) std::cout << verdict_text(program, verdict);
        return fault ? program.report(*fault) : 0;
    }
    Json list = Json::array();
    for (const auto& verdict : report->signatures) list.push_back(verdict_json(verdict));
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
    program.option(command, "FILE", options->file, "verify_in").required();
    program.option(command, "--content", options->content, "verify_content").type_name("FILE");
    program.option(command, "--ca", options->authorities, "ca").type_name("FILE");
    program.option(command, "--tsa-ca", options->stamp_authorities, "verify_tsa_ca").type_name("FILE");
    program.option(command, "--crl", options->lists, "verify_crl").type_name("FILE");
    program.option(command, "--ocsp", options->answers, "verify_ocsp").type_name("FILE");
    program.flag(command, "--online", options->online, "verify_online");
    program.flag(command, "--allow-expired", options->allow_expired, "verify_allow_expired");
}

} // namespace acredita::cli
