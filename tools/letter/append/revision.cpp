// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/append/revision.hpp"

#include "tools/letter/append/guard.hpp"
#include "tools/letter/append/permissions.hpp"
#include "tools/letter/append/seed_value.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace acredita::letter {

namespace {

constexpr std::size_t max_text = 4096;
// "[ 0 aaaaaaaaaa bbbbbbbbbb cccccccccc ]", ten digits a number, padded with blanks.
constexpr std::size_t range_width = 38;

[[nodiscard]] std::string pdf_date(std::chrono::sys_seconds time) {
    const auto seconds = static_cast<std::time_t>(time.time_since_epoch().count());
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    std::strftime(text.data(), text.size(), "(D:%Y%m%d%H%M%SZ)", &parts);
    return text.data();
}

[[nodiscard]] Result<std::string> text_entry(const char* key, const std::optional<std::string>& text) {
    if (!text) return std::string();
    if (text->size() > max_text) return fail(letter_errc::bad_option, key);
    return " " + (key + (" " + QPDFObjectHandle::newUnicodeString(*text).unparse()));
}

[[nodiscard]] std::string range_text(const ByteRange& range) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "[ 0 %llu %llu %llu",
                  static_cast<unsigned long long>(range.before), static_cast<unsigned long long>(range.after),
                  static_cast<unsigned long long>(range.rest));
    std::string padded = text.data();
    padded.resize(range_width - 2, ' ');
    return padded + " ]";
}

} // namespace

Result<Revision> prepare_revision(const StrictPdf& pdf, const std::string& field,
                                  const SignatureEntries& entries, std::size_t room) {
    return guarded([&]() -> Result<Revision> {
        ACREDITA_CHECK(check_may_be_signed(pdf));
        ACREDITA_TRY(place, choose_place(pdf, field));
        ACREDITA_TRY(reason, text_entry("/Reason", entries.reason));
        ACREDITA_TRY(location, text_entry("/Location", entries.location));
        std::string lock;
        if (place.ready) {
            ACREDITA_CHECK(check_seed_value(*place.ready, {entries.digest, entries.reason}));
            ACREDITA_TRY(reference, lock_reference(pdf, *place.ready));
            lock = reference;
        }
        ACREDITA_TRY(update, Update::start(pdf));
        auto signature = update.reserve();
        std::string body = "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M " +
                           pdf_date(entries.time) + reason + location + lock + " /ByteRange ";
        const auto range_at = body.size();
        body += std::string(range_width, ' ') + " /Contents <";
        const auto contents_at = body.size();
        body += std::string(2 * room, '0') + "> >>";
        update.put(signature, std::move(body));
        ACREDITA_CHECK(occupy(pdf, update, place, signature, entries.draw));
        ACREDITA_TRY(appended, update.build());

        const auto base = appended.body_at.at(signature.getObjectID());
        Revision revision{place.name, std::move(appended.bytes), base + contents_at, room, {}};
        // The gap is the hexadecimal string with its brackets.
        revision.range.before = revision.contents_at - 1;
        revision.range.after = revision.contents_at + 2 * room + 1;
        revision.range.rest = pdf.size() + revision.appended.size() - revision.range.after;
        revision.appended.replace(static_cast<std::size_t>(base + range_at - pdf.size()), range_width,
                                  range_text(revision.range));
        return revision;
    });
}

} // namespace acredita::letter
