// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/append/strict_pdf.hpp"

#include "tools/letter/append/guard.hpp"
#include "tools/letter/append/xref_limits.hpp"

#include <algorithm>
#include <charconv>

namespace acredita::letter {

namespace {

// Where readers look for the last startxref: libqpdf 1 054 bytes, others 1 024. More would let two readers
// disagree.
constexpr std::uint64_t tail_room = 1024;

[[nodiscard]] bool is_space(char c) {
    return c == ' ' || c == '\r' || c == '\n' || c == '\t' || c == '\f' || c == '\0';
}

[[nodiscard]] Result<bool> names_a_stream(const InputFile& file, std::uint64_t at, std::uint64_t size) {
    ACREDITA_TRY(head, file.read_at(at, static_cast<std::size_t>(std::min<std::uint64_t>(64, size - at))));
    auto text = as_text(head);
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    if (text.starts_with("xref")) return false;
    if (!text.empty() && text.front() >= '0' && text.front() <= '9') return true;
    return fail(letter_errc::damaged, "startxref points at nothing");
}

[[nodiscard]] Result<PdfTail> read_tail(const InputFile& file, std::uint64_t size) {
    const auto room = std::min(size, tail_room);
    ACREDITA_TRY(bytes, file.read_at(size - room, static_cast<std::size_t>(room)));
    auto text = as_text(bytes);
    PdfTail tail;
    tail.ends_with_newline = text.ends_with('\n') || text.ends_with('\r');
    const auto at = text.rfind("startxref");
    if (at == std::string_view::npos) return fail(letter_errc::damaged, "no startxref at the end");
    text.remove_prefix(at + 9);
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    const auto number = std::from_chars(text.data(), text.data() + text.size(), tail.startxref);
    if (number.ec != std::errc{} || tail.startxref == 0 || tail.startxref >= size)
        return fail(letter_errc::damaged, "startxref outside the file");
    ACREDITA_TRY(stream, names_a_stream(file, tail.startxref, size));
    tail.xref_stream = stream;
    return tail;
}

[[nodiscard]] Result<void> check_header(const InputFile& file, std::uint64_t size) {
    ACREDITA_TRY(head, file.read_at(0, static_cast<std::size_t>(std::min<std::uint64_t>(size, 1024))));
    const auto at = as_text(head).find("%PDF-");
    if (at == std::string_view::npos) return fail(letter_errc::not_pdf);
    // Every offset of such a file is shifted, and readers differ in by how much.
    if (at != 0) return fail(letter_errc::damaged, "bytes before the header");
    return {};
}

} // namespace

Result<StrictPdf> StrictPdf::open(const InputFile& file, std::uint64_t size) {
    ACREDITA_CHECK(check_header(file, size));
    ACREDITA_TRY(tail, read_tail(file, size));
    ACREDITA_CHECK(check_xref_limits(file, size, tail.startxref));
    return guarded([&]() -> Result<StrictPdf> {
        auto qpdf = std::make_unique<QPDF>();
        qpdf->setSuppressWarnings(true);
        qpdf->setAttemptRecovery(false);
        qpdf->processInputSource(std::make_shared<FileWindow>(file, size));
        if (qpdf->isEncrypted()) return fail(letter_errc::encrypted);
        ACREDITA_CHECK(check_object_streams(*qpdf));
        if (!qpdf->getRoot().isDictionary() || !qpdf->getRoot().isIndirect())
            return fail(letter_errc::damaged, "no catalogue");
        return StrictPdf(std::move(qpdf), tail, size);
    });
}

QPDFObjectHandle value_of(QPDFObjectHandle dictionary, const std::string& key) {
    return dictionary.isDictionary() ? dictionary.getKey(key) : QPDFObjectHandle::newNull();
}

bool has_name(QPDFObjectHandle dictionary, const std::string& key, const std::string& name) {
    auto value = value_of(dictionary, key);
    return value.isName() && value.getName() == name;
}

} // namespace acredita::letter
