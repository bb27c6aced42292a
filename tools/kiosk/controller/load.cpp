// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/load.hpp"

namespace acredita::kiosk {

// The job's progress, from its thread; signals arrive in the window's.
class Load::Teller final : public issue::Progress {
public:
    explicit Teller(Load& load) : load_(load) {}
    void started(issue::Step step) override { tell(step, StepState::now); }
    void finished(issue::Step step, std::string_view) override { tell(step, StepState::done); }
    void skipped(issue::Step step) override { tell(step, StepState::skipped); }
    [[nodiscard]] bool cancelled() override { return load_.cancelled_; }

private:
    void tell(issue::Step step, StepState state) {
        QMetaObject::invokeMethod(
            &load_, [load = &load_, step, state] { Q_EMIT load->stepped(step, state); },
            Qt::QueuedConnection);
    }
    Load& load_;
};

Load::Load()
    : questions_([this](Question question) {
          auto shared = std::make_shared<Question>(std::move(question));
          QMetaObject::invokeMethod(
              this, [this, shared] { Q_EMIT asked(*shared); }, Qt::QueuedConnection);
      }) {}

Load::~Load() { cancel(fail(issue::issue_errc::cancelled).value()); }

void Load::start(Run run) {
    if (running_) return;
    if (thread_.joinable()) thread_.join();
    running_ = true;
    cancelled_ = false;
    questions_.begin();
    thread_ = std::jthread([this, run = std::move(run)] {
        Teller teller(*this);
        auto result = std::make_shared<Result<issue::Receipt>>(run(questions_, teller));
        QMetaObject::invokeMethod(
            this,
            [this, result] {
                running_ = false;
                Q_EMIT ended(result);
            },
            Qt::QueuedConnection);
    });
}

void Load::cancel(Error why) {
    cancelled_ = true;
    questions_.close(std::move(why));
}

} // namespace acredita::kiosk
