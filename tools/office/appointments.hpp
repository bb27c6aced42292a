// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Who is expected today. The names are the calendar's; they are kept no longer than forget_before() lets
// them.
#pragma once

#include "tools/office/appointment_list.hpp"
#include "tools/office/database.hpp"

namespace acredita::office {

class Appointments {
public:
    explicit Appointments(Database& database) noexcept : database_(database) {}

    struct Imported {
        std::int64_t added = 0, changed = 0, unchanged = 0;
    };
    // All or none. One that is there already keeps its state, unless the calendar cancels it.
    [[nodiscard]] Result<Imported> import(const std::vector<Appointment>& appointments);

    [[nodiscard]] Result<std::vector<Appointment>> of_day(const std::string& day);
    // appointment_unknown: of this day there is none, or more than one, with this code.
    [[nodiscard]] Result<Appointment> by_code(const std::string& day, const std::string& code);
    [[nodiscard]] Result<void> mark(const std::string& source, const std::string& state);
    // Somebody who came without one, and why he is let in.
    [[nodiscard]] Result<Appointment> walk_in(const std::string& day, const std::string& time,
                                              const std::string& reason);
    // How many were forgotten.
    [[nodiscard]] Result<std::int64_t> forget_before(const std::string& day);

private:
    [[nodiscard]] Result<std::vector<Appointment>> read(const std::string& where,
                                                        const std::vector<Value>& values);
    [[nodiscard]] Result<void> import_one(const Appointment& appointment, Imported& counts);

    Database& database_;
};

} // namespace acredita::office
