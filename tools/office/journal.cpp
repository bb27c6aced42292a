// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/journal.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include <sys/random.h>
#include <sys/timex.h>

namespace acredita::office {
namespace {

constexpr std::int64_t page = 1000;

std::string bounded(std::string_view text) { return as_utf8(text.substr(0, 200)); }

Result<void> check(const Facts& facts) {
    if (facts.size() > most_facts) return fail(office_errc::text_refused, "too many facts");
    for (const auto& [name, value] : facts)
        if (value.size() > longest_value) return fail(office_errc::text_refused, name);
    return {};
}

// Does the line say one of these in this place? Only what parse() has confirmed counts.
bool names_one(const std::string& value, const std::vector<std::string>& wanted) {
    return std::ranges::find(wanted, value) != wanted.end();
}

} // namespace

std::string utc_time(Clock::time_point time) {
    const auto since = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    const std::time_t whole = seconds.count();
    std::tm parts{};
    ::gmtime_r(&whole, &parts);
    std::array<char, 32> text{};
    const auto size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S.", &parts);
    const auto rest = std::to_string(1000 + (since - seconds).count()).substr(1);
    return std::string(text.data(), size) + rest + "Z";
}

std::string clock_source() {
    struct timex state {};
    const int answer = ::adjtimex(&state);
    const bool followed = answer >= 0 && answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
    return followed ? "synchronised" : "free";
}

std::string new_session() {
    std::array<std::uint8_t, 6> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return {};
    return to_hex(bytes);
}

Result<Head> Journal::append(const Entry& entry) {
    ACREDITA_CHECK(check(entry.facts));
    return database_.write([&] { return append_here(entry); });
}

Result<Head> Journal::append_here(const Entry& entry) {
    ACREDITA_TRY(before, head());
    const auto time = utc_time(origin_.now());
    const auto month = time.substr(0, 7);
    auto names = pseudonyms();
    ACREDITA_TRY(holder, names.of(Subject::holder, entry.holder, month));
    ACREDITA_TRY(card, names.of(Subject::card, entry.card, month));
    ACREDITA_TRY(certificate, names.of(Subject::certificate, entry.certificate, month));
    Record record{
        .number = before.number + 1,
        .time = time,
        .clock = clock_source(),
        .kiosk = bounded(origin_.kiosk),
        .build = bounded(origin_.build),
        .session = bounded(origin_.session),
        .operator_name = bounded(origin_.operator_name),
        .role = bounded(origin_.role),
        .action = bounded(entry.action),
        .outcome = bounded(entry.outcome),
        .code = entry.code,
        .holder = holder,
        .card = card,
        .certificate = certificate,
        .facts = entry.facts,
        .previous = before.hash,
        .hash = {},
    };
    for (auto& [name, value] : record.facts) value = as_utf8(value);
    const auto line = serialise(record, digest_);
    const auto link = read_link(line);
    if (!link) return fail(office_errc::text_refused, "a record that could not be read again");
    ACREDITA_CHECK(
        database_.run("INSERT INTO journal (number, line) VALUES (:a, :b)", {record.number, line}));
    return Head{record.number, std::string(link->hash)};
}

Result<Head> Journal::checkpoint(ByteView certificate, const Sign& sign) {
    // The card may take seconds, which no other kiosk should wait for: sign first, and start again if
    // somebody has written in the meantime.
    for (int tries = 0;; ++tries) {
        ACREDITA_TRY(signed_head, head());
        ACREDITA_TRY(facts, make_checkpoint(signed_head, certificate, sign));
        auto done = database_.write([&]() -> Result<Head> {
            ACREDITA_TRY(now, head());
            if (now.hash != signed_head.hash) return fail(office_errc::database_busy, "the head has moved");
            return append_here({.action = std::string(checkpoint_action), .facts = facts});
        });
        if (done || tries == 2 || !is(done.error(), office_errc::database_busy)) return done;
    }
}

Result<Head> Journal::head() {
    ACREDITA_TRY(rows, database_.rows("SELECT number, line FROM journal ORDER BY number DESC LIMIT 1", "it"));
    if (rows.empty()) return Head{};
    const auto link = read_link(text(rows[0][1]));
    if (!link || link->number != number(rows[0][0]) || digest_.of(link->hashed) != link->hash)
        return fail(office_errc::journal_broken, std::to_string(number(rows[0][0])));
    return Head{link->number, std::string(link->hash)};
}

Result<void> Journal::each(std::int64_t from, const std::function<bool(std::string_view)>& visit) {
    for (;;) {
        ACREDITA_TRY(rows, database_.rows("SELECT number, line FROM journal WHERE number >= :a "
                                          "ORDER BY number LIMIT :b",
                                          "it", {from, page}));
        for (const auto& row : rows)
            if (!visit(text(row[1]))) return {};
        if (rows.size() < static_cast<std::size_t>(page)) return {};
        from = number(rows.back()[0]) + 1;
    }
}

Result<std::vector<std::string>> Journal::find(const Search& search) {
    auto names = pseudonyms();
    ACREDITA_TRY(holders, names.all_of(Subject::holder, search.holder));
    ACREDITA_TRY(cards, names.all_of(Subject::card, search.card));
    std::vector<std::string> found;
    ACREDITA_CHECK(each(1, [&](std::string_view line) {
        // The folio is plain text in the line, so most lines need no parser.
        if (!search.folio.empty() && line.find(search.folio) == std::string_view::npos) return true;
        const auto record = parse(line);
        if (!record) return true;
        const auto folio = record->facts.find("folio");
        const bool fits =
            (search.folio.empty() || (folio != record->facts.end() && folio->second == search.folio)) &&
            (search.holder.empty() || names_one(record->holder, holders)) &&
            (search.card.empty() || names_one(record->card, cards));
        if (fits) found.emplace_back(line);
        return true;
    }));
    return found;
}

} // namespace acredita::office
