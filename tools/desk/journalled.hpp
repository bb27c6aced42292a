// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The main job with a record for each of its steps. A step counts only when its record is on the disk: if
// that fails, the job is cancelled before the next one, and trouble() says why.
#pragma once

#include "tools/desk/office.hpp"
#include "tools/issue/people.hpp"
#include "tools/issue/step.hpp"

namespace acredita::desk {

// Tells the screen, and the journal if there is one (`journal` may be nullptr).
class JournalledProgress final : public issue::Progress {
public:
    JournalledProgress(issue::Progress& screen, office::Journal* journal)
        : screen_(screen), journal_(journal) {}

    void started(issue::Step step) override;
    void finished(issue::Step step, std::string_view note) override;
    void skipped(issue::Step step) override;
    void involves(const issue::Involved& involved) override;
    [[nodiscard]] bool cancelled() override { return trouble_.has_value() || screen_.cancelled(); }

    // Somebody has agreed to what is not usual: stands in the record of the step that asked.
    void overridden(const std::string& what);
    // The beginning of the job, its failure at the step it was at, and its end.
    void begin(const office::Facts& facts);
    void failed(const Error& error);
    void end(const office::Facts& facts);

    [[nodiscard]] const std::optional<Error>& trouble() const noexcept { return trouble_; }
    // After the newest record; "" without a journal.
    [[nodiscard]] const std::string& head() const noexcept { return head_; }

private:
    [[nodiscard]] office::Entry entry(const std::string& action);
    void record(const office::Entry& entry);

    issue::Progress& screen_;
    office::Journal* journal_;
    std::string step_ = "begin";
    std::string holder_{}, card_{}, certificate_{}, overridden_{}, head_{};
    std::optional<Error> trouble_{};
};

// Passes every question on and remembers what was agreed to.
class JournalledPeople final : public issue::People {
public:
    JournalledPeople(issue::People& people, JournalledProgress& progress)
        : people_(people), progress_(progress) {}

    [[nodiscard]] Result<Secret> passphrase(unsigned wrong_before) override {
        return people_.passphrase(wrong_before);
    }
    [[nodiscard]] Result<std::size_t>
    choose(std::span<const issue::CertificateSummary> credentials) override {
        return people_.choose(credentials);
    }
    [[nodiscard]] Result<void> review(const issue::CertificateSummary& chosen) override {
        return people_.review(chosen);
    }
    [[nodiscard]] Result<bool> allow_expired(const issue::CertificateSummary& chosen) override {
        return noted(people_.allow_expired(chosen), "expired");
    }
    [[nodiscard]] Result<bool> allow_overwrite(const issue::Loss& loss) override {
        return noted(people_.allow_overwrite(loss), "overwrite");
    }
    [[nodiscard]] Result<bool> allow_last_try(const issue::PinQuestion& question) override {
        return noted(people_.allow_last_try(question), "last_try");
    }
    [[nodiscard]] Result<Secret> pin(const issue::PinQuestion& question) override {
        return people_.pin(question);
    }
    void look_at_reader(bool again) override { people_.look_at_reader(again); }

private:
    [[nodiscard]] Result<bool> noted(Result<bool> answer, const std::string& what) {
        if (answer && *answer) progress_.overridden(what);
        return answer;
    }

    issue::People& people_;
    JournalledProgress& progress_;
};

} // namespace acredita::desk
