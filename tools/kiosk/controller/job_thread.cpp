// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/job_thread.hpp"

namespace acredita::kiosk {

// The job's progress, from its thread; signals arrive in the window's.
class JobThread::Teller final : public issue::Progress {
public:
    explicit Teller(JobThread& job) : job_(job) {}
    void started(issue::Step step) override { tell(step, StepState::now); }
    void finished(issue::Step step, std::string_view) override { tell(step, StepState::done); }
    void skipped(issue::Step step) override { tell(step, StepState::skipped); }
    [[nodiscard]] bool cancelled() override { return job_.cancelled_; }

private:
    void tell(issue::Step step, StepState state) {
        QMetaObject::invokeMethod(
            &job_, [job = &job_, step, state] { Q_EMIT job->stepped(step, state); }, Qt::QueuedConnection);
    }
    JobThread& job_;
};

JobThread::JobThread()
    : post_([this](Question question) {
          QMetaObject::invokeMethod(
              this, [this, question = std::move(question)] { Q_EMIT asked(question); }, Qt::QueuedConnection);
      }),
      questions_(post_) {}

JobThread::~JobThread() { cancel(fail(issue::issue_errc::cancelled).value()); }

void JobThread::start(Run run) {
    if (running_) return;
    if (thread_.joinable()) thread_.join();
    running_ = true;
    cancelled_ = false;
    post_.open();
    thread_ = std::jthread([this, run = std::move(run)] {
        Teller teller(*this);
        auto result = std::make_shared<Result<Done>>(run({questions_, post_, teller}));
        QMetaObject::invokeMethod(
            this,
            [this, result] {
                running_ = false;
                Q_EMIT ended(result);
            },
            Qt::QueuedConnection);
    });
}

void JobThread::cancel(Error why) {
    cancelled_ = true;
    post_.close(std::move(why));
}

} // namespace acredita::kiosk
