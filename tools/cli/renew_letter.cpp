// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita renew letter: whichever of the two letters is due, made and signed with the key whose turn it is.
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/drawn_signature.hpp"
#include "tools/cli/letter_timestamp.hpp"
#include "tools/cli/renew_backup.hpp"
#include "tools/cli/renew_notice.hpp"
#include "tools/cli/renew_visit.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/letter/document/dates.hpp"
#include "tools/letter/match/errors.hpp"
#include "tools/office/folio.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

using renewal::Event;
using renewal::Part;
using renewal::Renewal;
using renewal::renewal_errc;

struct Options {
    FolderOptions folder;
    OldBackup old_backup;
    CardOptions card;
    TimestampChoice timestamp;
    bool only_make = false, again = false;
};

struct Written {
    Renewal renewal;
    std::string made, signed_;           // files
    std::string notice{}, notice_file{}; // for whoever has to wait now
    std::string journal_head{};
    letter::SignReport report{}; // no more than its digest if an interrupted run had signed it
};

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

bool makes(std::optional<Event> event) { return event == Event::make_first || event == Event::make_second; }
bool signs(std::optional<Event> event) { return event == Event::sign_first || event == Event::sign_second; }
std::optional<Event> due(const Renewal& at) { return renewal::due(at.record.path, at.state); }

Part part_of(std::optional<Event> event) {
    return event == Event::make_second || event == Event::sign_second ? Part::second : Part::first;
}

// The office's memory of this letter.
Result<office::Letter> issued(Visit& visit, const renewal::Record& record, Part part) {
    ACREDITA_TRY(letters, office::Letters(visit.office->database).find(record.folio));
    for (auto& letter : letters)
        if (letter.part == static_cast<int>(part)) return std::move(letter);
    return fail(office::office_errc::folio_unknown, record.folio);
}

// Folio, nonce and time are chosen once, with the first letter; with the same values the same bytes come out.
Result<Renewal> make(const renewal::Folder& folder, Visit& visit, const Renewal& at) {
    const auto part = part_of(due(at));
    auto record = at.record;
    const auto time = letter::iso_time(now());
    const bool fresh = part == Part::first || record.second_issued.empty();
    if (part == Part::first) {
        ACREDITA_TRY(nonce, renewal::new_nonce());
        record.nonce = std::move(nonce);
        record.first_issued = time;
        record.second_issued.clear();
        record.first_signed.clear();
    } else if (fresh) {
        record.second_issued = time;
    }
    auto& database = visit.office->database;
    std::optional<letter::MadeLetter> made;
    auto done = database.write([&]() -> Result<Renewal> {
        if (part == Part::first) {
            ACREDITA_TRY(folio, office::next_folio(database, std::stoi(time.substr(0, 4))));
            record.folio = folio;
        }
        ACREDITA_TRY(letter, renewal::compose(folder, record, part));
        made = std::move(letter);
        return visit.desk.step(
            at, *due(at), record, visit.parties, {{"sha256", to_hex(made->sha256)}}, [&]() -> Result<void> {
                if (!fresh) return {}; // made again, byte for byte
                return office::Letters(database).issue(renewal::to_remember(*made, at.kept.number));
            });
    });
    if (!done) return failed_step(visit, at, *due(at), done.error());
    ACREDITA_CHECK(renewal::deliver(*made, renewal::letter_file(folder, record, part)));
    return done;
}

// After an interruption the file may be missing: the same letter is made again.
Result<void> restore(const renewal::Folder& folder, const renewal::Record& record, Part part,
                     const office::Letter& issued) {
    const auto file = renewal::letter_file(folder, record, part);
    std::error_code trouble;
    if (std::filesystem::exists(file, trouble)) return {};
    ACREDITA_TRY(made, renewal::compose(folder, record, part));
    if (to_hex(made.sha256) != issued.sha256) return fail(renewal_errc::letter_missing, file.filename());
    return renewal::deliver(made, file);
}

// Who signs, wherever the key is; it lives as long as this.
struct Hand {
    OldKey from_backup{};
    std::optional<CardKey> from_card{};
    letter::Signer signer{};
};

Result<void> take_key(const Program& program, const Options& options, Visit& visit, const Bytes& certificate,
                      bool old, Hand& hand) {
    const auto* entry = visit.entry_of(certificate);
    if (entry == nullptr || (old && !options.old_backup.file.empty())) {
        if (!old || options.old_backup.file.empty()) return fail(renewal_errc::old_key_missing);
        ACREDITA_TRY(key, open_old(program, options.old_backup, certificate));
        hand.from_backup = std::move(key);
        hand.signer = {
            .key = hand.from_backup.key.get(), .certificate = certificate, .chain = hand.from_backup.chain};
        return {};
    }
    hand.from_card = CardKey{visit.target, std::move(visit.session), *entry, {}};
    ACREDITA_CHECK(unlock(program, options.card.holder, *hand.from_card));
    hand.signer = {.key = hand.from_card->key.get(), .certificate = certificate, .chain = {}};
    return {};
}

// Error 71 ends the letters, not the renewal: they begin again, and the key on the card stays.
Result<void> checked(Visit& visit, const Renewal& at, const Result<void>& right) {
    if (right) return {};
    if (right.error().code.category() == error_category<letter::match_errc>()) {
        ACREDITA_TRY(again, visit.desk.step(at, Event::restart_letters, at.record, visit.parties,
                                            {{"name", error_name(right.error().code)}}));
        visit.found = std::move(again);
    }
    return fail(Error(right.error()));
}

Result<letter::SignReport> signature(const Program& program, const Options& options, Visit& visit,
                                     const renewal::Folder& folder, const Renewal& at,
                                     const office::Letter& letter) {
    const auto part = part_of(due(at));
    const auto& record = at.record;
    const bool old = part == Part::first;
    const auto& certificate = old ? record.old_certificate : record.new_certificate;
    ACREDITA_TRY(party, renewal::party_of(certificate));
    ACREDITA_TRY(before, renewal::signed_before(folder, record, part, letter, party.key.spki));
    if (before) {
        letter::SignReport report;
        report.sha256 = *std::move(before);
        return report;
    }
    ACREDITA_CHECK(restore(folder, record, part, letter));
    ACREDITA_CHECK(
        checked(visit, at, renewal::check_turn(folder, record, part, letter, party.key.spki, now())));
    ACREDITA_TRY(summary, issue::summarise(certificate, issue::Clock::now()));
    ACREDITA_TRY(timestamp, timestamp_order(options.timestamp));
    Hand hand;
    ACREDITA_CHECK(take_key(program, options, visit, certificate, old, hand));
    return renewal::sign(folder, record, part, hand.signer, drawn_signature(program, summary),
                         std::move(timestamp));
}

Result<Renewal> sign(const Program& program, const Options& options, Visit& visit,
                     const renewal::Folder& folder, const Renewal& at, letter::SignReport& report) {
    const auto event = *due(at);
    const auto part = part_of(event);
    auto record = at.record;
    if (part == Part::second && !std::filesystem::exists(renewal::signed_file(folder, record, Part::first)))
        return fail(renewal_errc::letter_missing,
                    renewal::signed_file(folder, record, Part::first).filename());
    ACREDITA_TRY(letter, issued(visit, record, part));
    auto done = signature(program, options, visit, folder, at, letter);
    if (!done) return failed_step(visit, at, event, done.error());
    report = *std::move(done);
    if (part == Part::first) record.first_signed = report.sha256;
    const auto hex = to_hex(report.sha256);
    return visit.desk.step(at, event, record, visit.parties, {{"sha256", hex}}, [&]() -> Result<void> {
        return office::Letters(visit.office->database)
            .mark_signed(record.folio, static_cast<int>(part), office::utc_time(office::Clock::now()), hex);
    });
}

Result<Written> write(const Program& program, const Options& options) {
    ACREDITA_TRY(visit, begin_visit(program));
    ACREDITA_TRY(at, visit->unfinished());
    ACREDITA_TRY(folder, folder_of(options.folder, *visit));
    if (options.again) {
        ACREDITA_TRY(again, visit->desk.step(at, Event::restart_letters, at.record, visit->parties));
        at = std::move(again);
    }
    if (!makes(due(at)) && !signs(due(at))) {
        const auto wanted = renewal::name(renewal::is_amber(at.record.path, at.state) ? Event::sign_first
                                                                                      : Event::sign_second);
        return fail(renewal_errc::out_of_order,
                    std::string(wanted) + ", " + std::string(renewal::name(at.state)));
    }
    if (makes(due(at))) {
        ACREDITA_TRY(made, make(folder, *visit, at));
        at = std::move(made);
        if (options.only_make)
            return Written{at, renewal::letter_file(folder, at.record, part_of(due(at))), {}};
    }
    const auto part = part_of(due(at));
    letter::SignReport report;
    ACREDITA_TRY(done, sign(program, options, *visit, folder, at, report));
    Written written{done, renewal::letter_file(folder, done.record, part),
                    renewal::signed_file(folder, done.record, part)};
    written.report = std::move(report);
    ACREDITA_TRY(head, visit->office->journal.head());
    written.journal_head = head.text();
    written.notice = waiting_notice(program, visit->office->configuration.renewal, done);
    if (!written.notice.empty()) {
        written.notice += program.say("renew.notice_head", {{"head", written.journal_head}}) + "\n";
        ACREDITA_TRY(file, write_notice(folder.letters, written.notice, done));
        written.notice_file = std::move(file);
    }
    return written;
}

int letter_command(const Program& program, const Options& options) {
    desk::guard_process();
    const auto done = write(program, options);
    if (!done) return program.report(done.error());
    const auto& file = done->signed_.empty() ? done->made : done->signed_;
    Json more = {{"letter", done->made},
                 {"signed", done->signed_.empty() ? Json(nullptr) : Json(done->signed_)}};
    if (!done->journal_head.empty()) more["journal_head"] = done->journal_head;
    if (!done->notice.empty()) more.update({{"notice", done->notice}, {"notice_file", done->notice_file}});
    auto words = program.say(done->signed_.empty() ? "renew.letter_at" : "renew.signed_at", {{"file", file}});
    const auto& stamped = done->report.stamped;
    const auto& unstamped = done->report.unstamped;
    if (done->report.key_uses > 0)
        more.update({{"timestamp", stamped ? Json(issue::utc(*stamped)) : Json(nullptr)},
                     {"unstamped", unstamped ? Json(error_name(unstamped->code)) : Json(nullptr)}});
    if (stamped) words += "\n" + program.say("letter_stamped", {{"time", issue::utc(*stamped)}});
    if (unstamped) std::cerr << program.say("letter_unstamped", {{"why", unstamped->detail}}) << '\n';
    if (!done->notice.empty()) words += "\n\n" + done->notice;
    return tell(program, done->renewal, more, words);
}

} // namespace

void add_renew_letter(CLI::App& group, Program& program) {
    auto options = std::make_shared<Options>();
    auto& command = program.command(group, "letter", "renew_letter",
                                    [&program, options] { return letter_command(program, *options); });
    folder_options(command, program, options->folder);
    old_backup_options(command, program, options->old_backup);
    program.flag(command, "--only-make", options->only_make, "renew_only_make");
    program.flag(command, "--again", options->again, "renew_again");
    timestamp_options(command, program, options->timestamp);
    program.reader_option(command);
    program.module_option(command);
    card_options(command, program, options->card);
}

} // namespace acredita::cli
