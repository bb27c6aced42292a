// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The office's memory, where one is configured: /etc/acredita/office.toml. In practice mode nothing of the
// real office is touched; ACREDITA_OFFICE may name a configuration of the practice's own.
#pragma once

#include "pcsc/base/error.hpp"
#include "tools/office/configuration.hpp"
#include "tools/office/journal.hpp"

#include <memory>
#include <string_view>

namespace acredita::desk {

struct Office {
    Office(office::Configuration configured, office::Database opened, office::Origin origin)
        : configuration(std::move(configured)), database(std::move(opened)),
          journal(database, std::move(origin)) {}
    Office(const Office&) = delete;
    Office& operator=(const Office&) = delete;
    ~Office() = default;

    office::Configuration configuration;
    office::Database database;
    office::Journal journal;
};

// What the office's file says; nullopt: there is none, and this computer remembers nothing.
[[nodiscard]] Result<std::optional<office::Configuration>> office_configuration();

// nullptr: this computer remembers nothing, and that is not an error. `program`: how records name who wrote
// them.
[[nodiscard]] Result<std::unique_ptr<Office>> open_office(std::string_view program = "acredita");
// For commands that have nothing to do without one: configuration_invalid.
[[nodiscard]] Result<std::unique_ptr<Office>> need_office();

// Before anybody reads the journal: who, and by what he searches. A journal that is broken is readable all
// the same.
[[nodiscard]] Result<void> record_reading(Office& office, const office::Entry& entry);

// An entry for what ended in an error: outcome, code and the error's name.
[[nodiscard]] office::Entry failed(office::Entry entry, const Error& error);

} // namespace acredita::desk
