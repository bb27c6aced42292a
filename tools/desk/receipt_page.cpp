// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/receipt_page.hpp"

#include "tools/catalogue/catalogue.hpp"
#include "tools/letter/document/archive.hpp"

#include <algorithm>

namespace acredita::desk {
namespace {

using letter::Face;

constexpr double code_side = 64;

const Face institution{.font = "Liberation Sans Bold 11", .after = 1};
const Face office_line{.font = "Liberation Sans 8.5", .after = 9, .grey = 0.25, .rule = true};
const Face title{.font = "Liberation Sans Bold 15", .after = 6, .line_height = 1.15};
const Face practice{.font = "Liberation Sans Bold 11", .after = 6};
const Face paragraph{.font = "Liberation Sans 10", .after = 7};
const Face heading{.font = "Liberation Sans Bold 11", .after = 3};
const Face label{.font = "Liberation Sans Bold 8", .width = 96};
const Face value{.font = "Liberation Sans 8", .after = 1.5, .left = 100};
const Face dot{.font = "Liberation Sans 8", .left = 2, .width = 10};
const Face item{.font = "Liberation Sans 8", .after = 1.5, .left = 12, .line_height = 1.15};
const Face box{.font = "Liberation Sans 11", .left = 1, .width = 14, .line_height = 1};
const Face task{.font = "Liberation Sans 9.5", .after = 3.5, .left = 18, .line_height = 1.15};
const Face never{.font = "Liberation Sans Bold 10.5", .after = 6};
const Face beside{.font = "Liberation Sans 8.5", .after = 4, .left = code_side + 14};

constexpr unsigned tasks = 6;

using Rows = std::vector<std::pair<std::string, std::string>>;

// In groups of eight, so that two people can compare it.
std::string grouped(std::string_view hex) {
    std::string out;
    for (std::size_t i = 0; i < hex.size(); i += 8)
        out += (i == 0 ? "" : " ") + std::string(hex.substr(i, 8));
    return out;
}

std::string grouped_head(const std::string& head) {
    const auto colon = head.find(':');
    return colon == std::string::npos
               ? head
               : head.substr(0, colon) + ": " + grouped(std::string_view(head).substr(colon + 1));
}

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
        paper_.text("H1", say("title"), title);
        if (receipt_.practice) paper_.text("P", say("practice"), practice);
        const auto& c = receipt_.certificate;
        paper_.text("P", say("opening", {{"name", c.holder}, {"id", c.masked_id}}), paragraph);
    }
    void worth() {
        paper_.text("H2", say("worth"), heading);
        paper_.text("P", say(receipt_.proof.origin == "generated" ? "worth_generated" : "worth_text"),
                    paragraph);
    }
    void to_do() {
        paper_.text("H2", say("to_do"), heading);
        Rows rows;
        auto all = holders_list(language_);
        for (std::size_t i = 0; i + 1 < all.size(); ++i) rows.emplace_back("□", all[i]);
        paper_.list(rows, box, task);
        paper_.space(2);
        paper_.text("P", all.back(), never);
    }
    void proven() {
        paper_.text("H2", text("receipt.proven"), heading);
        Rows rows;
        for (const auto& one : issue::proof_sentences(receipt_, language_)) rows.emplace_back("•", bare(one));
        for (const auto& one : issue::remark_sentences(receipt_, language_))
            if (!said_elsewhere(one)) rows.emplace_back("•", bare(one));
        paper_.list(rows, dot, item);
        paper_.space(4);
    }
    void facts() {
        const auto& c = receipt_.certificate;
        paper_.text("H2", say("facts"), heading);
        Rows rows = {
            {text("receipt.issuer"), c.issuer},
            {text("receipt.serial"), c.serial},
            {text("acta.validity"), c.not_before.substr(0, 10) + " – " + c.not_after.substr(0, 10)},
            {text("receipt.key"), c.key},
            {text("receipt.sha256"), grouped(c.fingerprint)},
            {text("receipt.card"),
             receipt_.card_maker + " " + receipt_.card_model + " · " + receipt_.card_serial},
            {text("receipt.finished"), receipt_.finished + " · " + receipt_.program + " " + receipt_.version},
            {text("receipt.journal"), grouped_head(receipt_.journal_head)}};
        std::erase_if(rows, [](const auto& row) { return row.second.empty(); });
        paper_.list(rows, label, value);
        paper_.space(8);
    }
    [[nodiscard]] Result<void> code() {
        ACREDITA_TRY(squares, letter::make_code(receipt_code(receipt_)));
        paper_.code(squares, code_side, say("code"), beside);
        paper_.space(4);
        return {};
    }
    [[nodiscard]] std::string say(std::string_view key,
                                  std::initializer_list<catalogue::Fill> fills = {}) const {
        return catalogue::text("desk.receipt." + std::string(key), language_, fills);
    }

private:
    [[nodiscard]] std::string text(std::string_view key) const { return catalogue::text(key, language_); }
    static std::string bare(const std::string& sentence) {
        constexpr std::string_view receipts_dot = "· ";
        return sentence.starts_with(receipts_dot) ? sentence.substr(receipts_dot.size()) : sentence;
    }
    // What the signature is worth and how the backup is kept has its own place here.
    [[nodiscard]] bool said_elsewhere(const std::string& sentence) const {
        return sentence == text("receipt.imported") || sentence == text("receipt.keep_backup");
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
        {"card_serial", &r.card_serial}, {"key", &c.key},
        {"journal", &r.journal_head}};
    for (const auto& [name, text] : texts)
        if (std::ranges::any_of(*text,
                                [](char b) { return static_cast<unsigned char>(b) < 0x20 || b == 0x7F; }))
            return fail(letter::document_errc::bad_value, name);
    return {};
}

} // namespace

std::string receipt_code(const issue::Receipt& receipt) {
    return "ACREDITA:JUSTIFICANTE:1:" + receipt.certificate.fingerprint + ":" +
           (receipt.journal_head.empty() ? "-" : receipt.journal_head);
}

std::vector<std::string> holders_list(catalogue::Language language) {
    std::vector<std::string> all;
    for (unsigned i = 1; i <= tasks; ++i)
        all.push_back(catalogue::text("desk.receipt.task." + std::to_string(i), language));
    all.push_back(catalogue::text("desk.receipt.never", language));
    return all;
}

Result<Bytes> draw_receipt(const issue::Receipt& receipt, const std::optional<letter::Office>& office,
                           catalogue::Language language, std::chrono::sys_seconds made) {
    ACREDITA_CHECK(check(receipt));
    Bytes drawn;
    const std::string tongue = language == catalogue::Language::spanish ? "es-ES" : "en-GB";
    const auto name = catalogue::text("desk.receipt.title", language);
    letter::Paper paper(drawn, name, tongue);
    Writer writer(paper, receipt, language);
    writer.head(office);
    writer.worth();
    writer.to_do();
    writer.facts();
    ACREDITA_CHECK(writer.code());
    writer.proven();
    ACREDITA_CHECK(paper.finish());
    if (paper.pages() > 1) return fail(letter::document_errc::too_long);
    return letter::archive(
        drawn, {.title = name, .language = tongue, .made = made, .alt_code = writer.say("alt_code")});
}

} // namespace acredita::desk
