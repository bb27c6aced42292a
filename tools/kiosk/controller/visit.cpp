// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/visit.hpp"

#include "pcsc/reader/error.hpp"

namespace acredita::kiosk {

using issue::issue_errc;

namespace {

bool in_visit(Page page) { return page != Page::idle && page != Page::preflight && page != Page::exercises; }

} // namespace

Visit::Visit(Words& words, CardWatch& watch, StickDesk& sticks, IdleTime& idle, Jobs jobs, bool practice)
    : words_(words), watch_(watch), sticks_(sticks), idle_(idle), jobs_(std::move(jobs)),
      practice_(practice) {
    connect(&words_, &Words::languageChanged, this, &Visit::speak_again);
    connect(&watch_, &CardWatch::changed, this, &Visit::look);
    connect(&watch_, &CardWatch::removed, this, &Visit::card_out);
    connect(&sticks_, &StickDesk::changed, this, [this] {
        Q_EMIT sticksChanged();
        things_changed();
    });
    connect(&sticks_, &StickDesk::left, this, &Visit::stick_out);
    connect(&idle_, &IdleTime::over, this, &Visit::leaveNow);
    connect(&job_, &JobThread::asked, this, &Visit::asked);
    connect(&job_, &JobThread::stepped, this, &Visit::stepped);
    connect(&job_, &JobThread::ended, this,
            [this](const std::shared_ptr<Result<Done>>& result) { ended(*result); });
    look();
}

void Visit::go(Page page) {
    if (leaving_) stay();
    page_ = page;
    idle_.watch(in_visit(page) && page != Page::progress);
    Q_EMIT pageChanged();
}

// While a job runs the card is the job's.
void Visit::look() {
    if (job_.running()) return;
    const auto number = ++looks_;
    card_.reset();
    looking_ = watch_.cards() == 1;
    if (looking_)
        card_worker_.run(
            this, [choice = jobs_.choice] { return look_at_card(choice()); },
            [this, number](CardLook seen) {
                if (number == looks_) card_seen(std::move(seen));
            });
    Q_EMIT cardChanged();
    things_changed();
}

void Visit::card_seen(CardLook seen) {
    looking_ = false;
    card_ = std::move(seen);
    Q_EMIT cardChanged();
    things_changed();
}

void Visit::card_out() {
    if (job_.running()) job_.cancel(fail(issue_errc::card_removed).value());
}

void Visit::stick_out(const QString& id) {
    if (id.toStdString() != chosen_stick_) return;
    const bool asking = step_of(page_) >= 2 && step_of(page_) <= 5;
    stick_gone_quietly_ = !asking && page_ != Page::bring && page_ != Page::backups;
    Q_EMIT noticeChanged();
    if (!asking) return;
    before_away_ = page_;
    stick_away_ = true;
    go(Page::away);
}

void Visit::things_changed() {
    Q_EMIT readyChanged();
    if (page_ == Page::away && !stick_away_ && card_serves()) return resume();
    if (page_ == Page::away && stick_away_ && !sticks_.sticks().empty()) {
        stick_away_ = false;
        return go(before_away_);
    }
    if (page_ == Page::refusal && (!card_ || card_good()) && !no_backup_serves()) return go(Page::bring);
    if (page_ == Page::take_back && all_taken()) say_goodbye();
}

bool Visit::ready() const {
    if (!card_good() || sticks_.reading()) return false;
    const auto& all = sticks_.backups();
    return std::any_of(all.begin(), all.end(), [](const auto& backup) { return backup.usable(); });
}

bool Visit::no_backup_serves() const {
    const auto& all = sticks_.backups();
    return !sticks_.reading() && !all.empty() &&
           std::none_of(all.begin(), all.end(), [](const auto& backup) { return backup.usable(); });
}

// A PIN can be changed or unblocked on cards that take no key.
bool Visit::card_serves() const {
    if (purpose_ == Purpose::load || !card_) return card_good();
    return card_good() || is(*card_->fault, issue_errc::pin_blocked) ||
           is(*card_->fault, issue_errc::import_not_possible);
}

void Visit::start(JobThread::Run run) {
    if (job_.running()) return;
    steps_.clear();
    times_.clear();
    question_.reset();
    receipt_.reset();
    trouble_.reset();
    ++looks_; // what is being looked at now is the job's
    looking_ = false;
    go(Page::progress);
    job_.start(std::move(run));
}

void Visit::start_load() {
    if (!chosen_) return go(Page::bring);
    purpose_ = Purpose::load;
    start([run = jobs_.load, bytes = chosen_, facts = facts_](const Desk& desk) {
        return run(*bytes, facts, desk);
    });
}

void Visit::start_pin(Purpose purpose) {
    purpose_ = purpose;
    if (!card_serves()) return go(Page::pin_menu);
    const auto& run = purpose == Purpose::change_pin ? jobs_.change_pin : jobs_.unblock_pin;
    start([run, facts = facts_](const Desk& desk) { return run(facts, desk); });
}

void Visit::resume() { purpose_ == Purpose::load ? start_load() : start_pin(purpose_); }

void Visit::asked(const Question& question) {
    using Kind = Question::Kind;
    question_ = question;
    differ_ = false;
    Q_EMIT questionChanged();
    switch (question.kind) {
    case Kind::passphrase:
        return go(Page::password);
    case Kind::choose:
        return go(Page::choose);
    case Kind::review:
        return go(Page::person);
    case Kind::expired:
        return go(Page::expired);
    case Kind::overwrite:
        return go(Page::loss);
    case Kind::last_try:
        return go(Page::last_try);
    case Kind::pin:
    case Kind::look_at_reader:
        return go(Page::pin);
    case Kind::current:
        return go(question.which == desk::PinKind::pin ? Page::pin : Page::puk);
    case Kind::fresh:
        return go(question.which == desk::PinKind::pin ? Page::new_pin : Page::new_puk);
    }
}

void Visit::stepped(issue::Step step, StepState state) {
    steps_[step] = state;
    if (state == StepState::now) {
        times_.push_back({.step = step});
        step_began_.start();
    } else if (!times_.empty() && times_.back().step == step) {
        times_.back().outcome =
            state == StepState::skipped ? desk::StepOutcome::skipped : desk::StepOutcome::done;
        times_.back().took = std::chrono::milliseconds(step_began_.elapsed());
    }
    Q_EMIT progressChanged();
}

void Visit::ended(const Result<Done>& result) {
    // Somebody left, and the job has ended at last; not once everything was done.
    if (page_ == Page::idle || page_ == Page::take_back) return look();
    if (result) {
        receipt_ = *result;
        // Practice cards have no other key, and nobody is handed one.
        if (receipt_ && receipt_->practice) receipt_->factory_administration_key = false;
        job_.questions().forget();
        served_ = true;
        Q_EMIT loaded(receipt_);
        Q_EMIT receiptChanged();
        go(receipt_ ? Page::proven : Page::pin_done);
        return look();
    }
    const auto& error = result.error();
    // The step it was at; a test of the window reads it as well.
    for (auto& [step, state] : steps_)
        if (state == StepState::now) state = StepState::failed;
    Q_EMIT progressChanged();
    if (is(error, issue_errc::card_removed) || is(error, reader::reader_errc::card_removed) ||
        watch_.cards() == 0) {
        before_away_ = page_;
        stick_away_ = false;
        go(Page::away);
        return look();
    }
    fall(error);
    look();
}

void Visit::fall(const Error& error) {
    trouble_ = Trouble{error, remedy_for(error)};
    Q_EMIT troubled(error);
    Q_EMIT troubleChanged();
    go(Page::trouble);
}

void Visit::refuse() {
    if (sheet().isEmpty()) return fall(*card_->fault);
    show_refusal();
}

void Visit::speak_again() {
    Q_EMIT cardChanged();
    Q_EMIT sticksChanged();
    Q_EMIT questionChanged();
    Q_EMIT progressChanged();
    Q_EMIT receiptChanged();
    Q_EMIT troubleChanged();
    Q_EMIT noticeChanged();
    Q_EMIT pageChanged();
}

} // namespace acredita::kiosk
