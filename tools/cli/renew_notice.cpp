// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/renew_notice.hpp"

#include "tools/cli/output_file.hpp"
#include "tools/renewal/contact.hpp"

namespace acredita::cli {

std::string waiting_notice(const Program& program, const office::RenewalRules& rules,
                           const renewal::Renewal& renewal) {
    if (renewal.state != renewal::State::waiting) return {};
    const auto& email = renewal.record.contact.email;
    std::string text = program.say("renew.notice_heading", {{"folio", renewal.record.folio}}) + "\n";
    text += program.say("renew.notice_who",
                        {{"authority", rules.authority}, {"email", renewal::masked_email(email)}}) +
            "\n";
    text += (rules.sender.empty() ? program.say("renew.notice_sender_unknown")
                                  : program.say("renew.notice_sender", {{"sender", rules.sender}})) +
            "\n";
    for (const auto* line : {"renew.notice_genuine", "renew.notice_bring", "renew.notice_keep"})
        text += program.say(line) + "\n";
    return text;
}

Result<std::string> write_notice(const std::filesystem::path& folder, const std::string& notice,
                                 const renewal::Renewal& renewal) {
    const auto file = folder / ("resguardo-" + renewal.record.folio + ".txt");
    ACREDITA_CHECK(write_file(file, as_bytes(notice)));
    return file.string();
}

} // namespace acredita::cli
