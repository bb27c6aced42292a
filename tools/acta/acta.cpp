// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/acta/acta.hpp"

#include "tools/catalogue/catalogue.hpp"
#include "tools/letter/document/archive.hpp"

#include <algorithm>

namespace acredita::acta {

namespace {

using letter::Face;

const Face institution{.font = "Liberation Sans Bold 12", .after = 1};
const Face office_line{.font = "Liberation Sans 8.5", .after = 12, .grey = 0.25, .rule = true};
const Face title{.font = "Liberation Sans Bold 15", .after = 8, .line_height = 1.15};
const Face practice{.font = "Liberation Sans Bold 11", .after = 8};
const Face paragraph{.font = "Liberation Sans 9.5", .after = 8};
const Face heading{.font = "Liberation Sans Bold 11", .after = 3};
const Face label{.font = "Liberation Sans Bold 9", .width = 126};
const Face value{.font = "Liberation Sans 9", .after = 1.5, .left = 132};
const Face dot{.font = "Liberation Sans 9", .left = 2, .width = 10};
const Face item{.font = "Liberation Sans 9", .after = 2.5, .left = 12, .line_height = 1.2};
const Face small{.font = "Liberation Sans 8.5", .after = 3, .grey = 0.2};

constexpr double field_width = 270, field_height = 66;

// In sixteen groups, so that two people can compare it.
std::string grouped(std::string_view hex) {
    std::string out;
    for (std::size_t i = 0; i < hex.size(); i += 4)
        out += (i == 0 ? "" : " ") + std::string(hex.substr(i, 4));
    return out;
}

using Rows = std::vector<std::pair<std::string, std::string>>;

class Writer {
public:
    Writer(letter::Paper& paper, const issue::Receipt& receipt, catalogue::Language language)
        : paper_(paper), receipt_(receipt), language_(language) {}

    void head(const std::optional<letter::Office>& office) {
        if (office) {
            paper_.text("P", office->institution, institution);
            std::string line = office->name;
            for (const auto* part : {&office->building, &office->room, &office->hours, &office->help})
                if (!part->empty()) line += " · " + *part;
            paper_.text("P", line, office_line);
        } else if (!receipt_.office.empty()) {
            paper_.text("P", receipt_.office, office_line);
        }
        paper_.text("H1", say("acta.title"), title);
        if (receipt_.practice) paper_.text("P", say("acta.practice"), practice);
        paper_.text("P",
                    say("acta.opening",
                        {{"name", receipt_.certificate.holder}, {"id", receipt_.certificate.masked_id}}),
                    paragraph);
    }
    void what() {
        const auto& c = receipt_.certificate;
        facts("acta.what",
              {{say("receipt.issuer"), c.issuer},
               {say("receipt.serial"), c.serial},
               {say("acta.validity"), c.not_before.substr(0, 10) + " – " + c.not_after.substr(0, 10)},
               {say("receipt.key"), c.key},
               {say("receipt.sha256"), grouped(c.fingerprint)},
               {say("receipt.card"), receipt_.card_maker + " " + receipt_.card_model},
               {say("acta.card_serial"), receipt_.card_serial},
               {say("receipt.place"), receipt_.place ? to_hex({&*receipt_.place, 1}) : ""}});
    }
    void when() {
        facts("acta.when", {{say("receipt.office"), receipt_.office},
                            {say("receipt.started"), receipt_.started},
                            {say("receipt.finished"), receipt_.finished},
                            {say("receipt.program"), receipt_.program + " " + receipt_.version},
                            {say("receipt.journal"), receipt_.journal_head}});
    }
    void sentences(const char* key, const std::vector<std::string>& all) {
        paper_.text("H2", say(key), heading);
        Rows rows;
        constexpr std::string_view receipts_dot = "· ";
        for (const auto& one : all)
            rows.emplace_back("•", one.starts_with(receipts_dot) ? one.substr(receipts_dot.size()) : one);
        paper_.list(rows, dot, item);
        paper_.space(5);
    }
    void signature() {
        paper_.text("P", say("acta.check"), small);
        paper_.field(field_name, say("acta.field", {{"name", receipt_.certificate.holder}}), field_width,
                     field_height);
    }
    [[nodiscard]] std::string say(std::string_view key,
                                  std::initializer_list<catalogue::Fill> fills = {}) const {
        return catalogue::text(key, language_, fills);
    }

private:
    void facts(const char* key, Rows rows) {
        std::erase_if(rows, [](const auto& row) { return row.second.empty(); });
        paper_.text("H2", say(key), heading);
        paper_.list(rows, label, value);
        paper_.space(5);
    }

    letter::Paper& paper_;
    const issue::Receipt& receipt_;
    catalogue::Language language_;
};

// What a card or a certificate tells may hold anything; no line break may make a line of its own.
Result<void> check(const issue::Receipt& r) {
    const auto& c = r.certificate;
    const std::pair<const char*, const std::string*> texts[] = {
        {"holder", &c.holder},           {"issuer", &c.issuer},
        {"serial", &c.serial},           {"office", &r.office},
        {"card_maker", &r.card_maker},   {"card_model", &r.card_model},
        {"card_serial", &r.card_serial}, {"key", &c.key}};
    for (const auto& [name, text] : texts)
        if (std::ranges::any_of(*text,
                                [](char b) { return static_cast<unsigned char>(b) < 0x20 || b == 0x7F; }))
            return fail(letter::document_errc::bad_value, name);
    return {};
}

} // namespace

Result<Bytes> make_acta(const issue::Receipt& receipt, const std::optional<letter::Office>& office,
                        catalogue::Language language, std::chrono::sys_seconds made) {
    ACREDITA_CHECK(check(receipt));
    Bytes drawn;
    const std::string tongue = language == catalogue::Language::spanish ? "es-ES" : "en-GB";
    const auto heading_text = catalogue::text("acta.title", language);
    letter::Paper paper(drawn, heading_text, tongue);
    Writer writer(paper, receipt, language);
    writer.head(office);
    writer.what();
    writer.when();
    writer.sentences("acta.how", issue::proof_sentences(receipt, language));
    writer.sentences("receipt.remarks", issue::remark_sentences(receipt, language));
    writer.signature();
    ACREDITA_CHECK(paper.finish());
    if (paper.pages() > 1) return fail(letter::document_errc::too_long);
    return letter::archive(drawn, {.title = heading_text,
                                   .language = tongue,
                                   .made = made,
                                   .alt_code = {},
                                   .data_name = data_name,
                                   .data_description = writer.say("acta.data"),
                                   .data = issue::to_json(receipt),
                                   .fields = paper.fields()});
}

} // namespace acredita::acta
