// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/card_verdict.hpp"

#include "pkcs11/client/cryptoki_error.hpp"
#include "tools/cli/output_file.hpp"
#include "tools/diagnosis/card_verdict.hpp"
#include "tools/diagnosis/sheet.hpp"
#include "tools/issue/administration.hpp"
#include "tools/issue/target.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

bool not_served(const Error& error) {
    return is(error, issue::issue_errc::card_not_usable) ||
           is(error, client::cryptoki_errc::token_not_recognized);
}

std::string contact() {
    const auto configured = issue::read_configuration(configuration_file);
    return configured ? configured->contact : std::string();
}

// In place of what the error says to everybody: the sheet knows better what to do now.
void print_page(const diagnosis::Page& page) {
    std::cout << "\n✗ " << page.heading << "\n  " << page.title << "\n";
    for (const auto& text : page.lead) std::cout << "\n  " << text << '\n';
    std::cout << '\n';
    unsigned number = 0;
    for (const auto& step : page.steps) std::cout << "  " << ++number << ". " << step << '\n';
    std::cout << "\n  " << page.done << "\n\n  " << page.trouble << '\n';
    for (const auto& note : page.notes) std::cout << "  " << note << '\n';
}

Json as_json(const profile::Family* family, ByteView atr, const diagnosis::Page& page) {
    const auto verdict = family != nullptr ? family->verdict : profile::Verdict::unknown;
    Json modules = Json::array();
    if (family != nullptr)
        for (const auto name : family->modules) modules.push_back(name);
    return {{"verdict",
             {{"kind", diagnosis::name_of(verdict)},
              {"family", family != nullptr ? Json(family->name) : Json(nullptr)},
              {"modules", modules},
              {"import_never", family != nullptr && family->import_never},
              {"atr", to_hex(atr)}}},
            {"sheet",
             {{"heading", page.heading},
              {"title", page.title},
              {"why", page.lead},
              {"ask_for", page.steps},
              {"meanwhile", page.done},
              {"contact", page.trouble}}}};
}

} // namespace

int report_with_verdict(const Program& program, const Error& error, const std::filesystem::path& pdf) {
    const bool no_import = is(error, issue::issue_errc::import_not_possible);
    if (!not_served(error) && !no_import) return program.report(error);
    const auto card = issue::find_card(program.reader());
    if (!card) return program.report(error);
    const auto* family = profile::family_of(profile::built_in_families(), card->atr);
    if (no_import && family == nullptr) return program.report(error);

    const auto page = diagnosis::page_of(family, card->atr, contact(), program.language());
    const auto code = static_cast<int>(catalogue::message(error, program.language()).code);
    if (program.json())
        (void)program.report(error, as_json(family, card->atr, page));
    else
        print_page(page);
    if (pdf.empty()) return code;
    const auto drawn = diagnosis::draw_sheet(page, program.language());
    if (!drawn) return program.report(drawn.error());
    if (const auto written = write_file(pdf, *drawn); !written) return program.report(written.error());
    if (!program.json()) std::cout << "\n  " << pdf.string() << '\n';
    return code;
}

} // namespace acredita::cli
