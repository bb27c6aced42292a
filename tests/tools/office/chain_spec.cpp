// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What somebody did to a journal is found and named, by our verifier and by the auditor's, which shares no
// line with it.
#include "tests/support/scratch.hpp"
#include "tests/tools/office/lines.hpp"
#include "tests/tools/office/signer.hpp"
#include "tools/office/checkpoint.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>

using namespace acredita;
using namespace acredita::test;
using office::Flaw;
using office::Head;

namespace {

office::ChainReport judged(const Lines& lines, std::vector<Head> known = {}) {
    office::Chain chain(std::move(known));
    for (const auto& line : lines) chain.add(line);
    return chain.finish();
}

struct Python {
    int code = -1;
    std::string output{};
    [[nodiscard]] bool says(const std::string& words) const {
        return output.find(words) != std::string::npos;
    }
};

Python auditor(const Lines& lines, const std::string& options = "") {
    const auto file = scratch_directory() / "journal.jsonl";
    std::ofstream(file, std::ios::binary) << joined(lines);
    const auto command = "python3 " SOURCE_DIR "/tools/office/verify_journal.py " + file.string() + options;
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    Python ran;
    std::array<char, 4096> piece{};
    while (const auto got = std::fread(piece.data(), 1, piece.size(), pipe))
        ran.output.append(piece.data(), got);
    const int status = ::pclose(pipe);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

// Both say the same of it: this flaw, at this record, and nothing else.
void both_find(const Lines& lines, Flaw flaw, std::int64_t number, const std::string& words,
               std::vector<Head> known = {}) {
    std::string options;
    for (const auto& head : known) options += " --head " + head.text();
    const auto report = judged(lines, std::move(known));
    BOOST_REQUIRE_MESSAGE(report.faults.size() == 1U, name(flaw)
                                                          << ": " << report.faults.size() << " faults");
    BOOST_TEST(name(report.faults[0].flaw) == name(flaw));
    BOOST_TEST(report.faults[0].number == number);
    const auto python = auditor(lines, options);
    BOOST_TEST(python.code == 1);
    BOOST_TEST(python.says("record " + std::to_string(number) + ": " + words), python.output);
    BOOST_TEST(python.says(" 1 faults"), python.output);
}

std::string with(std::string line, const std::string& what, const std::string& instead) {
    const auto at = line.find(what);
    BOOST_REQUIRE(at != std::string::npos);
    return line.replace(at, what.size(), instead);
}

// The record at this index (and its hash) made anew from other words.
std::string rewritten(const std::string& line, const std::string& operator_name) {
    office::Sha256 digest;
    auto record = office::parse(line).value();
    record.operator_name = operator_name;
    return office::serialise(record, digest);
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_journal)

BOOST_AUTO_TEST_CASE(that_is_as_it_was_written_is_whole) {
    for (const std::int64_t count : {0, 1, 2, 50}) {
        const auto lines = sound_journal(count);
        const auto report = judged(lines);
        BOOST_TEST(report.whole());
        BOOST_TEST(report.records == count);
        BOOST_TEST(report.head.number == count);
        if (count > 0) BOOST_TEST(report.head.hash == hash_of(lines.back()));
        const auto python = auditor(lines);
        BOOST_TEST(python.code == 0, python.output);
        BOOST_TEST(python.says("head " + report.head.text()), python.output);
    }
}

BOOST_AUTO_TEST_CASE(with_a_changed_record_says_which) {
    for (const std::int64_t number : {1, 10, 20}) {
        auto lines = sound_journal(20);
        auto& line = lines[static_cast<std::size_t>(number - 1)];
        line = with(line, "\"ana\"", "\"eva\"");
        both_find(lines, Flaw::changed, number, "changed");
    }
}

BOOST_AUTO_TEST_CASE(with_a_changed_record_that_got_a_new_hash_says_which) {
    auto lines = sound_journal(20);
    lines[9] = rewritten(lines[9], "eva");
    both_find(lines, Flaw::replaced, 10, "replaced");
}

BOOST_AUTO_TEST_CASE(with_a_removed_record_says_which) {
    for (const std::ptrdiff_t index : {0, 9, 18}) {
        auto lines = sound_journal(20);
        lines.erase(lines.begin() + index);
        both_find(lines, Flaw::removed, index + 1, "removed");
    }
    auto lines = sound_journal(20);
    lines.erase(lines.begin() + 4, lines.begin() + 9);
    both_find(lines, Flaw::removed, 5, "removed, and all up to 9");
}

BOOST_AUTO_TEST_CASE(with_an_inserted_record_says_which) {
    const auto others = sound_journal(20, "mostrador-2");
    auto lines = sound_journal(20); // one of another journal
    lines.insert(lines.begin() + 10, others[9]);
    both_find(lines, Flaw::inserted, 10, "inserted");
    lines = sound_journal(20); // one made to fit what stands before it
    lines.insert(lines.begin() + 9, rewritten(lines[9], "eva"));
    both_find(lines, Flaw::inserted, 10, "inserted");
    lines = sound_journal(20); // the same once more
    lines.insert(lines.begin() + 10, lines[9]);
    both_find(lines, Flaw::inserted, 10, "inserted");
}

BOOST_AUTO_TEST_CASE(with_a_moved_record_says_which) {
    auto lines = sound_journal(20);
    std::rotate(lines.begin() + 4, lines.begin() + 15, lines.begin() + 16); // 16 stands before 5
    both_find(lines, Flaw::moved, 16, "moved");
    lines = sound_journal(20);
    std::rotate(lines.begin() + 4, lines.begin() + 5, lines.end()); // 5 stands at the end
    const auto report = judged(lines);
    BOOST_REQUIRE(report.faults.size() == 1U);
    BOOST_TEST((report.faults[0].flaw == Flaw::moved && report.faults[0].number == 5));
    BOOST_TEST(auditor(lines).says("record 5: moved"));
    lines = sound_journal(20);
    std::swap(lines[9], lines[10]); // either one may be said to have been moved
    BOOST_TEST(judged(lines).faults.size() == 1U);
    BOOST_TEST((judged(lines).faults[0].flaw == Flaw::moved));
    const auto python = auditor(lines);
    BOOST_TEST((python.code == 1 && python.says(": moved") && python.says(" 1 faults")), python.output);
}

BOOST_AUTO_TEST_CASE(with_a_line_that_is_no_record_says_so) {
    auto lines = sound_journal(20);
    lines[9] = "x";
    const auto report = judged(lines);
    BOOST_REQUIRE(report.faults.size() == 1U);
    BOOST_TEST((report.faults[0].flaw == Flaw::unreadable && report.faults[0].number == 10));
    const auto python = auditor(lines);
    BOOST_TEST((python.code == 1 && python.says("line 10 is not a record")), python.output);
}

BOOST_AUTO_TEST_CASE(whose_tail_was_cut_is_whole_to_whoever_has_no_receipt) {
    const auto all = sound_journal(20);
    const Lines cut(all.begin(), all.begin() + 15);
    const auto report = judged(cut);
    BOOST_TEST(report.whole());
    BOOST_TEST(report.free_of_anchor == 15);
    const auto python = auditor(cut);
    BOOST_TEST((python.code == 0 && python.says("Not proven: that nothing was cut off behind record 15")),
               python.output);
}

BOOST_AUTO_TEST_CASE(whose_tail_was_cut_is_found_out_by_a_receipt) {
    const auto all = sound_journal(20);
    const Head receipt{18, hash_of(all[17])};
    both_find({all.begin(), all.begin() + 15}, Flaw::cut, 16, "cut off", {receipt});
    BOOST_TEST(judged(all, {receipt}).whole());
    BOOST_TEST(judged(all, {receipt}).free_of_anchor == 2);
}

BOOST_AUTO_TEST_CASE(that_was_written_anew_is_found_out_by_a_receipt_alone) {
    const auto forged = sound_journal(20, "mostrador-2");
    BOOST_TEST(judged(forged).whole());
    both_find(forged, Flaw::not_as_on_receipt, 12, "not the record that the receipt names",
              {Head{12, hash_of(sound_journal(12).back())}});
}

BOOST_AUTO_TEST_CASE(with_a_checkpoint_proves_who_signed_it) {
    office::Sha256 digest;
    for (const auto* kind : {"RSA", "EC"}) {
        const Signer signer(kind);
        auto lines = sound_journal(10);
        const Head head{10, hash_of(lines.back())};
        auto record = sample_record(11);
        record.action = std::string(office::checkpoint_action);
        record.previous = head.hash;
        const auto facts = office::make_checkpoint(head, signer.certificate(), signer.sign());
        BOOST_REQUIRE(facts.has_value());
        record.facts = *facts;
        lines.push_back(office::serialise(record, digest));
        const auto report = judged(lines);
        BOOST_TEST(report.whole());
        BOOST_REQUIRE(report.signers.size() == 1U);
        BOOST_TEST(report.signers[0] == digest.of(as_text(signer.certificate())));
        BOOST_TEST(report.free_of_anchor == 0);
        const auto python = auditor(lines);
        BOOST_TEST((python.code == 0 && python.says(report.signers[0])), python.output);

        // Whoever writes the journal anew cannot sign it.
        record.facts["signature"][20] = record.facts["signature"][20] == 'A' ? 'B' : 'A';
        lines.back() = office::serialise(record, digest);
        both_find(lines, Flaw::checkpoint, 11, "a checkpoint whose signature does not verify");
        record.facts = *facts;
        record.previous = office::no_hash;
        auto forged = sound_journal(10, "mostrador-2");
        record.previous = hash_of(forged.back());
        forged.push_back(office::serialise(record, digest));
        both_find(forged, Flaw::checkpoint, 11, "a checkpoint whose signature does not verify");
    }
}

BOOST_AUTO_TEST_CASE(is_never_signed_with_a_signature_that_does_not_verify) {
    const Signer signer("EC"), other("EC");
    const auto facts = office::make_checkpoint({1, office::no_hash}, signer.certificate(), other.sign());
    BOOST_REQUIRE(!facts.has_value());
    BOOST_TEST(is(facts.error(), office::office_errc::checkpoint_refused));
}

BOOST_AUTO_TEST_CASE(whose_clock_went_back_is_whole_and_says_where) {
    office::Sha256 digest;
    auto lines = sound_journal(2);
    auto record = sample_record(3);
    record.time = "2026-11-20T09:00:00.000Z";
    record.previous = hash_of(lines.back());
    lines.push_back(office::serialise(record, digest));
    const auto report = judged(lines);
    BOOST_TEST(report.whole());
    BOOST_REQUIRE(report.clock_back.size() == 1U);
    BOOST_TEST(report.clock_back[0] == 3);
    BOOST_TEST(auditor(lines).says("record 3: the clock went back"));
}

BOOST_AUTO_TEST_CASE(has_a_head_that_paper_can_carry) {
    const Head head{12, std::string(64, 'A')};
    BOOST_TEST(office::parse_head(head.text())->text() == head.text());
    BOOST_TEST(office::parse_head("12:" + std::string(64, 'a'))->hash == head.hash);
    for (const auto& wrong :
         {std::string(), std::string("12"), "12:" + std::string(63, 'A'), "0:" + std::string(64, 'A'),
          "-1:" + std::string(64, 'A'), "12:" + std::string(64, 'G'), "12:" + std::string(65, 'A')})
        BOOST_TEST(!office::parse_head(wrong).has_value(), wrong);
}

BOOST_AUTO_TEST_SUITE_END()
