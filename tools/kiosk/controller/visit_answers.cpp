// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the pages may do (visit.hpp).
#include "tools/kiosk/controller/secret_source.hpp"
#include "tools/kiosk/controller/visit.hpp"

namespace acredita::kiosk {

using issue::issue_errc;

void Visit::begin() {
    const bool gone = page_ == Page::take_back && all_taken(); // the next one is quicker than the goodbye
    if (gone) leaveNow();
    if (page_ == Page::idle || page_ == Page::exercises) go(Page::arrival);
}

void Visit::arrive(const QString& reason) {
    if (page_ != Page::arrival) return;
    facts_ = jobs_.arrive ? jobs_.arrive(reason) : VisitFacts{{"reason", reason.toStdString()}};
    sticks_.look_again();
    go(Page::bring);
}

void Visit::goOn() {
    switch (page_) {
    case Page::bring: {
        if (card_ && card_->fault) return refuse();
        if (no_backup_serves()) return show_refusal();
        if (!ready()) return;
        const auto& all = sticks_.backups();
        const auto usable = std::count_if(all.begin(), all.end(), [](const auto& b) { return b.usable(); });
        if (usable > 1) return go(Page::backups);
        const auto only = std::find_if(all.begin(), all.end(), [](const auto& b) { return b.usable(); });
        return takeBackup(static_cast<int>(only - all.begin()));
    }
    case Page::away: // without the stick: it was read already
        if (!stick_away_) return;
        stick_away_ = false;
        return go(before_away_);
    case Page::proven:
    case Page::browser:
        return go(Page::checklist);
    case Page::checklist:
        return take_back();
    case Page::take_back:
        return leaveNow();
    case Page::pin_done: // with the load that the PIN stood in the way of, or a first one
        purpose_ = Purpose::load;
        return go(facts_.empty() ? Page::arrival : Page::bring);
    default:
        return;
    }
}

// With its sheet to take home.
void Visit::show_refusal() {
    Q_EMIT refused(refusal_paper());
    go(Page::refusal);
}

void Visit::takeBackup(int index) {
    if (page_ != Page::bring && page_ != Page::backups) return;
    const auto& all = sticks_.backups();
    if (index < 0 || static_cast<std::size_t>(index) >= all.size()) return;
    const auto& wanted = all[static_cast<std::size_t>(index)];
    if (!wanted.usable() || !card_good()) return;
    if (!chosen_ || *chosen_ != wanted.bytes) job_.questions().forget();
    chosen_ = std::make_shared<const ZeroingBytes>(wanted.bytes);
    chosen_stick_ = wanted.stick;
    start_load();
}

void Visit::giveSecret(QObject* field) {
    auto* const source = qobject_cast<SecretSource*>(field);
    if (source == nullptr || !question_) return;
    using Kind = Question::Kind;
    const auto kind = question_->kind;
    const bool wanted = (page_ == Page::password && kind == Kind::passphrase) ||
                        (page_ == Page::pin && (kind == Kind::pin || kind == Kind::current)) ||
                        (page_ == Page::puk && kind == Kind::current);
    if (!wanted) return;
    auto secret = source->take();
    go(Page::progress);
    job_.answer(std::move(secret));
}

void Visit::giveNewSecret(QObject* first, QObject* second) {
    auto* const one = qobject_cast<SecretSource*>(first);
    auto* const other = qobject_cast<SecretSource*>(second);
    if (one == nullptr || other == nullptr || (page_ != Page::new_pin && page_ != Page::new_puk)) return;
    auto secret = one->take();
    if (!secret.equals(other->take().view())) {
        differ_ = true;
        Q_EMIT questionChanged();
        return;
    }
    go(Page::progress);
    job_.answer(std::move(secret));
}

void Visit::choose(int index) {
    if (page_ != Page::choose || index < 0) return;
    go(Page::progress);
    job_.answer(static_cast<std::size_t>(index));
}

// First the operator, who has the person and the document before him; then the holder.
void Visit::agree() {
    if (page_ == Page::person) return go(Page::consent);
    if (page_ != Page::consent) return;
    go(Page::progress);
    job_.answer(Agreed{});
}

void Visit::answer(bool yes) {
    if (page_ != Page::expired && page_ != Page::loss && page_ != Page::last_try) return;
    go(Page::progress);
    job_.answer(yes);
}

void Visit::again() {
    if (page_ != Page::trouble || !trouble_) return;
    switch (trouble_->remedy) {
    case Remedy::again:
        return card_good() ? start_load() : go(Page::bring);
    case Remedy::bring:
        chosen_.reset();
        return go(Page::bring);
    case Remedy::unblock:
        return show("puk");
    case Remedy::end:
        return leave();
    }
}

void Visit::show(const QString& page) {
    if (page == "browser" && page_ == Page::proven) return go(Page::browser);
    if (page == "pinMenu" && page_ == Page::idle) return go(Page::pin_menu);
    const bool may = page_ == Page::pin_menu || page_ == Page::pin_done || page_ == Page::trouble ||
                     page_ == Page::refusal;
    if (page == "changePin" && may) return start_pin(Purpose::change_pin);
    if (page == "puk" && may) return start_pin(Purpose::unblock_pin);
    if (page == "preflight" && page_ == Page::idle) return go(Page::preflight);
    if (page == "exercises" && page_ == Page::idle && practice_) return go(Page::exercises);
}

void Visit::back() {
    switch (page_) {
    case Page::bring:
        return go(Page::arrival);
    case Page::refusal:
    case Page::backups:
        return go(Page::bring);
    case Page::browser:
        return go(Page::proven);
    default:
        if (canGoBack()) go(Page::idle);
    }
}

} // namespace acredita::kiosk
