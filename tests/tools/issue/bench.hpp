// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The main job on a practice card, with people who answer as told and a record of every step.
#pragma once

#include "tests/support/practice.hpp"
#include "tests/tools/issue/backups.hpp"
#include "tools/issue/job.hpp"

#include <functional>

namespace acredita::test {

// Answers from lists; the last one is repeated. Counts what it was asked.
class ScriptedPeople : public issue::People {
public:
    std::vector<std::string> passphrases{"contraseña"};
    std::vector<std::string> pins{"123456"};
    std::size_t choice = 0;
    bool expired = false, overwrite = false, last_try = false;
    unsigned most_pins = 1; // after so many the person gives up
    unsigned most_passphrases = 1;

    unsigned asked_passphrase = 0, asked_pin = 0, asked_choice = 0, asked_expired = 0, asked_overwrite = 0,
             asked_last_try = 0;
    std::vector<std::optional<unsigned>> tries_shown;
    std::optional<issue::Loss> loss;

    [[nodiscard]] Result<Secret> passphrase(unsigned wrong_before) override;
    [[nodiscard]] Result<std::size_t> choose(std::span<const issue::CertificateSummary> credentials) override;
    [[nodiscard]] Result<void> review(const issue::CertificateSummary& chosen) override;
    [[nodiscard]] Result<bool> allow_expired(const issue::CertificateSummary& chosen) override;
    [[nodiscard]] Result<bool> allow_overwrite(const issue::Loss& loss) override;
    [[nodiscard]] Result<bool> allow_last_try(const issue::PinQuestion& question) override;
    [[nodiscard]] Result<Secret> pin(const issue::PinQuestion& question) override;
    void look_at_reader(bool again) override;

    // No secret was asked for.
    [[nodiscard]] bool left_alone() const { return asked_passphrase == 0 && asked_pin == 0; }
};

class RecordedProgress final : public issue::Progress {
public:
    std::vector<issue::Step> begun, done;
    std::optional<issue::Step> cancel_before;
    std::function<void(issue::Step)> at_start;

    void started(issue::Step step) override;
    void finished(issue::Step step, std::string_view note) override;
    void skipped(issue::Step step) override;
    [[nodiscard]] bool cancelled() override;
};

// A practice with these cards; this process lives in it.
class Bench {
public:
    explicit Bench(const std::vector<std::string>& cards = {"piv"}, const practice::Options& options = {});

    [[nodiscard]] practice::Session& practice() { return *practice_; }
    [[nodiscard]] issue::Request request(ByteView backup) const;
    [[nodiscard]] Result<issue::Receipt> run(ByteView backup);
    [[nodiscard]] Result<issue::Receipt> run() { return run(usual_backup().file); }
    // Tries left of the card's PIN, asked through the module.
    [[nodiscard]] std::optional<unsigned> tries();
    [[nodiscard]] std::uint64_t exchanges() { return practice_->exchanges(0).value(); }

    ScriptedPeople people;
    RecordedProgress progress;

private:
    Practice practice_;
};

// The error's catalogue name, or "" for success.
template <class T>
std::string name_of(const Result<T>& result) {
    return result ? std::string() : error_name(result.error().code);
}

} // namespace acredita::test
