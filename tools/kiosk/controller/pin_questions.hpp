// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The questions of a visit about PIN and PUK as pages.
#pragma once

#include "tools/kiosk/controller/answer_post.hpp"

namespace acredita::kiosk {

class PinQuestions final : public desk::PinPeople {
public:
    explicit PinQuestions(AnswerPost& post) : post_(post) {}

    [[nodiscard]] Result<Secret> current(const desk::SecretQuestion& question) override;
    [[nodiscard]] Result<Secret> fresh(desk::PinKind which, const Error* refused) override;
    [[nodiscard]] Result<bool> allow_last_try(desk::PinKind which) override;
    [[nodiscard]] bool again(const Error& why) override;
    [[nodiscard]] bool look_at_reader(desk::PinKind current) override;

    // The last new PIN that was given; empty if none was.
    [[nodiscard]] Secret take_fresh_pin() { return std::exchange(fresh_pin_, Secret{}); }

private:
    AnswerPost& post_;
    Secret fresh_pin_;
    std::optional<Error> wrong_; // why current() is asked again
};

} // namespace acredita::kiosk
