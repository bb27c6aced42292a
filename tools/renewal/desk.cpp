// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/renewal/desk.hpp"

#include "tools/office/digest.hpp"

#include <algorithm>

namespace acredita::renewal {
namespace {

constexpr auto kind = "renewal";

std::string now(const office::Journal& journal) { return office::utc_time(journal.origin().now()); }

} // namespace

Result<Renewal> Desk::read(office::Case kept) const {
    const auto state = state_named(kept.state);
    auto record = record_of(kept.facts);
    if (!state || !record) return fail(renewal_errc::record_damaged, std::to_string(kept.number));
    return Renewal{std::move(kept), *state, *std::move(record)};
}

Result<std::optional<Renewal>> Desk::of_card(std::string_view serial) {
    ACREDITA_TRY(found, office::Cases(database_).of_card(serial));
    for (auto& one : found) {
        if (one.kind != kind) continue;
        ACREDITA_TRY(renewal, read(std::move(one)));
        return std::move(renewal);
    }
    return std::nullopt;
}

Result<std::vector<Renewal>> Desk::of_holder(std::string_view nif) {
    ACREDITA_TRY(found, office::Cases(database_).of_holder(nif));
    std::vector<Renewal> all;
    for (auto& one : found) {
        if (one.kind != kind) continue;
        ACREDITA_TRY(renewal, read(std::move(one)));
        all.push_back(std::move(renewal));
    }
    return all;
}

Result<Renewal> Desk::numbered(std::int64_t number) {
    ACREDITA_TRY(found, office::Cases(database_).get(number));
    if (found.kind != kind || found.finished) return fail(renewal_errc::no_case);
    return read(std::move(found));
}

Result<Renewal> Desk::open(const Parties& parties, const Record& record, const office::Facts& told) {
    return database_.write([&]() -> Result<Renewal> {
        ACREDITA_TRY(mine, of_card(parties.card));
        if (mine) return fail(office::office_errc::case_open, std::to_string(mine->kept.number));
        ACREDITA_TRY(others, of_holder(parties.holder));
        if (!others.empty())
            return fail(renewal_errc::other_case, std::to_string(others.front().kept.number));
        ACREDITA_TRY(opened, office::Cases(database_).open({.kind = kind,
                                                            .state = std::string(name(State::reviewed)),
                                                            .holder = parties.holder,
                                                            .card = parties.card,
                                                            .when = now(journal_),
                                                            .facts = facts_of(record)}));
        office::Entry first{.action = "renew.start", .holder = parties.holder, .card = parties.card};
        first.certificate = office::Sha256{}.of(as_text(record.old_certificate));
        first.facts = told;
        first.facts["case"] = std::to_string(opened.number);
        first.facts["path"] = name(record.path);
        first.facts["policy"] = name(record.policy);
        ACREDITA_CHECK(journal_.append(first));
        return read(std::move(opened));
    });
}

office::Entry Desk::entry(const Renewal& seen, Event event, const Parties& parties) const {
    office::Entry entry{
        .action = "renew." + std::string(name(event)), .holder = parties.holder, .card = parties.card};
    entry.facts["case"] = std::to_string(seen.kept.number);
    if (!seen.record.folio.empty()) entry.facts["folio"] = seen.record.folio;
    return entry;
}

Result<Renewal> Desk::step(const Renewal& seen, Event event, const Record& record, const Parties& parties,
                           const office::Facts& told, const Also& also) {
    ACREDITA_TRY(state, next(seen.record.path, seen.state, event));
    return database_.write([&]() -> Result<Renewal> {
        office::Cases cases(database_);
        const auto facts = facts_of(record);
        Renewal done{.kept = {}, .state = state, .record = record};
        auto kept = is_end(state) ? cases.finish(seen.kept, std::string(name(state)), now(journal_))
                                  : cases.advance(seen.kept, std::string(name(state)), facts, now(journal_));
        if (!kept) return fail(std::move(kept).error());
        done.kept = *std::move(kept);
        if (also) ACREDITA_CHECK(also());
        auto line = entry(seen, event, parties);
        for (const auto& [key, value] : told) line.facts[key] = value;
        if (!record.folio.empty()) line.facts["folio"] = record.folio;
        const auto& der = record.new_certificate.empty() ? record.old_certificate : record.new_certificate;
        line.certificate = office::Sha256{}.of(as_text(der));
        ACREDITA_CHECK(journal_.append(line));
        return done;
    });
}

Result<Renewal> Desk::note(const Renewal& seen, const Record& record) {
    ACREDITA_TRY(kept, office::Cases(database_).advance(seen.kept, std::string(name(seen.state)),
                                                        facts_of(record), now(journal_)));
    return Renewal{.kept = std::move(kept), .state = seen.state, .record = record};
}

Result<void> Desk::failed(const Renewal& seen, Event event, const Parties& parties, std::int64_t code,
                          std::string_view error) {
    auto line = entry(seen, event, parties);
    line.outcome = "failed";
    line.code = code;
    line.facts["name"] = error;
    ACREDITA_CHECK(journal_.append(line));
    return {};
}

Result<bool> Desk::came_of_renewal(std::string_view nif, std::string_view sha256) {
    ACREDITA_TRY(names, office::Pseudonyms(database_).all_of(office::Subject::certificate, sha256));
    ACREDITA_TRY(lines, journal_.find({.folio = {}, .card = {}, .holder = std::string(nif)}));
    for (const auto& line : lines) {
        if (line.find("\"renew.sign_second\"") == std::string::npos) continue;
        for (const auto& one : names)
            if (line.find(one) != std::string::npos) return true;
    }
    return false;
}

} // namespace acredita::renewal
