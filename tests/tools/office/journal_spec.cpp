// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The journal on both engines.
#include "tests/tools/office/engines.hpp"
#include "tests/tools/office/signer.hpp"
#include "tools/office/journal.hpp"

#include <set>
#include <thread>

using namespace acredita;
using namespace acredita::test;
using office::Entry;
using office::Flaw;
using office::Journal;
using office::office_errc;
using office::text;

namespace {

// A clock that stands where it was set, in seconds since the epoch; 2026-11-21T09:30:00Z.
constexpr std::int64_t november = 1'795'253'400;

office::Origin origin(const std::int64_t& seconds) {
    return {.kiosk = "mostrador-1",
            .build = "acredita 0.1.0",
            .session = "S",
            .operator_name = "ana",
            .role = "supervisor",
            .now = [&seconds] { return office::Clock::time_point(std::chrono::seconds(seconds)); }};
}

Entry step(const std::string& action) {
    return {.action = action, .holder = "12345678Z", .card = "10000001", .certificate = std::string(64, 'F')};
}

std::vector<std::string> lines(Journal& journal) {
    std::vector<std::string> all;
    succeed(journal.each(1, [&](std::string_view line) {
        all.emplace_back(line);
        return true;
    }));
    return all;
}

office::ChainReport judged(Journal& journal, std::vector<office::Head> known = {}) {
    office::Chain chain(std::move(known));
    for (const auto& line : lines(journal)) chain.add(line);
    return chain.finish();
}

office::Record record(Journal& journal, std::size_t number) {
    return office::parse(lines(journal).at(number - 1)).value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_journal)

BOOST_DATA_TEST_CASE(keeps_what_it_was_told_in_a_chain, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    std::int64_t now = november;
    Journal journal(database, origin(now));
    BOOST_TEST(value(journal.head()).number == 0);
    auto entry = step("issue.pin");
    entry.outcome = "failed";
    entry.code = 40;
    entry.facts = {{"reason", "Se equivocó"}, {"name", "issue.pin_wrong"}};
    const auto head = value(journal.append(entry));
    value(journal.append(step("issue.store_key")));
    const auto first = record(journal, 1);
    BOOST_TEST(first.time == "2026-11-21T09:30:00.000Z");
    BOOST_TEST((first.clock == "synchronised" || first.clock == "free"));
    BOOST_TEST((first.kiosk == "mostrador-1" && first.build == "acredita 0.1.0" && first.session == "S" &&
                first.operator_name == "ana" && first.role == "supervisor" && first.action == "issue.pin" &&
                first.outcome == "failed" && first.code == 40));
    BOOST_TEST((first.facts == entry.facts));
    BOOST_TEST(first.hash == head.hash);
    BOOST_TEST(record(journal, 2).previous == head.hash);
    BOOST_TEST(judged(journal, {head}).whole());
}

BOOST_DATA_TEST_CASE(names_nobody, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    std::int64_t now = november;
    Journal journal(database, origin(now));
    value(journal.append(step("issue.card")));
    auto same = step("issue.card");
    same.holder = "12.345.678-z";
    value(journal.append(same));
    const auto first = record(journal, 1), second = record(journal, 2);
    BOOST_TEST(first.holder == second.holder); // a NIF however it is written
    BOOST_TEST((first.holder.size() == 64U && first.card.size() == 64U && first.certificate.size() == 64U));
    BOOST_TEST((first.holder != first.card && first.certificate != std::string(64, 'F')));
    for (const auto& line : lines(journal)) {
        BOOST_TEST(line.find("12345678") == std::string::npos);
        BOOST_TEST(line.find("10000001") == std::string::npos);
    }
    Entry nobody{.action = "journal.verify"};
    value(journal.append(nobody));
    BOOST_TEST(record(journal, 3).holder.empty());
}

BOOST_DATA_TEST_CASE(finds_by_folio_card_and_nif_across_months, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    std::int64_t now = november;
    Journal journal(database, origin(now));
    for (int month = 0; month < 3; ++month, now += 31LL * 86400) {
        auto entry = step("letter.sign");
        entry.facts = {{"folio", "R-2026-00000" + std::to_string(month)}};
        value(journal.append(entry));
        entry.holder = "87654321X";
        entry.card = "20000002";
        entry.facts["remark"] = "R-2026-000001 is another one";
        value(journal.append(entry));
    }
    BOOST_TEST(value(journal.pseudonyms().months()).size() == 3U);
    BOOST_TEST(record(journal, 1).holder != record(journal, 3).holder); // no link between months
    const auto count = [&](const Journal::Search& search) { return value(journal.find(search)).size(); };
    BOOST_TEST(count({.holder = "12345678z"}) == 3U);
    BOOST_TEST(count({.card = "20000002"}) == 3U);
    BOOST_TEST(count({.folio = "R-2026-000001"}) == 2U);
    BOOST_TEST(count({.folio = "R-2026-000001", .card = "20000002"}) == 1U);
    BOOST_TEST(count({.holder = "00000000T"}) == 0U);
}

BOOST_DATA_TEST_CASE(forgets_a_month_and_verifies_as_before, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    std::int64_t now = november;
    Journal journal(database, origin(now));
    const auto head = value(journal.append(step("issue.card")));
    const auto key =
        text(value(database.rows("SELECT secret FROM month_keys WHERE month = '2026-11'", "t"))[0][0]);
    BOOST_TEST(key.size() == 64U);
    auto names = journal.pseudonyms();
    fails_with(names.destroy("2026-11", "2026-11", "now"), office_errc::month_in_use);
    now += 31LL * 86400;
    value(journal.append(step("issue.card")));
    fails_with(names.destroy("2020-01", "2026-12", "now"), office_errc::month_unknown);
    succeed(names.destroy("2026-11", "2026-12", "2026-12-22T00:00:00Z"));
    BOOST_TEST(value(journal.find({.holder = "12345678Z"})).size() == 1U);
    BOOST_TEST(value(names.months())[0].destroyed == "2026-12-22T00:00:00Z");
    BOOST_TEST(judged(journal, {head}).whole());
    BOOST_TEST((files_of(connection).find(key) == std::string::npos), "the key is still in a file");
    // A clock set back does not bring the month to life again.
    now -= 31LL * 86400;
    value(journal.append(step("issue.card")));
    BOOST_TEST(record(journal, 3).holder.empty());
    BOOST_TEST(judged(journal).clock_back.size() == 1U);
}

BOOST_DATA_TEST_CASE(is_signed_by_the_card_of_an_operator, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    std::int64_t now = november;
    Journal journal(database, origin(now));
    value(journal.append(step("issue.card")));
    const Signer signer("EC"), stranger("EC");
    BOOST_TEST(value(journal.checkpoint(signer.certificate(), signer.sign())).number == 2);
    fails_with(journal.checkpoint(signer.certificate(), stranger.sign()), office_errc::checkpoint_refused);
    const auto report = judged(journal);
    BOOST_TEST((report.whole() && report.records == 2 && report.signers.size() == 1U));
    BOOST_TEST(report.free_of_anchor == 0);
}

BOOST_DATA_TEST_CASE(signs_again_if_somebody_wrote_while_the_card_was_busy, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    auto other = new_office(connection);
    std::int64_t now = november;
    Journal journal(database, origin(now)), elsewhere(other, origin(now));
    value(journal.append(step("issue.card")));
    const Signer signer("EC");
    int signatures = 0;
    const auto head = value(journal.checkpoint(signer.certificate(), [&](ByteView text) {
        if (++signatures == 1) value(elsewhere.append(step("issue.card")));
        return signer.sign()(text);
    }));
    BOOST_TEST((head.number == 3 && signatures == 2));
    BOOST_TEST(judged(journal).whole());
}

BOOST_DATA_TEST_CASE(of_several_kiosks_is_one_chain, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    static_cast<void>(new_office(connection));
    const std::int64_t now = november;
    const auto write = [&now, &connection = connection] {
        auto database = office::Database::open(connection);
        if (!database) return;
        Journal journal(*database, origin(now));
        for (int i = 0; i < 20; ++i) static_cast<void>(journal.append(step("issue.card")));
    };
    { std::jthread first(write), second(write), third(write); }
    auto database = new_office(connection);
    Journal journal(database, origin(now));
    const auto report = judged(journal);
    BOOST_TEST(report.records == 60);
    BOOST_TEST(report.whole());
}

BOOST_DATA_TEST_CASE(goes_with_the_transaction_it_is_a_part_of, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    const std::int64_t now = november;
    Journal journal(database, origin(now));
    fails_with(database.write([&]() -> Result<void> {
        ACREDITA_CHECK(journal.append(step("issue.card")));
        return fail(office_errc::case_unknown);
    }),
               office_errc::case_unknown);
    BOOST_TEST(value(journal.head()).number == 0);
}

BOOST_DATA_TEST_CASE(finds_what_the_owner_of_the_database_did_to_it, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    const std::int64_t now = november;
    {
        auto database = new_office(connection);
        Journal journal(database, origin(now));
        for (int i = 0; i < 12; ++i) value(journal.append(step("issue.card")));
    }
    tamper(connection, "UPDATE journal SET line = replace(line, '\"ana\"', '\"eva\"') WHERE number = 3; "
                       "DELETE FROM journal WHERE number = 7");
    auto database = new_office(connection);
    Journal journal(database, origin(now));
    const auto report = judged(journal);
    BOOST_REQUIRE(report.faults.size() == 2U);
    BOOST_TEST((report.faults[0].flaw == Flaw::changed && report.faults[0].number == 3));
    BOOST_TEST((report.faults[1].flaw == Flaw::removed && report.faults[1].number == 7));
}

BOOST_DATA_TEST_CASE(appends_nothing_to_a_record_that_is_not_as_it_was_written, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    const std::int64_t now = november;
    {
        auto database = new_office(connection);
        Journal journal(database, origin(now));
        value(journal.append(step("issue.card")));
    }
    tamper(connection, "UPDATE journal SET line = replace(line, '\"ana\"', '\"eva\"')");
    auto database = new_office(connection);
    Journal journal(database, origin(now));
    fails_with(journal.append(step("issue.card")), office_errc::journal_broken);
}

BOOST_DATA_TEST_CASE(refuses_facts_that_it_could_not_read_again, both_engines, engine) {
    ACREDITA_OFFICE(connection, engine);
    auto database = new_office(connection);
    const std::int64_t now = november;
    Journal journal(database, origin(now));
    auto entry = step("issue.card");
    for (const auto& facts : {office::Facts{{"Name", ""}}, office::Facts{{"", ""}},
                              office::Facts{{"a", std::string(office::longest_value + 1, 'x')}}}) {
        entry.facts = facts;
        fails_with(journal.append(entry), office_errc::text_refused);
    }
    entry.facts = {{"reason", std::string("\0\xFF\n", 3)}};
    value(journal.append(entry));
    BOOST_TEST(record(journal, 1).facts.at("reason") == std::string("\0?\n", 3));
}

BOOST_AUTO_TEST_SUITE_END()
