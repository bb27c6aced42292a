// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Who comes today, and who is here: by appointment, or without one and with a reason. The journal learns when
// the appointment was and why there was none, never who it was: his own records follow as soon as his card
// is in the reader.
#pragma once

#include "tools/desk/error.hpp"
#include "tools/desk/office.hpp"
#include "tools/office/appointments.hpp"

namespace acredita::desk {

class CheckIn {
public:
    // `now`: by this computer's clock and its zone, which is the office's.
    explicit CheckIn(Office& office, office::Clock::time_point now = office::Clock::now());

    // Today's, in their order; those that are done, absent or cancelled are left out.
    [[nodiscard]] Result<std::vector<office::Appointment>> expected();
    // One transaction each: the state and its record. office.appointment_unknown, journal_broken ...
    [[nodiscard]] Result<office::Appointment> arrive(const office::Appointment& appointment);
    // reason_needed
    [[nodiscard]] Result<office::Appointment> walk_in(const std::string& reason);
    // `served`: done; otherwise he has left without it and is expected again.
    [[nodiscard]] Result<void> leave(const office::Appointment& appointment, bool served);

private:
    Office& office_;
    office::Appointments appointments_;
    std::string day_, time_;
};

// What the first record of the job says of how somebody came: {"appointment": "09:30"} or {"walk_in": why}.
[[nodiscard]] office::Facts facts_of(const office::Appointment& appointment);

} // namespace acredita::desk
