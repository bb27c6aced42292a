// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The receipt as a page of plain text: 80 columns, one fact a line.
#include "tools/catalogue/catalogue.hpp"
#include "tools/issue/receipt.hpp"

#include <algorithm>

namespace acredita::issue {
namespace {

// Columns that UTF-8 text takes, for the letters our languages have.
std::size_t width(std::string_view text) {
    std::size_t columns = 0;
    for (const char c : text) columns += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    return columns;
}

// Lines of at most 80 columns; those after the first stand two columns in, behind the dot.
std::string wrapped(std::string_view text) {
    constexpr std::size_t widest = 80;
    std::string lines;
    std::size_t used = 0;
    while (!text.empty()) {
        const auto word = text.substr(0, text.find(' '));
        if (used > 0 && used + 1 + width(word) > widest) {
            lines += "\n  ";
            used = 2;
        } else if (used > 0) {
            lines += ' ';
            ++used;
        }
        lines += word;
        used += width(word);
        text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
    return lines;
}

class Page {
public:
    explicit Page(catalogue::Language language) : language_(language) {}

    void heading(std::string_view key) {
        const auto text = say(key);
        text_ += (text_.empty() ? "" : "\n") + text + "\n" + std::string(width(text), '-') + "\n";
    }
    void fact(std::string_view key, std::string_view value) {
        if (value.empty()) return;
        constexpr std::size_t column = 28;
        auto label = key.empty() ? std::string() : say(key);
        if (const auto used = width(label); used < column) label.append(column - used, ' ');
        text_ += label + std::string(value) + "\n";
    }
    void sentences(const std::vector<std::string>& all) {
        for (const auto& one : all) text_ += wrapped(one) + "\n";
    }
    [[nodiscard]] std::string say(std::string_view key) const {
        return catalogue::text("receipt." + std::string(key), language_);
    }
    [[nodiscard]] std::string take() && { return std::move(text_); }

private:
    catalogue::Language language_;
    std::string text_;
};

class Sentences {
public:
    explicit Sentences(catalogue::Language language) : language_(language) {}
    void add(std::string_view key, std::initializer_list<catalogue::Fill> fills = {}) {
        all_.push_back(catalogue::text("receipt." + std::string(key), language_, fills));
    }
    [[nodiscard]] std::vector<std::string> take() && { return std::move(all_); }

private:
    catalogue::Language language_;
    std::vector<std::string> all_{};
};

std::string hex(std::uint16_t word) {
    const std::uint8_t bytes[] = {static_cast<std::uint8_t>(word >> 8U), static_cast<std::uint8_t>(word)};
    return to_hex(bytes);
}

void certificate(Page& page, const Receipt& r) {
    page.heading("certificate");
    page.fact("holder", r.certificate.holder);
    page.fact("identity", r.certificate.masked_id);
    page.fact("issuer", r.certificate.issuer);
    page.fact("serial", r.certificate.serial);
    page.fact("valid_from", r.certificate.not_before);
    page.fact("valid_until", r.certificate.not_after);
    page.fact("key", r.certificate.key);
    page.fact("sha256", r.certificate.fingerprint.substr(0, 32));
    page.fact("", r.certificate.fingerprint.substr(32));
}

void card(Page& page, const Receipt& r) {
    page.heading("card");
    page.fact("model", r.card_maker + " " + r.card_model);
    page.fact("card_serial", r.card_serial);
    page.fact("profile", r.card_profile);
    if (r.place) page.fact("place", to_hex({&*r.place, 1}));
    page.fact("label", r.label);
    page.fact("reader", r.reader);
    page.fact("module", r.module);
}

void journal(Page& page, const Receipt& r) {
    const auto colon = r.journal_head.find(':');
    if (colon == std::string::npos) return;
    page.fact("journal", r.journal_head.substr(0, colon + 1));
    page.fact("", r.journal_head.substr(colon + 1, 32));
    page.fact("", r.journal_head.substr(std::min(colon + 33, r.journal_head.size())));
}

} // namespace

std::vector<std::string> proof_sentences(const Receipt& r, catalogue::Language language) {
    Sentences out(language);
    const auto& p = r.proof;
    out.add(p.card_restarted ? "restarted" : "not_restarted");
    if (p.module_restarted) out.add("module_restarted");
    out.add(p.certificate == Witness::card ? "identical" : "identical_by_module");
    out.add("signed", {{"scheme", p.signature_scheme}});
    if (p.refusal == Witness::card)
        out.add("refused_by_card", {{"word", p.status_word ? hex(*p.status_word) : "?"}});
    else
        out.add("refused_by_module");
    out.add(p.protection == Witness::card ? "protected_by_card" : "protected_by_module");
    return std::move(out).take();
}

std::vector<std::string> remark_sentences(const Receipt& r, catalogue::Language language) {
    Sentences out(language);
    out.add("imported");
    if (r.resumed) out.add("resumed");
    if (r.replaced) out.add("replaced", {{"sha256", r.replaced->empty() ? "?" : *r.replaced}});
    if (r.factory_administration_key) out.add("factory_key");
    if (r.factory_pin) out.add("factory_pin");
    out.add("not_kept");
    out.add("keep_backup");
    return std::move(out).take();
}

std::string to_text(const Receipt& r, catalogue::Language language) {
    Page page(language);
    page.heading(r.practice ? "title_practice" : "title");
    page.fact("office", r.office);
    page.fact("started", r.started);
    page.fact("finished", r.finished);
    page.fact("program", r.program + " " + r.version);
    journal(page, r);
    certificate(page, r);
    card(page, r);
    page.heading("proven");
    page.sentences(proof_sentences(r, language));
    page.heading("remarks");
    page.sentences(remark_sentences(r, language));
    return std::move(page).take();
}

} // namespace acredita::issue
