// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One run of the main job in a thread of its own, told to the window as signals in the window's thread.
#pragma once

#include "tools/issue/job.hpp"
#include "tools/kiosk/controller/questions.hpp"

#include <QObject>
#include <atomic>
#include <memory>
#include <thread>

namespace acredita::kiosk {

enum class StepState { waiting, now, done, skipped, failed };

class Load final : public QObject {
    Q_OBJECT

public:
    // Puts the job together in its own thread: configuration and keys are read there.
    using Run = std::function<Result<issue::Receipt>(issue::People&, issue::Progress&)>;

    Load();
    ~Load() override; // ends the job: cancelled, its questions answered with that
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;

    // Not while one is running.
    void start(Run run);
    // Before the next step; a question that waits is answered with the same.
    void cancel(Error why);
    [[nodiscard]] bool running() const noexcept { return running_; }
    [[nodiscard]] Questions& questions() noexcept { return questions_; }

Q_SIGNALS:
    void asked(acredita::kiosk::Question question);
    void stepped(acredita::issue::Step step, acredita::kiosk::StepState state);
    void ended(std::shared_ptr<acredita::Result<acredita::issue::Receipt>> result);

private:
    class Teller;

    Questions questions_;
    std::atomic<bool> cancelled_{false};
    bool running_ = false; // of the window's thread
    std::jthread thread_;
};

} // namespace acredita::kiosk
