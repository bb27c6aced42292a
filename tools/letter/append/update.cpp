// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/append/update.hpp"

#include "tools/letter/append/guard.hpp"
#include "tools/letter/digest.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

namespace acredita::letter {

namespace {

// ISO 32000-1 annex C: the largest object number readers have to know.
constexpr int max_object = 8'388'607;

// Calls run(first, count, begin) for each run of consecutive numbers.
template <class Rows, class Run>
void for_each_run(const Rows& rows, Run&& run) {
    for (auto begin = rows.begin(); begin != rows.end();) {
        auto end = begin;
        int count = 0;
        while (end != rows.end() && end->first == begin->first + count) ++end, ++count;
        run(begin->first, count, begin, end);
        begin = end;
    }
}

void put_number(std::string& to, std::uint64_t value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        to += static_cast<char>((value >> shift) & 0xFFU);
}

} // namespace

Result<Update> Update::start(const StrictPdf& pdf) {
    return guarded([&]() -> Result<Update> {
        auto size = pdf.qpdf().getTrailer().getKey("/Size");
        if (!size.isInteger() || size.getIntValue() < 1) return fail(letter_errc::damaged, "/Size");
        if (size.getIntValue() > max_object) return fail(letter_errc::too_complex, "object numbers");
        int next = static_cast<int>(size.getIntValue());
        // Files exist whose /Size is too small; their numbers are in use all the same.
        if (const auto table = pdf.qpdf().getXRefTable(); !table.empty())
            next = std::max(next, table.rbegin()->first.getObj() + 1);
        if (next > max_object - 64) return fail(letter_errc::too_complex, "object numbers");
        return Update(pdf, next);
    });
}

QPDFObjectHandle Update::reserve() {
    pdf_.qpdf().replaceObject(next_, 0, QPDFObjectHandle::newDictionary());
    return pdf_.qpdf().getObject(next_++, 0);
}

void Update::put(QPDFObjectHandle object) { put(object, object.unparseResolved()); }

void Update::put(QPDFObjectHandle object, std::string body) {
    bodies_[object.getObjectID()] = {object.getGeneration(), std::move(body)};
}

std::string Update::trailer_entries(const std::string& new_id) const {
    static const std::set<std::string> ours{"/Size",   "/Prev",        "/ID",          "/XRefStm", "/Length",
                                            "/Filter", "/DecodeParms", "/W",           "/Index",   "/Type",
                                            "/F",      "/FFilter",     "/FDecodeParms"};
    auto trailer = pdf_.qpdf().getTrailer();
    std::string entries = "/Size " + std::to_string(next_);
    for (auto& [key, value] : trailer.ditems())
        if (!ours.contains(key) && !value.isNull())
            entries += " " + QPDFObjectHandle::newName(key).unparse() + " " + value.unparse();
    auto id = trailer.getKey("/ID");
    const bool has_id = id.isArray() && id.getArrayNItems() > 0 && id.getArrayItem(0).isString();
    const auto first = has_id ? id.getArrayItem(0).unparse() : "<" + new_id + ">";
    return entries + " /ID [ " + first + " <" + new_id + "> ] /Prev " + std::to_string(pdf_.tail().startxref);
}

std::string Update::table(const Rows& rows) {
    std::string text = "xref\n";
    for_each_run(rows, [&](int first, int count, auto at, auto end) {
        text += std::to_string(first) + " " + std::to_string(count) + "\n";
        for (; at != end; ++at) {
            std::array<char, 32> row{}; // twenty bytes, whatever happens
            std::snprintf(row.data(), row.size(), "%010llu %05d n\r\n",
                          static_cast<unsigned long long>(at->second.offset), at->second.generation);
            text += row.data();
        }
    });
    return text;
}

std::string Update::stream(const Rows& rows, const std::string& entries, int number) {
    std::string index;
    std::string data;
    for_each_run(rows, [&](int first, int count, auto at, auto end) {
        index += std::to_string(first) + " " + std::to_string(count) + " ";
        for (; at != end; ++at) {
            put_number(data, 1, 1);
            put_number(data, at->second.offset, 5);
            put_number(data, static_cast<std::uint64_t>(at->second.generation), 2);
        }
    });
    return std::to_string(number) + " 0 obj\n<< /Type /XRef /W [ 1 5 2 ] /Index [ " + index + "] " + entries +
           " /Length " + std::to_string(data.size()) + " >>\nstream\n" + data + "\nendstream\nendobj\n";
}

Result<Update::Appended> Update::build() {
    return guarded([&]() -> Result<Appended> {
        const bool as_stream = pdf_.tail().xref_stream;
        const int stream_number = as_stream ? next_++ : 0;
        Appended appended;
        auto& bytes = appended.bytes;
        if (!pdf_.tail().ends_with_newline) bytes = "\n";
        Rows rows;
        for (const auto& [number, body] : bodies_) {
            rows[number] = {body.generation, pdf_.size() + bytes.size()};
            bytes += std::to_string(number) + " " + std::to_string(body.generation) + " obj\n";
            appended.body_at[number] = pdf_.size() + bytes.size();
            bytes += body.text + "\nendobj\n";
        }
        ACREDITA_TRY(id, digest_of(EVP_sha256(), as_bytes(bytes)));
        id.resize(16);
        const auto section = pdf_.size() + bytes.size();
        const auto entries = trailer_entries(to_hex(id));
        if (as_stream) {
            rows[stream_number] = {0, section};
            bytes += stream(rows, entries, stream_number);
        } else {
            bytes += table(rows) + "trailer\n<< " + entries + " >>\n";
        }
        bytes += "startxref\n" + std::to_string(section) + "\n%%EOF\n";
        if (bytes.size() > max_document || pdf_.size() > max_document - bytes.size())
            return fail(letter_errc::too_large, "offsets of more than ten digits");
        return appended;
    });
}

} // namespace acredita::letter
