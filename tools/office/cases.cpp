// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/cases.hpp"

#include <algorithm>

namespace acredita::office {
namespace {

std::string spelled(const Facts& facts) {
    std::string text;
    append_facts(text, facts);
    return text;
}

Result<void> check(const Facts& facts) {
    const auto text = spelled(facts);
    Scanner again(text);
    again.facts(nullptr);
    if (!again.at_end()) return fail(office_errc::text_refused, "a fact");
    return {};
}

} // namespace

Result<std::vector<Case>> Cases::read(const std::string& where, const std::vector<Value>& values) {
    ACREDITA_TRY(rows,
                 database_.rows("SELECT number, kind, state, finished, opened, changed, revision, facts "
                                "FROM cases WHERE " +
                                    where + " ORDER BY number LIMIT 1000",
                                "ittittit", values));
    std::vector<Case> cases;
    for (const auto& row : rows) {
        Case one{number(row[0]), text(row[1]), text(row[2]),  number(row[3]) != 0,
                 text(row[4]),   text(row[5]), number(row[6])};
        Scanner scanner(text(row[7]));
        scanner.facts(&one.facts);
        if (!scanner.at_end())
            return fail(office_errc::database_damaged, "case " + std::to_string(one.number));
        cases.push_back(std::move(one));
    }
    return cases;
}

Result<std::vector<Case>> Cases::of(Subject subject, std::string_view identity) {
    Pseudonyms pseudonyms(database_);
    ACREDITA_TRY(names, pseudonyms.all_of(subject, identity));
    const std::string column = subject == Subject::card ? "card" : "holder";
    std::vector<Case> cases;
    for (const auto& name : names) {
        ACREDITA_TRY(found, read(column + " = :a AND finished = 0", {name}));
        std::ranges::move(found, std::back_inserter(cases));
    }
    std::ranges::sort(cases, {}, &Case::number);
    return cases;
}

Result<std::vector<Case>> Cases::of_card(std::string_view serial) { return of(Subject::card, serial); }
Result<std::vector<Case>> Cases::of_holder(std::string_view nif) { return of(Subject::holder, nif); }

Result<Case> Cases::get(std::int64_t number) {
    ACREDITA_TRY(found, read("number = :a", {number}));
    if (found.empty()) return fail(office_errc::case_unknown, std::to_string(number));
    return std::move(found.front());
}

Result<Case> Cases::open(const Opening& opening) {
    ACREDITA_CHECK(check(opening.facts));
    return database_.write([&]() -> Result<Case> {
        ACREDITA_TRY(open, of_card(opening.card));
        for (const auto& other : open)
            if (other.kind == opening.kind) return fail(office_errc::case_open, std::to_string(other.number));
        const auto month = opening.when.substr(0, 7);
        Pseudonyms pseudonyms(database_);
        ACREDITA_TRY(holder, pseudonyms.of(Subject::holder, opening.holder, month));
        ACREDITA_TRY(card, pseudonyms.of(Subject::card, opening.card, month));
        // A case that nobody could find again must not be opened.
        if (card.empty()) return fail(office_errc::month_unknown, month);
        ACREDITA_TRY(last, database_.rows("SELECT COALESCE(MAX(number), 0) FROM cases", "i"));
        const auto next = number(last.at(0).at(0)) + 1;
        ACREDITA_CHECK(database_.run(
            "INSERT INTO cases (number, kind, state, finished, opened, changed, revision, month, "
            "holder, card, facts) VALUES (:a, :b, :c, 0, :d, :e, 1, :f, :g, :h, :i)",
            {next, opening.kind, opening.state, opening.when, opening.when, month, holder, card,
             spelled(opening.facts)}));
        return get(next);
    });
}

Result<Case> Cases::write(const Case& seen, const std::string& state, const Facts& facts, bool finished,
                          const std::string& when) {
    ACREDITA_CHECK(check(facts));
    return database_.write([&]() -> Result<Case> {
        ACREDITA_TRY(
            touched,
            database_.run(
                "UPDATE cases SET state = :a, facts = :b, finished = :c, changed = :d, "
                "revision = revision + 1 WHERE number = :e AND revision = :f AND finished = 0",
                {state, spelled(facts), std::int64_t{finished ? 1 : 0}, when, seen.number, seen.revision}));
        ACREDITA_TRY(now, get(seen.number));
        if (touched != 1) return fail(office_errc::case_changed, std::to_string(seen.number));
        return std::move(now);
    });
}

Result<Case> Cases::advance(const Case& seen, const std::string& state, const Facts& facts,
                            const std::string& when) {
    return write(seen, state, facts, false, when);
}

Result<Case> Cases::finish(const Case& seen, const std::string& state, const std::string& when) {
    return database_.write([&]() -> Result<Case> {
        ACREDITA_TRY(done, write(seen, state, {}, true, when));
        ACREDITA_CHECK(
            database_.run("UPDATE cases SET holder = '', card = '' WHERE number = :a", {seen.number}));
        return std::move(done);
    });
}

} // namespace acredita::office
