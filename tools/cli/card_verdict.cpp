// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/card_verdict.hpp"

#include "tools/cli/output_file.hpp"
#include "tools/desk/card_verdict.hpp"
#include "tools/diagnosis/sheet.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

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

Json as_json(const desk::CardVerdict& card, const diagnosis::Page& page) {
    const auto* family = card.family;
    Json modules = Json::array();
    if (family != nullptr)
        for (const auto name : family->modules) modules.push_back(name);
    return {{"verdict",
             {{"kind", diagnosis::name_of(card.kind())},
              {"family", family != nullptr ? Json(family->name) : Json(nullptr)},
              {"modules", modules},
              {"import_never", family != nullptr && family->import_never},
              {"atr", to_hex(card.atr)}}},
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
    const auto card = desk::verdict_on(error, program.reader());
    if (!card) return program.report(error);

    const auto page = card->page(program.language());
    const auto code = static_cast<int>(catalogue::message(error, program.language()).code);
    if (program.json())
        (void)program.report(error, as_json(*card, page));
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
