// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Between the job's thread, which puts a question and sleeps, and the window's, which answers.
#pragma once

#include "tools/issue/error.hpp"
#include "tools/kiosk/controller/question.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>

namespace acredita::kiosk {

class AnswerPost {
public:
    using Ask = std::function<void(Question)>; // from the job's thread

    explicit AnswerPost(Ask ask) : ask_(std::move(ask)) {}

    // From the window's thread. An answer nobody waits for is dropped.
    void answer(Answer answer);
    // Whoever waits, and every question from now on, gets this error; open() ends that.
    void close(Error why);
    void open();

    // From the job's thread. Anything but a T or an Error is a fault of the window's, and ends the job rather
    // than the program.
    template <class T>
    [[nodiscard]] Result<T> put(Question question) {
        auto answer = wait(std::move(question));
        if (auto* const value = std::get_if<T>(&answer)) return std::move(*value);
        if (auto* const error = std::get_if<Error>(&answer)) return fail(std::move(*error));
        return fail(issue::issue_errc::cancelled);
    }
    // Nobody answers.
    void tell(Question question) { ask_(std::move(question)); }

private:
    [[nodiscard]] Answer wait(Question question);

    Ask ask_;
    std::mutex guard_;
    std::condition_variable answered_;
    bool waiting_ = false;
    std::optional<Answer> answer_;
    std::optional<Error> closed_;
};

} // namespace acredita::kiosk
