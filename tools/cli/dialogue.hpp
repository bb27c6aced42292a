// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The main job's progress and questions on a terminal. Everything goes to standard error or /dev/tty;
// standard output is for the result alone.
#pragma once

#include "tools/cli/program.hpp"
#include "tools/issue/people.hpp"
#include "tools/issue/step.hpp"

namespace acredita::cli {

// A line for each step: what is being done, then a mark that it is done. Ctrl-C cancels before the next step.
class ScreenProgress final : public issue::Progress {
public:
    explicit ScreenProgress(const Program& program);
    ScreenProgress(const ScreenProgress&) = delete;
    ScreenProgress& operator=(const ScreenProgress&) = delete;
    ~ScreenProgress() override;
    void started(issue::Step step) override;
    void finished(issue::Step step, std::string_view note) override;
    void skipped(issue::Step step) override;
    [[nodiscard]] bool cancelled() override;
    // Before somebody else writes: takes back the unfinished line.
    void make_room() noexcept;
    void remark(const std::string& text);

private:
    [[nodiscard]] std::string words(issue::Step step) const;

    const Program& program_;
    bool live_; // a terminal that can take lines back
    bool unfinished_ = false;
};

struct Answers { // given beforehand, as options
    int passphrase_descriptor = -1;
    int pin_descriptor = -1;
    std::size_t choice = 0; // from 1; 0: ask
    bool overwrite = false;
    bool last_try = false;
    bool expired = false;
};

class TerminalPeople final : public issue::People {
public:
    TerminalPeople(const Program& program, ScreenProgress& screen, const Answers& answers)
        : program_(program), screen_(screen), answers_(answers) {}

    [[nodiscard]] Result<Secret> passphrase(unsigned wrong_before) override;
    [[nodiscard]] Result<std::size_t> choose(std::span<const issue::CertificateSummary> credentials) override;
    [[nodiscard]] Result<void> review(const issue::CertificateSummary& chosen) override;
    [[nodiscard]] Result<bool> allow_expired(const issue::CertificateSummary& chosen) override;
    [[nodiscard]] Result<bool> allow_overwrite(const issue::Loss& loss) override;
    [[nodiscard]] Result<bool> allow_last_try(const issue::PinQuestion& question) override;
    [[nodiscard]] Result<Secret> pin(const issue::PinQuestion& question) override;
    void look_at_reader(bool again) override;

private:
    [[nodiscard]] bool agreed(std::string_view question);

    const Program& program_;
    ScreenProgress& screen_;
    const Answers& answers_;
};

// "2 certificates" as a numbered list, and one of them in a few lines.
[[nodiscard]] std::string describe_certificate(const Program& program,
                                               const issue::CertificateSummary& summary);
[[nodiscard]] Json certificate_json(const issue::CertificateSummary& summary);
// "PIN (3 tries left): "
[[nodiscard]] std::string pin_prompt(const Program& program, std::string_view key,
                                     std::optional<unsigned> tries);

} // namespace acredita::cli
