// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/office.hpp"

#include "tools/catalogue/catalogue.hpp"
#include "tools/desk/surroundings.hpp"

#include <cstdlib>

#include <pwd.h>
#include <unistd.h>

namespace acredita::desk {
namespace {

constexpr std::string_view office_file = "/etc/acredita/office.toml";

// Who sits there: the user of the computer, whatever rights the program runs with.
std::string user_name() {
    const auto* entry = ::getpwuid(::getuid());
    return entry == nullptr ? "uid " + std::to_string(::getuid()) : entry->pw_name;
}

} // namespace

Result<std::optional<office::Configuration>> office_configuration() {
    if (!practising()) return office::read_configuration(office_file);
    const char* named = std::getenv("ACREDITA_OFFICE");
    if (named == nullptr || *named == '\0') return std::nullopt;
    return office::read_configuration(named, ::geteuid());
}

Result<std::unique_ptr<Office>> open_office(std::string_view program) {
    ACREDITA_TRY(configured, office_configuration());
    if (!configured) return nullptr;
    ACREDITA_TRY(database, office::Database::open(configured->database));
    const auto user = user_name();
    office::Origin origin{.kiosk = configured->kiosk,
                          .build = std::string(program) + " " + ACREDITA_VERSION,
                          .session = office::new_session(),
                          .operator_name = user,
                          .role = configured->role_of(user)};
    return std::make_unique<Office>(*std::move(configured), std::move(database), std::move(origin));
}

Result<std::unique_ptr<Office>> need_office() {
    ACREDITA_TRY(opened, open_office());
    if (!opened) return fail(office::office_errc::configuration_invalid, std::string(office_file) + "?");
    return std::move(opened);
}

Result<void> record_reading(Office& office, const office::Entry& entry) {
    const auto done = office.journal.append(entry);
    // Nothing can be appended to a journal that somebody has broken; it must be readable all the same.
    if (done || is(done.error(), office::office_errc::journal_broken)) return {};
    return fail(Error(done.error()));
}

office::Entry failed(office::Entry entry, const Error& error) {
    entry.outcome = "failed";
    entry.code = catalogue::message(error, catalogue::Language::english).code;
    entry.facts["name"] = error_name(error.code);
    return entry;
}

} // namespace acredita::desk
