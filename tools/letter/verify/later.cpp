// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/verify/later.hpp"

#include "tools/letter/append/guard.hpp"
#include "tools/letter/append/references.hpp"
#include "tools/letter/verify/allowed.hpp"

#include <algorithm>
#include <set>

#include <qpdf/QPDFXRefEntry.hh>

namespace acredita::letter {

namespace {

using XrefTable = std::map<QPDFObjGen, QPDFXRefEntry>;
constexpr std::size_t max_named = 16;

// Where an object lies; an object in an object stream moves with its stream.
[[nodiscard]] bool same_place(const QPDFXRefEntry& a, const QPDFXRefEntry& b, const XrefTable& before,
                              const XrefTable& now) {
    if (a.getType() != b.getType()) return false;
    if (a.getType() == 1) return a.getOffset() == b.getOffset();
    if (a.getType() != 2) return true;
    if (a.getObjStreamNumber() != b.getObjStreamNumber() || a.getObjStreamIndex() != b.getObjStreamIndex())
        return false;
    const auto old_stream = before.find(QPDFObjGen(a.getObjStreamNumber(), 0));
    const auto new_stream = now.find(QPDFObjGen(a.getObjStreamNumber(), 0));
    return old_stream != before.end() && new_stream != now.end() && new_stream->second.getType() == 1 &&
           old_stream->second.getType() == 1 &&
           old_stream->second.getOffset() == new_stream->second.getOffset();
}

// Objects that were there before and are now written elsewhere, or gone.
[[nodiscard]] std::set<QPDFObjGen> touched(const XrefTable& before, const XrefTable& now) {
    std::set<QPDFObjGen> found;
    for (const auto& [id, entry] : before)
        if (const auto other = now.find(id);
            other == now.end() || !same_place(entry, other->second, before, now))
            found.insert(id);
    return found;
}

[[nodiscard]] bool same_trailer(QPDF& before, QPDF& now) {
    for (const char* key : {"/Root", "/Info"})
        if (before.getTrailer().getKey(key).unparse() != now.getTrailer().getKey(key).unparse()) return false;
    return true;
}

// Objects the earlier revision refers to without having them, which a later one supplies: what was nothing
// when it was signed gets a look afterwards.
[[nodiscard]] std::set<QPDFObjGen> supplied(QPDF& revision, const XrefTable& before, const XrefTable& now) {
    std::set<QPDFObjGen> found;
    const auto visit = [&](QPDFObjGen id) {
        if (!before.contains(id) && now.contains(id)) found.insert(id);
    };
    for (const auto& [id, entry] : before) for_each_reference(revision.getObject(id), visit);
    for_each_reference(revision.getTrailer(), visit);
    return found;
}

void name(SignatureVerdict& verdict, const std::string& what) {
    verdict.later = LaterChanges::changed;
    if (verdict.later_objects.size() < max_named) verdict.later_objects.push_back(what);
}

[[nodiscard]] bool is_blank(std::string_view text) {
    return text.find_first_not_of(std::string_view(" \t\r\n\f\0", 6)) == std::string_view::npos;
}

// What is appended is a revision, read from its own cross-reference section, and nothing stands behind it:
// readers that mend damaged files would find stray objects and show them.
[[nodiscard]] Result<bool> is_revision(const InputFile& file, const StrictPdf& whole,
                                       std::uint64_t range_end) {
    constexpr std::uint64_t room = 1024;
    const auto from = std::max(range_end, file.size() - std::min(file.size(), room));
    ACREDITA_TRY(bytes, file.read_at(from, static_cast<std::size_t>(file.size() - from)));
    if (from == range_end && is_blank(as_text(bytes))) return true;
    if (whole.tail().startxref < range_end) return false;
    const auto end = as_text(bytes).rfind("%%EOF");
    return end != std::string_view::npos && is_blank(as_text(bytes).substr(end + 5));
}

} // namespace

Result<void> judge_later(const InputFile& file, const StrictPdf& whole, std::uint64_t range_end,
                         SignatureVerdict& verdict) {
    if (range_end == file.size()) {
        verdict.later = LaterChanges::none;
        return {};
    }
    ACREDITA_TRY(revision_file, file.first(range_end));
    auto revision = StrictPdf::open(revision_file);
    if (!revision) {
        if (is(revision.error(), letter_errc::read_failed)) return fail(std::move(revision).error());
        name(verdict, "revision"); // what was signed is no document by itself
        return {};
    }
    ACREDITA_TRY(orderly, is_revision(file, whole, range_end));
    return guarded([&]() -> Result<void> {
        verdict.later = LaterChanges::signatures;
        if (!orderly) name(verdict, "tail");
        if (!same_trailer(revision->qpdf(), whole.qpdf())) name(verdict, "trailer");
        const auto before = revision->qpdf().getXRefTable();
        const auto now = whole.qpdf().getXRefTable();
        for (const auto& id : supplied(revision->qpdf(), before, now)) name(verdict, id.unparse(' '));
        AllowedChanges allowed(*revision, whole);
        for (const auto& id : touched(before, now)) {
            const auto change = allowed.judge(id);
            if (change == Change::forbidden) name(verdict, id.unparse(' '));
            if (change == Change::visible && verdict.later == LaterChanges::signatures)
                verdict.later = LaterChanges::visible_signatures;
        }
        return {};
    });
}

} // namespace acredita::letter
