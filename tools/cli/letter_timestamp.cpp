// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/letter_timestamp.hpp"

#include "tools/cli/certificate_files.hpp"
#include "tools/issue/administration.hpp"
#include "tools/letter/online/timestamp.hpp"

namespace acredita::cli {

void timestamp_options(CLI::App& command, Program& program, TimestampChoice& choice) {
    program.option(command, "--tsa", choice.url, "tsa").type_name("URL");
    program.option(command, "--tsa-ca", choice.authorities, "tsa_ca").type_name("FILE");
    program.option(command, "--tsa-policy", choice.policy, "tsa_policy").type_name("OID");
    program.option(command, "--tsa-tls-ca", choice.tls_authorities, "tsa_tls_ca").type_name("FILE");
    program.flag(command, "--or-unstamped", choice.or_unstamped, "or_unstamped");
    program.flag(command, "--no-timestamp", choice.none, "no_timestamp");
}

Result<std::optional<letter::TimestampOrder>> timestamp_order(const TimestampChoice& choice) {
    if (choice.none) return std::nullopt;
    auto chosen = choice;
    if (chosen.url.empty() && !desk::practising()) {
        ACREDITA_TRY(configured, issue::read_configuration(desk::configuration_file));
        chosen.url = configured.timestamp.url;
        if (chosen.policy.empty()) chosen.policy = configured.timestamp.policy;
        if (chosen.tls_authorities.empty())
            chosen.tls_authorities = configured.timestamp.tls_authorities.string();
        if (chosen.authorities.empty() && !configured.timestamp.authorities.empty())
            chosen.authorities = {configured.timestamp.authorities.string()};
    }
    if (chosen.url.empty()) return std::nullopt;
    ACREDITA_TRY(anchors, read_certificates(chosen.authorities));
    letter::TimestampOrder order;
    order.ask = letter::ask_over_http({.url = chosen.url, .tls_authorities = chosen.tls_authorities});
    order.anchors = std::move(anchors);
    order.policy = chosen.policy;
    order.or_without = chosen.or_unstamped;
    return order;
}

} // namespace acredita::cli
