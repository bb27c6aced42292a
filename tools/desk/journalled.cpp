// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/journalled.hpp"

namespace acredita::desk {

office::Entry JournalledProgress::entry(const std::string& action) {
    office::Entry entry{
        .action = "issue." + action, .holder = holder_, .card = card_, .certificate = certificate_};
    if (!overridden_.empty()) entry.facts["override"] = overridden_;
    return entry;
}

void JournalledProgress::record(const office::Entry& entry) {
    if (journal_ == nullptr || trouble_) return;
    if (auto head = journal_->append(entry))
        head_ = head->text();
    else
        trouble_ = std::move(head).error();
}

void JournalledProgress::started(issue::Step step) {
    step_ = issue::name(step);
    overridden_.clear();
    screen_.started(step);
}

void JournalledProgress::finished(issue::Step step, std::string_view note) {
    auto done = entry(step_);
    // The other notes are for people: they may name one.
    if (step == issue::Step::prove_refusal && !note.empty()) done.facts["word"] = std::string(note);
    record(done);
    screen_.finished(step, note);
}

void JournalledProgress::skipped(issue::Step step) {
    auto done = entry(step_);
    done.outcome = "skipped";
    record(done);
    screen_.skipped(step);
}

void JournalledProgress::involves(const issue::Involved& involved) {
    holder_ = involved.holder;
    card_ = involved.card;
    certificate_ = involved.certificate;
}

void JournalledProgress::overridden(const std::string& what) {
    overridden_ += (overridden_.empty() ? "" : " ") + what;
}

void JournalledProgress::begin(const office::Facts& facts) {
    auto first = entry("begin");
    first.facts = facts;
    record(first);
}

void JournalledProgress::failed(const Error& error) { record(desk::failed(entry(step_), error)); }

void JournalledProgress::end(const office::Facts& facts) {
    overridden_.clear();
    auto last = entry("end");
    last.facts = facts;
    record(last);
}

} // namespace acredita::desk
