// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card in plain words: its make, its applications, what it can and cannot do, its certificates, the tries
// left and the room.
#pragma once

#include "pkcs11/client/vendor.hpp"
#include "tools/cli/program.hpp"
#include "tools/issue/certificate.hpp"
#include "tools/issue/target.hpp"

namespace acredita::cli {

struct CardContents {
    issue::Target target;
    client::CardFacts facts;
    std::vector<std::pair<client::CertificateEntry, issue::CertificateSummary>> certificates;
    std::vector<std::string_view> applications;
};

// `renewal`: what is not finished, or null.
void print_card_json(const CardContents& card, const Json& renewal);
void print_card_text(const Program& program, const CardContents& card);

} // namespace acredita::cli
