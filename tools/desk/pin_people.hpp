// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The questions of a visit about PIN and PUK, asked from the visit's own thread; the counterpart of
// issue::People. Every answer may be an error, which ends the visit with that error and changes nothing more.
#pragma once

#include "pcsc/base/secret.hpp"
#include "tools/desk/error.hpp"

#include <optional>

namespace acredita::desk {

enum class PinKind { pin, puk };

struct SecretQuestion {
    PinKind which = PinKind::pin;
    std::optional<unsigned> tries_left{}; // nullopt: the card or its module does not say
    bool last_try = false;                // somebody has agreed to spend it
    bool factory = false;                 // still the value the card was delivered with
    unsigned asked_before = 0;            // how often in this visit
};

class PinPeople {
public:
    virtual ~PinPeople() = default;

    // The value that is valid now.
    [[nodiscard]] virtual Result<Secret> current(const SecretQuestion& question) = 0;
    // The new value, typed twice already where that is wise. `refused`: why the one before was not taken, and
    // nothing was sent; nullptr at first.
    [[nodiscard]] virtual Result<Secret> fresh(PinKind which, const Error* refused) = 0;
    [[nodiscard]] virtual Result<bool> allow_last_try(PinKind which) = 0;
    // It was wrong, or of an impossible form: shall it be asked again? `why` says how many tries are left.
    [[nodiscard]] virtual bool again(const Error& why) = 0;
    // The reader has its own keypad and asks now, for the current value, the new one, and that again. False:
    // the values come from current() and fresh() all the same.
    [[nodiscard]] virtual bool look_at_reader(PinKind current) = 0;

protected:
    PinPeople() = default;
    PinPeople(const PinPeople&) = default;
    PinPeople& operator=(const PinPeople&) = default;
};

} // namespace acredita::desk
