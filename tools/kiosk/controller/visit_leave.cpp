// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How a visit ends (visit.hpp): asked first if something would be lost, wiped, and over once card and stick
// are out.
#include "tools/kiosk/controller/visit.hpp"

#include <QTimer>

namespace acredita::kiosk {
namespace {

using issue::issue_errc;

// Long enough to read that everything is done, short enough for the next person.
constexpr std::chrono::seconds goodbye{4};

// Something was typed or agreed to, and the work is not done yet.
bool would_lose(Page page) {
    const auto step = step_of(page);
    return (step >= 2 && step <= 6) || page == Page::away || page == Page::puk;
}

} // namespace

// Whoever comes next finds nothing of this visit.
void Visit::wipe() {
    job_.cancel(fail(issue_errc::cancelled).value());
    job_.questions().forget();
    sticks_.forget();
    chosen_.reset();
    chosen_stick_.clear();
    facts_.clear();
    question_.reset();
    steps_.clear();
    receipt_.reset();
    times_.clear();
    trouble_.reset();
    Q_EMIT loaded(std::nullopt);
    Q_EMIT over(std::exchange(served_, false));
    stick_gone_quietly_ = false;
    purpose_ = Purpose::load;
    speak_again();
}

bool Visit::canGoBack() const {
    return page_ == Page::arrival || page_ == Page::bring || page_ == Page::refusal ||
           page_ == Page::backups || page_ == Page::pin_menu || page_ == Page::exercises ||
           page_ == Page::preflight || page_ == Page::browser;
}

void Visit::leave() {
    if (!would_lose(page_)) return leaveNow();
    leaving_ = true;
    Q_EMIT leavingChanged();
}

void Visit::stay() {
    leaving_ = false;
    Q_EMIT leavingChanged();
}

bool Visit::all_taken() const { return watch_.cards() == 0 && sticks_.sticks().empty(); }

void Visit::take_back() {
    outcome_ = receipt_ ? "loaded" : served_ ? "pin" : "nothing";
    page_ = Page::take_back; // before anybody is told that things are gone
    wipe();
    go(Page::take_back);
    if (all_taken()) say_goodbye();
}

void Visit::say_goodbye() {
    const auto number = ++goodbyes_;
    QTimer::singleShot(goodbye, this, [this, number] {
        if (number == goodbyes_ && page_ == Page::take_back && all_taken()) leaveNow();
    });
}

void Visit::leaveNow() {
    if (page_ != Page::take_back && page_ != Page::idle && !all_taken()) return take_back();
    const bool forgotten = !all_taken(); // nobody took them: their lights go out
    page_ = Page::idle;
    outcome_.clear();
    wipe();
    if (forgotten) sticks_.release();
    go(Page::idle);
}

} // namespace acredita::kiosk
