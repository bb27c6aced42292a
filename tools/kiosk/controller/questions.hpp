// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The questions of the main job as pages.
//
// A passphrase that opened the backup is kept, locked, until the visit ends or another backup is chosen: a
// job that begins again because the card was out for a moment does not ask its holder twice. What was agreed
// to is kept likewise, for that certificate alone. A PIN is never kept here, but one that the holder has
// just given the card (hand-over) answers the first question for it, once.
#pragma once

#include "tools/kiosk/controller/answer_post.hpp"

namespace acredita::kiosk {

class Questions final : public issue::People {
public:
    explicit Questions(AnswerPost& post) : post_(post) {}

    // The visit is over: everything kept is wiped.
    void forget();
    void use_pin(Secret pin); // for the next question for it

    [[nodiscard]] Result<Secret> passphrase(unsigned wrong_before) override;
    [[nodiscard]] Result<std::size_t> choose(std::span<const issue::CertificateSummary> list) override;
    [[nodiscard]] Result<void> review(const issue::CertificateSummary& chosen) override;
    [[nodiscard]] Result<bool> allow_expired(const issue::CertificateSummary& chosen) override;
    [[nodiscard]] Result<bool> allow_overwrite(const issue::Loss& loss) override;
    [[nodiscard]] Result<bool> allow_last_try(const issue::PinQuestion& question) override;
    [[nodiscard]] Result<Secret> pin(const issue::PinQuestion& question) override;
    void look_at_reader(bool again) override;

private:
    friend class Witness;

    AnswerPost& post_;
    std::mutex guard_; // of what is kept
    Secret passphrase_, pin_;
    std::optional<std::size_t> choice_;
    std::string reviewed_, expired_; // fingerprints
    std::function<Result<void>()> witness_;
};

// As long as it lives, called in the job's thread when the person was seen and has agreed; an error ends the
// job.
class Witness {
public:
    Witness(Questions& questions, std::function<Result<void>()> called) : questions_(questions) {
        questions_.witness_ = std::move(called);
    }
    ~Witness() { questions_.witness_ = nullptr; }
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;

private:
    Questions& questions_;
};

} // namespace acredita::kiosk
