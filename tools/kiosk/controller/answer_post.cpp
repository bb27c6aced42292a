// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/answer_post.hpp"

namespace acredita::kiosk {

void AnswerPost::answer(Answer answer) {
    {
        const std::lock_guard lock(guard_);
        if (!waiting_) return;
        waiting_ = false;
        answer_ = std::move(answer);
    }
    answered_.notify_all();
}

void AnswerPost::close(Error why) {
    {
        const std::lock_guard lock(guard_);
        closed_ = std::move(why);
        waiting_ = false;
        answer_.reset();
    }
    answered_.notify_all();
}

void AnswerPost::open() {
    const std::lock_guard lock(guard_);
    closed_.reset();
    answer_.reset();
}

Answer AnswerPost::wait(Question question) {
    std::unique_lock lock(guard_);
    if (closed_) return *closed_;
    waiting_ = true;
    answer_.reset();
    lock.unlock();
    ask_(std::move(question));
    lock.lock();
    answered_.wait(lock, [this] { return answer_ || closed_; });
    if (closed_) return *closed_;
    auto answer = *std::move(answer_);
    answer_.reset();
    return answer;
}

} // namespace acredita::kiosk
