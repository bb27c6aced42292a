// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/portals/sheet.hpp"

#include "tools/catalogue/catalogue.hpp"
#include "tools/letter/document/archive.hpp"

namespace acredita::portals {

namespace {

using letter::Face;

constexpr const char* body_font = "Liberation Sans 10";
constexpr double code_side = 64;

const Face institution{.font = "Liberation Sans Bold 11", .after = 1};
const Face office_line{.font = "Liberation Sans 8.5", .after = 12, .grey = 0.25, .rule = true};
const Face title{.font = "Liberation Sans Bold 16", .after = 10, .line_height = 1.1};
const Face heading{.font = "Liberation Sans Bold 11", .after = 4};
const Face label{.font = "Liberation Sans Bold 9", .width = 108};
const Face value{.font = "Liberation Sans 9", .after = 2, .left = 112};
const Face number{.font = "Liberation Sans Bold 10", .left = 2, .width = 14};
const Face step{.font = body_font, .after = 4, .left = 18, .line_height = 1.2};
const Face strong_step{.font = "Liberation Sans Bold 10", .after = 4, .left = 18, .line_height = 1.2};
const Face beside{.font = body_font, .after = 9, .left = code_side + 14};
const Face closing{.font = "Liberation Sans 9", .after = 0, .grey = 0.15};

constexpr double between_sections = 7;

void write_head(letter::Paper& paper, const letter::Office& office) {
    paper.text("P", office.institution, institution);
    std::string line = office.name;
    for (const auto* part : {&office.building, &office.room, &office.hours, &office.help})
        if (!part->empty()) line += " · " + *part;
    paper.text("P", line, office_line);
}

void write_section(letter::Paper& paper, const Section& section) {
    const bool warns = section.part == Part::before;
    std::vector<std::pair<std::string, std::string>> rows;
    for (const auto& text : section.steps)
        rows.emplace_back(warns ? "!" : std::to_string(rows.size() + 1) + ".", text);
    paper.text("H2", section.heading, heading);
    paper.list(rows, number, warns ? strong_step : step);
    paper.space(between_sections);
}

} // namespace

Result<Bytes> draw_sheet(const Sheet& sheet, const std::optional<letter::Office>& office,
                         std::chrono::sys_seconds made) {
    Bytes drawn;
    letter::Paper paper(drawn, sheet.title, sheet.language);
    if (office) write_head(paper, *office);
    paper.text("H1", sheet.title, title);
    if (!sheet.facts.empty()) {
        paper.list(sheet.facts, label, value);
        paper.space(6);
    }
    if (!sheet.url.empty()) {
        ACREDITA_TRY(squares, letter::make_code(sheet.url));
        paper.code(squares, code_side, sheet.beside_code, beside);
    }
    for (const auto& section : sheet.sections) write_section(paper, section);
    paper.text("P", sheet.closing, closing);
    ACREDITA_CHECK(paper.finish());
    if (paper.pages() > 1) return fail(portals_errc::too_long, sheet.title);
    return letter::archive(
        drawn, {.title = sheet.title, .language = sheet.language, .made = made, .alt_code = sheet.alt_code});
}

letter::Values values_of(const Holder& holder) {
    return {{"name", holder.name},
            {"renewed_serial", holder.renewed.serial},
            {"renewed_not_after", holder.renewed.not_after}};
}

Result<Sheet> sheet_of(const Portal& portal, const std::optional<Holder>& holder,
                       catalogue::Language language) {
    const auto say = [&](const std::string& key, std::initializer_list<catalogue::Fill> fills = {}) {
        return catalogue::text("portals." + key, language, fills);
    };
    const auto& words = portal.in(language);
    Sheet sheet{.title = say("title", {{"portal", words.name}}),
                .url = portal.url,
                .beside_code = say("address", {{"url", portal.url}}),
                .closing = say("closing"),
                .alt_code = say("alt_code", {{"url", portal.url}}),
                .language = language == catalogue::Language::spanish ? "es-ES" : "en-GB"};
    const auto later = say("later_date");
    const auto values = values_of(holder.value_or(Holder{.name = {}, .renewed = {later, later}}));
    const bool both = !words.of(Part::change).empty() && !words.of(Part::remove).empty();
    for (const auto part : all_parts) {
        if (words.of(part).empty()) continue;
        const bool one_of_two = both && (part == Part::change || part == Part::remove);
        Section section{part, say("part." + std::string(name_of(part)) + (one_of_two ? "_or" : "")), {}};
        for (const auto& text : words.of(part)) {
            ACREDITA_TRY(filled, letter::fill(text, values));
            section.steps.push_back(std::move(filled));
        }
        sheet.sections.push_back(std::move(section));
    }
    if (!holder) return sheet;
    const auto dated = [&](const Holder::Certificate& one) {
        return say("dated", {{"serial", one.serial}, {"date", one.not_after}});
    };
    sheet.facts.emplace_back(
        say("holder"), holder->name + (holder->masked_id.empty() ? "" : " (" + holder->masked_id + ")"));
    sheet.facts.emplace_back(say("renewed"), dated(holder->renewed));
    sheet.facts.emplace_back(say("issuer"), holder->issuer);
    if (holder->previous) sheet.facts.emplace_back(say("previous"), dated(*holder->previous));
    // These come from a certificate, which may say anything.
    for (const auto& [name, text] : sheet.facts)
        if (!is_plain(text)) return fail(letter::document_errc::bad_value, name);
    return sheet;
}

} // namespace acredita::portals
