// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/questions.hpp"

namespace acredita::kiosk {

using Kind = Question::Kind;

void Questions::answer(Answer answer) {
    {
        const std::lock_guard lock(guard_);
        if (!waiting_) return;
        waiting_ = false;
        answer_ = std::move(answer);
    }
    answered_.notify_all();
}

void Questions::close(Error why) {
    const std::lock_guard lock(guard_);
    closed_ = std::move(why);
    waiting_ = false;
    answered_.notify_all();
}

void Questions::begin() {
    const std::lock_guard lock(guard_);
    closed_.reset();
    answer_.reset();
}

void Questions::forget() {
    const std::lock_guard lock(guard_);
    passphrase_ = {};
    pin_ = {};
    choice_.reset();
    reviewed_.clear();
    expired_.clear();
    answer_.reset();
}

void Questions::use_pin(Secret pin) {
    const std::lock_guard lock(guard_);
    pin_ = std::move(pin);
}

Answer Questions::put(Question question) {
    std::unique_lock lock(guard_);
    if (closed_) return *closed_;
    waiting_ = true;
    answer_.reset();
    lock.unlock();
    ask_(std::move(question));
    lock.lock();
    answered_.wait(lock, [this] { return answer_ || closed_; });
    if (closed_) return *closed_;
    auto answer = *std::move(answer_);
    answer_.reset();
    return answer;
}

// Anything but what was asked for is a fault of the window's, and ends the job rather than the program.
template <class T>
Result<T> Questions::wanted(Answer answer) {
    if (auto* const value = std::get_if<T>(&answer)) return std::move(*value);
    if (auto* const error = std::get_if<Error>(&answer)) return fail(std::move(*error));
    return fail(issue::issue_errc::cancelled);
}

Result<Secret> Questions::passphrase(unsigned wrong_before) {
    {
        const std::lock_guard lock(guard_);
        if (wrong_before == 0 && !passphrase_.empty()) return passphrase_.clone();
        passphrase_ = {};
    }
    ACREDITA_TRY(typed, wanted<Secret>(put({.kind = Kind::passphrase, .wrong_before = wrong_before})));
    const std::lock_guard lock(guard_);
    passphrase_ = typed.clone();
    return std::move(typed);
}

Result<std::size_t> Questions::choose(std::span<const issue::CertificateSummary> list) {
    {
        const std::lock_guard lock(guard_);
        if (choice_ && *choice_ < list.size()) return *choice_;
    }
    ACREDITA_TRY(
        index, wanted<std::size_t>(put({.kind = Kind::choose, .certificates = {list.begin(), list.end()}})));
    const std::lock_guard lock(guard_);
    choice_ = index;
    return index;
}

Result<void> Questions::review(const issue::CertificateSummary& chosen) {
    {
        const std::lock_guard lock(guard_);
        if (reviewed_ == chosen.fingerprint) return {};
    }
    ACREDITA_TRY(agreed, wanted<Agreed>(put({.kind = Kind::review, .certificates = {chosen}})));
    static_cast<void>(agreed);
    const std::lock_guard lock(guard_);
    reviewed_ = chosen.fingerprint;
    return {};
}

Result<bool> Questions::allow_expired(const issue::CertificateSummary& chosen) {
    {
        const std::lock_guard lock(guard_);
        if (expired_ == chosen.fingerprint) return true;
    }
    ACREDITA_TRY(yes, wanted<bool>(put({.kind = Kind::expired, .certificates = {chosen}})));
    const std::lock_guard lock(guard_);
    if (yes) expired_ = chosen.fingerprint;
    return yes;
}

Result<bool> Questions::allow_overwrite(const issue::Loss& loss) {
    return wanted<bool>(put({.kind = Kind::overwrite, .loss = loss}));
}

Result<bool> Questions::allow_last_try(const issue::PinQuestion& question) {
    return wanted<bool>(put({.kind = Kind::last_try, .pin = question}));
}

Result<Secret> Questions::pin(const issue::PinQuestion& question) {
    {
        const std::lock_guard lock(guard_);
        if (!pin_.empty() && question.asked_before == 0) return std::exchange(pin_, Secret{});
        pin_ = {};
    }
    return wanted<Secret>(put({.kind = Kind::pin, .pin = question}));
}

void Questions::look_at_reader(bool again) {
    ask_({.kind = Kind::look_at_reader, .again = again}); // nobody answers: the reader does
}

} // namespace acredita::kiosk
