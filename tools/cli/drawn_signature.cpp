// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/drawn_signature.hpp"

#include "tools/letter/document/appearance.hpp"

namespace acredita::cli {

letter::DrawSignature drawn_signature(const Program& program, const issue::CertificateSummary& signer) {
    const auto now = issue::utc(issue::Clock::now()); // "2026-11-21T09:30:00Z"
    const std::vector<std::string> lines{
        signer.holder, program.say("drawn_time", {{"time", now.substr(0, 10) + " " + now.substr(11, 5)}}),
        program.say("drawn_certificate", {{"serial", signer.serial}, {"issuer", signer.issuer}})};
    return [lines](double width, double height) { return letter::draw_signature(width, height, lines); };
}

} // namespace acredita::cli
