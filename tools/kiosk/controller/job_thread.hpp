// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One job at a time in a thread of its own, told to the window as signals in the window's thread.
#pragma once

#include "tools/issue/receipt.hpp"
#include "tools/issue/step.hpp"
#include "tools/kiosk/controller/pin_questions.hpp"
#include "tools/kiosk/controller/questions.hpp"

#include <QObject>
#include <atomic>
#include <thread>

namespace acredita::kiosk {

enum class StepState { waiting, now, done, skipped, failed };

// What a job gives back: a receipt if it loaded a card.
using Done = std::optional<issue::Receipt>;

// What a job may ask and tell.
struct Desk {
    Questions& people;
    AnswerPost& post;
    issue::Progress& progress;
};

class JobThread final : public QObject {
    Q_OBJECT

public:
    using Run = std::function<Result<Done>(const Desk&)>; // in the thread; must not throw

    JobThread();
    ~JobThread() override; // ends the job: cancelled, its questions answered with that
    JobThread(const JobThread&) = delete;
    JobThread& operator=(const JobThread&) = delete;

    // Not while one is running.
    void start(Run run);
    // Before the next step; a question that waits is answered with the same.
    void cancel(Error why);
    [[nodiscard]] bool running() const noexcept { return running_; }
    [[nodiscard]] Questions& questions() noexcept { return questions_; }
    void answer(Answer answer) { post_.answer(std::move(answer)); }

Q_SIGNALS:
    void asked(acredita::kiosk::Question question);
    void stepped(acredita::issue::Step step, acredita::kiosk::StepState state);
    void ended(std::shared_ptr<acredita::Result<acredita::kiosk::Done>> result);

private:
    class Teller;

    AnswerPost post_;
    Questions questions_;
    std::atomic<bool> cancelled_{false};
    bool running_ = false; // of the window's thread
    std::jthread thread_;
};

} // namespace acredita::kiosk
