// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/document/document.hpp"

#include "tools/letter/digest.hpp"
#include "tools/letter/document/archive.hpp"

#include <algorithm>

namespace acredita::letter {

namespace {

constexpr const char* body_font = "Liberation Sans 10";
constexpr const char* bold_font = "Liberation Sans Bold 10";
constexpr double field_width = 260, field_height = 74, code_side = 70;
constexpr std::size_t hex_in_line = 64;

const Face body{.font = body_font, .after = 8};
const Face item{.font = body_font, .after = 4, .left = 14};
const Face dot{.font = body_font, .left = 2, .width = 12};
const Face label{.font = bold_font, .width = 150};
const Face value{.font = body_font, .after = 3, .left = 156};
const Face title{.font = "Liberation Sans Bold 15", .after = 10, .line_height = 1.15};
const Face heading{.font = "Liberation Sans Bold 11", .after = 4};
const Face small{.font = "Liberation Sans 8.5", .after = 2, .grey = 0.25};
const Face last_of_head{.font = "Liberation Sans 8.5", .after = 16, .grey = 0.25, .rule = true};
const Face digits{.font = "Liberation Mono 8", .after = 8, .line_height = 1.15};
const Face print{.font = "Liberation Mono Bold 8.5", .after = 6};
const Face institution{.font = "Liberation Sans Bold 13", .after = 1};
const Face office_name{.font = "Liberation Sans 10.5", .after = 1};
const Face date_line{.font = body_font, .after = 14, .align = PANGO_ALIGN_RIGHT};
const Face beside_code{.font = "Liberation Sans 9", .after = 10, .left = code_side + 14};

// No control characters: a line break in a name would write lines of its own.
bool printable(std::string_view text) {
    return std::ranges::none_of(text,
                                [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

Result<Values> values_of(const Letter& letter, const Template& words) {
    const auto& date = letter.day;
    if (!date.ok()) return fail(document_errc::bad_value, "day");
    const Values parts{{"day", std::to_string(unsigned(date.day()))},
                       {"month", words.months[unsigned(date.month()) - 1]},
                       {"year", std::to_string(int(date.year()))}};
    ACREDITA_TRY(day, fill(words.date, parts));
    Values values{{"folio", letter.folio},
                  {"date", day},
                  {"place", letter.office.place},
                  {"institution", letter.office.institution},
                  {"office", letter.office.name},
                  {"building", letter.office.building},
                  {"room", letter.office.room},
                  {"hours", letter.office.hours},
                  {"help", letter.office.help},
                  {"name", letter.person.name},
                  {"nif", letter.person.nif},
                  {"user", letter.person.user},
                  {"email", letter.person.email},
                  {"previous_algorithm", letter.previous.algorithm},
                  {"previous_serial", letter.previous.serial},
                  {"previous_not_after", letter.previous.not_after},
                  {"renewed_algorithm", letter.renewed.algorithm},
                  {"renewed_serial", letter.renewed.serial},
                  {"renewed_not_after", letter.renewed.not_after}};
    for (const auto& [name, text] : values)
        if (!printable(text)) return fail(document_errc::bad_value, name);
    // Whole phrases that depend on the case, in the words of the template where it has them.
    const bool issued = !letter.renewed.serial.empty();
    const bool outside = letter.origin == Origin::outside;
    for (const auto& [name, word] :
         {std::pair{"renewed_certificate", issued ? "certificate_issued" : "certificate_pending"},
          std::pair{"key_origin", outside ? "made_outside" : "made_on_card"}}) {
        if (words.word(word).empty()) continue;
        ACREDITA_TRY(phrase, fill(words.word(word), values));
        values.emplace(name, std::move(phrase));
    }
    values.emplace("addressee", [&] {
        std::string lines;
        for (const auto& line : letter.office.addressee) lines += (lines.empty() ? "" : "\n") + line;
        return lines;
    }());
    return values;
}

class Writer {
public:
    Writer(Paper& paper, const Letter& letter, const Template& words, const LetterData& data, Values values)
        : paper_(paper), letter_(letter), words_(words), data_(data), values_(std::move(values)) {}

    [[nodiscard]] Result<void> write(const Block& block) {
        using enum Block::Kind;
        ACREDITA_TRY(text, fill(block.text, values_));
        switch (block.kind) {
        case letterhead:
            head();
            break;
        case date_line:
            paper_.text("P", values_["place"] + ", " + values_["date"], letter::date_line);
            break;
        case addressee:
            paper_.text("P", values_["addressee"], {.font = body_font, .after = 14});
            break;
        case Block::Kind::heading:
            paper_.need(60);
            headings_++ == 0 ? paper_.text("H1", text, title) : paper_.text("H2", text, letter::heading);
            break;
        case paragraph:
            paper_.text("P", text, body);
            break;
        case list:
            return items(
                block, [](const std::string& one) { return std::pair(std::string("•"), one); }, dot, item);
        case facts:
            return items(
                block,
                [](const std::string& one) {
                    const auto colon = one.find(": ");
                    return std::pair(one.substr(0, colon),
                                     colon == one.npos ? std::string() : one.substr(colon + 2));
                },
                label, value);
        case key:
            block.field == "previous" ? write_key(text, letter_.previous, data_.previous)
                                      : write_key(text, letter_.renewed, data_.renewed);
            break;
        case signature:
            paper_.need(field_height + 30);
            paper_.text("P", text, small);
            paper_.field(block.field, text, field_width, field_height);
            break;
        case code:
            return write_code(text);
        case sheet:
            paper_.need(Paper::height);
            break;
        }
        return {};
    }

private:
    void head() {
        const auto& office = letter_.office;
        paper_.text("P", office.institution, institution);
        paper_.text("P", office.name, office_name);
        std::string where = office.building;
        for (const auto* part : {&office.room, &office.hours, &office.help})
            if (!part->empty()) where += (where.empty() ? "" : " · ") + *part;
        paper_.text("P", where, last_of_head);
    }

    template <class Split>
    [[nodiscard]] Result<void> items(const Block& block, Split split, const Face& left, const Face& right) {
        std::vector<std::pair<std::string, std::string>> rows;
        for (const auto& one : block.items) {
            ACREDITA_TRY(text, fill(one, values_));
            rows.push_back(split(text));
        }
        paper_.list(rows, left, right);
        paper_.space(6);
        return {};
    }

    // Both in one piece: what is compared is not torn apart.
    void write_key(const std::string& name, const KeyFacts& key, const KeyMark& mark) {
        const auto hex = to_hex(key.spki);
        std::string lines;
        for (std::size_t at = 0; at < hex.size(); at += hex_in_line)
            lines += (at == 0 ? "" : "\n") + hex.substr(at, hex_in_line);
        paper_.need(75 + 11.0 * double(hex.size() / hex_in_line + 1));
        paper_.text("H2", name, letter::heading);
        paper_.text("P", std::string(words_.word("fingerprint")), small);
        paper_.text("P", grouped_fingerprint(mark.fingerprint), print);
        paper_.text("P", std::string(words_.word("public_key")), small);
        paper_.text("P", lines, digits);
    }

    [[nodiscard]] Result<void> write_code(const std::string& text) {
        const auto nonce = to_hex(data_.nonce);
        ACREDITA_TRY(squares, make_code("ACREDITA:CARTA:" + data_.folio + ":" +
                                        (data_.signs == Signs::previous ? "1:" : "2:") + nonce));
        paper_.code(squares, code_side, text, beside_code);
        return {};
    }

    Paper& paper_;
    const Letter& letter_;
    const Template& words_;
    const LetterData& data_;
    Values values_;
    unsigned headings_ = 0;
};

} // namespace

std::string grouped_fingerprint(ByteView sha256) {
    std::string out;
    for (std::size_t i = 0; i < sha256.size(); i += 2)
        out += (i == 0 ? "" : " ") + to_hex(sha256.subspan(i, std::min<std::size_t>(2, sha256.size() - i)));
    return out;
}

Result<MadeLetter> make_letter(const Letter& letter, const Template& words) {
    for (const auto* key : {&letter.previous, &letter.renewed})
        if (key->spki.empty() || key->spki.size() > 4096) return fail(document_errc::bad_value, "spki");
    if (letter.nonce.size() != 16) return fail(document_errc::bad_value, "nonce");
    ACREDITA_TRY(values, values_of(letter, words));
    ACREDITA_TRY(heading_text, fill(words.title, values));
    MadeLetter made;
    ACREDITA_TRY(data, data_of(letter, words.name()));
    made.data = std::move(data);
    Bytes drawn;
    Paper paper(drawn, heading_text, words.language);
    Writer writer(paper, letter, words, made.data, values);
    for (const auto& block : words.blocks) ACREDITA_CHECK(writer.write(block));
    ACREDITA_CHECK(paper.finish());
    made.pages = paper.pages();
    ACREDITA_TRY(description, fill(words.word("alt_code"), values));
    ACREDITA_TRY(pdf, archive(drawn, {.title = heading_text,
                                      .language = words.language,
                                      .made = letter.issued,
                                      .alt_code = description,
                                      .data_name = std::string(data_name),
                                      .data_description = heading_text,
                                      .data = write_data(made.data),
                                      .fields = paper.fields()}));
    made.pdf = std::move(pdf);
    ACREDITA_TRY(digest, digest_of(EVP_sha256(), made.pdf));
    made.sha256 = std::move(digest);
    return made;
}

} // namespace acredita::letter
