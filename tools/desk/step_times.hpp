// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which steps the main job went through, with what outcome and for how long: for support, and for whoever
// looks for the slow reader.
#pragma once

#include "tools/issue/step.hpp"

#include <chrono>
#include <vector>

namespace acredita::desk {

enum class StepOutcome { begun, done, skipped }; // begun: the job ended in it

struct TimedStep {
    issue::Step step{};
    StepOutcome outcome = StepOutcome::begun;
    std::chrono::milliseconds took{};
};

// Passes everything on; what the notes say and whom the job is about is not kept. Read by others only once
// the job has ended.
class StepTimes final : public issue::Progress {
public:
    explicit StepTimes(issue::Progress& next) : next_(next) {}

    void started(issue::Step step) override {
        steps_.push_back({step, StepOutcome::begun, {}});
        since_ = Clock::now();
        next_.started(step);
    }
    void finished(issue::Step step, std::string_view note) override {
        end(StepOutcome::done);
        next_.finished(step, note);
    }
    void skipped(issue::Step step) override {
        end(StepOutcome::skipped);
        next_.skipped(step);
    }
    void involves(const issue::Involved& involved) override { next_.involves(involved); }
    [[nodiscard]] bool cancelled() override { return next_.cancelled(); }

    [[nodiscard]] const std::vector<TimedStep>& steps() const noexcept { return steps_; }

private:
    using Clock = std::chrono::steady_clock;

    void end(StepOutcome outcome) {
        if (steps_.empty()) return;
        steps_.back().outcome = outcome;
        steps_.back().took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - since_);
    }

    issue::Progress& next_;
    std::vector<TimedStep> steps_{};
    Clock::time_point since_{};
};

} // namespace acredita::desk
