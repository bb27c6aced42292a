// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/questions.hpp"

namespace acredita::kiosk {

using Kind = Question::Kind;

void Questions::forget() {
    const std::lock_guard lock(guard_);
    passphrase_ = {};
    pin_ = {};
    choice_.reset();
    reviewed_.clear();
    expired_.clear();
}

void Questions::use_pin(Secret pin) {
    const std::lock_guard lock(guard_);
    pin_ = std::move(pin);
}

Result<Secret> Questions::passphrase(unsigned wrong_before) {
    {
        const std::lock_guard lock(guard_);
        if (wrong_before == 0 && !passphrase_.empty()) return passphrase_.clone();
        passphrase_ = {};
    }
    ACREDITA_TRY(typed, post_.put<Secret>({.kind = Kind::passphrase, .wrong_before = wrong_before}));
    const std::lock_guard lock(guard_);
    passphrase_ = typed.clone();
    return std::move(typed);
}

Result<std::size_t> Questions::choose(std::span<const issue::CertificateSummary> list) {
    {
        const std::lock_guard lock(guard_);
        if (choice_ && *choice_ < list.size()) return *choice_;
    }
    ACREDITA_TRY(index,
                 post_.put<std::size_t>({.kind = Kind::choose, .certificates = {list.begin(), list.end()}}));
    const std::lock_guard lock(guard_);
    choice_ = index;
    return index;
}

Result<void> Questions::review(const issue::CertificateSummary& chosen) {
    {
        const std::lock_guard lock(guard_);
        if (reviewed_ == chosen.fingerprint) return {};
    }
    ACREDITA_TRY(agreed, post_.put<Agreed>({.kind = Kind::review, .certificates = {chosen}}));
    static_cast<void>(agreed);
    if (witness_) ACREDITA_CHECK(witness_());
    const std::lock_guard lock(guard_);
    reviewed_ = chosen.fingerprint;
    return {};
}

Result<bool> Questions::allow_expired(const issue::CertificateSummary& chosen) {
    {
        const std::lock_guard lock(guard_);
        if (expired_ == chosen.fingerprint) return true;
    }
    ACREDITA_TRY(yes, post_.put<bool>({.kind = Kind::expired, .certificates = {chosen}}));
    const std::lock_guard lock(guard_);
    if (yes) expired_ = chosen.fingerprint;
    return yes;
}

Result<bool> Questions::allow_overwrite(const issue::Loss& loss) {
    return post_.put<bool>({.kind = Kind::overwrite, .loss = loss});
}

Result<bool> Questions::allow_last_try(const issue::PinQuestion& question) {
    return post_.put<bool>({.kind = Kind::last_try, .pin = question});
}

Result<Secret> Questions::pin(const issue::PinQuestion& question) {
    {
        const std::lock_guard lock(guard_);
        if (!pin_.empty() && question.asked_before == 0) return std::exchange(pin_, Secret{});
        pin_ = {};
    }
    return post_.put<Secret>({.kind = Kind::pin, .pin = question});
}

void Questions::look_at_reader(bool again) { post_.tell({.kind = Kind::look_at_reader, .again = again}); }

} // namespace acredita::kiosk
