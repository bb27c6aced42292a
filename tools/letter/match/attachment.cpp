// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/match/attachment.hpp"

#include "tools/letter/append/guard.hpp"

#include <qpdf/Pipeline.hh>

namespace acredita::letter {

namespace {

constexpr std::uint64_t largest_letter = 32 * 1024 * 1024;
constexpr int most_files = 64;

// Takes what a stream inflates to, up to a limit.
class Bounded final : public Pipeline {
public:
    Bounded() : Pipeline("letter data", nullptr) {}
    void write(unsigned char const* data, std::size_t size) override {
        if (text.size() + size > largest_data) throw std::length_error("too much");
        text.append(reinterpret_cast<const char*>(data), size);
    }
    void finish() override {}

    std::string text;
};

Result<std::string> content_of(QPDFObjectHandle file) {
    auto stream = value_of(value_of(file, "/EF"), "/F");
    if (!stream.isStream()) return fail(document_errc::bad_value, "EF");
    Bounded content;
    try {
        if (!stream.pipeStreamData(&content, 0, qpdf_dl_generalized, true))
            return fail(document_errc::bad_value, "EF");
    } catch (const std::length_error&) {
        return fail(document_errc::bad_value, "size");
    }
    return std::move(content.text);
}

} // namespace

Result<std::optional<LetterData>> data_in(const StrictPdf& pdf) {
    return guarded([&]() -> Result<std::optional<LetterData>> {
        auto files = value_of(pdf.qpdf().getRoot(), "/AF");
        std::optional<QPDFObjectHandle> found;
        const int count = files.isArray() ? files.getArrayNItems() : 0;
        if (count > most_files) return fail(letter_errc::too_complex, "AF");
        for (int i = 0; i < count; ++i) {
            auto file = files.getArrayItem(i);
            auto name = value_of(file, "/UF");
            if (!name.isString() || name.getUTF8Value() != data_name) continue;
            if (found) return fail(document_errc::bad_value, "several");
            found = file;
        }
        if (!found) return std::nullopt;
        ACREDITA_TRY(text, content_of(*found));
        ACREDITA_TRY(data, read_data(text));
        return std::optional(std::move(data));
    });
}

Result<std::optional<LetterData>> data_in(const std::filesystem::path& file) {
    ACREDITA_TRY(input, InputFile::open(file, largest_letter));
    ACREDITA_TRY(pdf, StrictPdf::open(input));
    return data_in(pdf);
}

} // namespace acredita::letter
