// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/pseudonym.hpp"

#include "tools/office/digest.hpp"

#include <array>

#include <sys/random.h>

namespace acredita::office {
namespace {

constexpr std::size_t key_size = 32;

std::string_view name_of(Subject subject) noexcept {
    switch (subject) {
    case Subject::holder:
        return "holder";
    case Subject::card:
        return "card";
    case Subject::certificate:
        break;
    }
    return "certificate";
}

Result<std::string> new_key() {
    std::array<std::uint8_t, key_size> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        return fail(office_errc::database_trouble, "no random bytes");
    return to_hex(bytes);
}

Result<std::string> pseudonym(const std::string& key_text, Subject subject, std::string_view identity) {
    ACREDITA_TRY(key, from_hex(key_text));
    if (key.size() != key_size) return fail(office_errc::database_damaged, "the key of a month");
    return hmac_sha256(key, std::string(name_of(subject)) + '\n' + plain_identity(identity));
}

} // namespace

std::string plain_identity(std::string_view identity) {
    std::string plain;
    for (const char c : identity) {
        if (c == ' ' || c == '-' || c == '.' || c == ':') continue;
        plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return plain;
}

Result<std::string> Pseudonyms::of(Subject subject, std::string_view identity, const std::string& month) {
    if (identity.empty()) return std::string();
    ACREDITA_TRY(found, database_.rows("SELECT secret FROM month_keys WHERE month = :a", "t", {month}));
    if (!found.empty()) {
        // A clock that was set back may ask for a month that has been forgotten: no name is no link.
        if (text(found[0][0]).empty()) return std::string();
        return pseudonym(text(found[0][0]), subject, identity);
    }
    ACREDITA_TRY(key, new_key());
    ACREDITA_CHECK(
        database_.run("INSERT INTO month_keys (month, secret, destroyed) VALUES (:a, :b, '')", {month, key}));
    return pseudonym(key, subject, identity);
}

Result<std::vector<std::string>> Pseudonyms::all_of(Subject subject, std::string_view identity) {
    ACREDITA_TRY(keys, database_.rows("SELECT secret FROM month_keys WHERE secret <> ''", "t"));
    std::vector<std::string> names;
    for (const auto& key : keys) {
        ACREDITA_TRY(name, pseudonym(text(key[0]), subject, identity));
        names.push_back(std::move(name));
    }
    return names;
}

Result<std::vector<Pseudonyms::Month>> Pseudonyms::months() {
    ACREDITA_TRY(found, database_.rows("SELECT month, destroyed FROM month_keys ORDER BY month", "tt"));
    std::vector<Month> all;
    all.reserve(found.size());
    for (const auto& row : found) all.push_back({text(row[0]), text(row[1])});
    return all;
}

Result<void> Pseudonyms::destroy(const std::string& month, const std::string& current,
                                 const std::string& when) {
    if (month == current) return fail(office_errc::month_in_use, month);
    const auto forgotten = database_.write([&]() -> Result<void> {
        ACREDITA_TRY(open, database_.rows("SELECT COUNT(*) FROM cases WHERE month = :a AND finished = 0", "i",
                                          {month}));
        if (number(open.at(0).at(0)) > 0) return fail(office_errc::month_in_use, month);
        ACREDITA_TRY(found,
                     database_.rows("SELECT destroyed FROM month_keys WHERE month = :a", "t", {month}));
        if (found.empty()) return fail(office_errc::month_unknown, month);
        ACREDITA_CHECK(database_.run(
            "UPDATE month_keys SET secret = '', destroyed = :a WHERE month = :b AND secret <> ''",
            {when, month}));
        return {};
    });
    return forgotten ? database_.purge("month_keys") : forgotten;
}

} // namespace acredita::office
