// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/append/xref_section.hpp"

#include "tools/letter/append/file_window.hpp"
#include "tools/letter/errors.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>

#include <qpdf/QPDFTokenizer.hh>

namespace acredita::letter {

namespace {

using Token = QPDFTokenizer::Token;

constexpr std::size_t max_tokens = 200'000; // /Index may be long; nothing else is
constexpr std::size_t max_token_size = std::size_t{64} * 1024;

class Tokens {
public:
    Tokens(const InputFile& file, std::uint64_t size) : input_(std::make_shared<FileWindow>(file, size)) {}
    void go_to(std::uint64_t at) { input_->seek(static_cast<qpdf_offset_t>(at), SEEK_SET); }
    [[nodiscard]] Token next() {
        if (++count_ > max_tokens) throw std::runtime_error("too many tokens");
        return tokenizer_.readToken(input_, "xref", false, max_token_size);
    }
    [[nodiscard]] std::uint64_t position() { return static_cast<std::uint64_t>(input_->tell()); }

private:
    std::shared_ptr<FileWindow> input_;
    QPDFTokenizer tokenizer_;
    std::size_t count_ = 0;
};

[[nodiscard]] std::uint64_t number(const std::string& text) {
    std::uint64_t value = 0;
    const auto end = text.data() + text.size();
    if (const auto [at, bad] = std::from_chars(text.data(), end, value); bad != std::errc{} || at != end)
        throw std::runtime_error("not a number");
    return value;
}

// The values of the outermost keys as text: a scalar as it stands, an array with its brackets and blanks
// between.
[[nodiscard]] std::map<std::string, std::string> read_dictionary(Tokens& tokens) {
    std::map<std::string, std::string> values;
    std::string* value = nullptr;
    if (tokens.next().getType() != QPDFTokenizer::tt_dict_open) throw std::runtime_error("no dictionary");
    for (int depth = 1; depth > 0;) {
        const auto token = tokens.next();
        const auto type = token.getType();
        if (type == QPDFTokenizer::tt_eof) throw std::runtime_error("no end");
        const bool opens = type == QPDFTokenizer::tt_dict_open || type == QPDFTokenizer::tt_array_open;
        const bool closes = type == QPDFTokenizer::tt_dict_close || type == QPDFTokenizer::tt_array_close;
        // A name right after a key is its value: /Filter /FlateDecode.
        if (depth == 1 && type == QPDFTokenizer::tt_name && (value == nullptr || !value->empty())) {
            const auto [at, fresh] = values.try_emplace(token.getValue());
            if (!fresh) throw std::runtime_error("the same key twice");
            value = &at->second;
            continue;
        }
        depth += opens ? 1 : closes ? -1 : 0;
        if (value == nullptr || depth == 0) continue;
        if (!value->empty()) *value += ' ';
        *value += token.getValue();
    }
    return values;
}

[[nodiscard]] Result<std::uint64_t> find_trailer(const InputFile& file, std::uint64_t size,
                                                 std::uint64_t at) {
    constexpr std::string_view word = "trailer";
    constexpr std::uint64_t step = std::uint64_t{64} * 1024;
    while (at < size) {
        const auto room = std::min<std::uint64_t>(size - at, step + word.size());
        ACREDITA_TRY(bytes, file.read_at(at, static_cast<std::size_t>(room)));
        if (const auto hit = as_text(bytes).find(word); hit != std::string_view::npos)
            return at + hit + word.size();
        at += step;
    }
    return fail(letter_errc::damaged, "no trailer");
}

[[nodiscard]] std::optional<std::uint64_t> offset_of(const std::map<std::string, std::string>& values,
                                                     const std::string& key) {
    const auto found = values.find(key);
    if (found == values.end()) return std::nullopt;
    return number(found->second);
}

[[nodiscard]] Result<void> find_data(const InputFile& file, std::uint64_t size, Tokens& tokens,
                                     const std::map<std::string, std::string>& values, XrefSection& section) {
    const auto filter = values.find("/Filter");
    if (filter != values.end()) {
        section.flate = filter->second == "/FlateDecode" || filter->second == "[ /FlateDecode ]";
        if (!section.flate) return fail(letter_errc::damaged, "filter of a cross-reference stream");
    }
    const auto length = offset_of(values, "/Length");
    if (!length || tokens.next().getValue() != "stream") return fail(letter_errc::damaged, "no stream");
    section.data = tokens.position();
    ACREDITA_TRY(eol, file.read_at(section.data, 2));
    section.data += eol[0] == '\r' && eol[1] == '\n' ? 2U : 1U;
    if (section.data > size || *length > size - section.data)
        return fail(letter_errc::damaged, "stream too long");
    section.data_size = *length;
    return {};
}

} // namespace

Result<XrefSection> read_xref_section(const InputFile& file, std::uint64_t size, std::uint64_t at) {
    Tokens tokens(file, size);
    tokens.go_to(at);
    const bool table = tokens.next().getValue() == "xref";
    if (table) {
        ACREDITA_TRY(trailer, find_trailer(file, size, at));
        tokens.go_to(trailer);
    } else if (tokens.next().getType() != QPDFTokenizer::tt_integer || tokens.next().getValue() != "obj") {
        return fail(letter_errc::damaged, "no cross-reference section");
    }
    const auto values = read_dictionary(tokens);
    XrefSection section;
    section.previous = offset_of(values, "/Prev");
    section.hybrid = table ? offset_of(values, "/XRefStm") : std::nullopt;
    if (section.previous && *section.previous == 0) section.previous.reset();
    if (!table) ACREDITA_CHECK(find_data(file, size, tokens, values, section));
    return section;
}

} // namespace acredita::letter
