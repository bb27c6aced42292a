// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A visit's questions about PIN and PUK on a terminal, or answered beforehand.
#pragma once

#include "tools/cli/program.hpp"
#include "tools/desk/pin_people.hpp"

namespace acredita::cli {

struct PinAnswers { // descriptors; -1: asked at the terminal
    int pin = -1, puk = -1, new_pin = -1, new_puk = -1;
    bool last_try = false;
};

// Nobody is asked twice here: what went wrong ends the command, and it can be run again.
class TerminalPinPeople final : public desk::PinPeople {
public:
    TerminalPinPeople(const Program& program, const PinAnswers& answers)
        : program_(program), answers_(answers) {}

    [[nodiscard]] Result<Secret> current(const desk::SecretQuestion& question) override;
    [[nodiscard]] Result<Secret> fresh(desk::PinKind which, const Error* refused) override;
    [[nodiscard]] Result<bool> allow_last_try(desk::PinKind which) override;
    [[nodiscard]] bool again(const Error&) override { return false; }
    [[nodiscard]] bool look_at_reader(desk::PinKind current) override;

private:
    const Program& program_;
    const PinAnswers& answers_;
};

} // namespace acredita::cli
