// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/administration.hpp"

#include "tools/cli/secrets.hpp"
#include "tools/desk/administration.hpp"

namespace acredita::cli {

void administration_options(CLI::App& command, Program& program, AdministrationOptions& options) {
    program.option(command, "--admin-key-fd", options.key_descriptor, "admin_key_fd").type_name("N");
    program.option(command, "--so-pin-fd", options.so_pin_descriptor, "so_pin_fd").type_name("N");
    program.flag(command, "--factory-admin-key", options.factory_key, "factory_admin_key");
}

Result<issue::AdministrationKey> administration_key(const AdministrationOptions& options,
                                                    const issue::Configuration& configuration) {
    if (options.key_descriptor >= 0) {
        ACREDITA_TRY(text, secret_from_descriptor(options.key_descriptor));
        return issue::administration_key_from(std::move(text));
    }
    if (options.factory_key) return issue::factory_administration_key();
    return desk::administration_key(configuration);
}

Result<Secret> makers_administration(const AdministrationOptions& options,
                                     const issue::Configuration& configuration) {
    if (options.so_pin_descriptor >= 0) {
        ACREDITA_TRY(text, secret_from_descriptor(options.so_pin_descriptor));
        return issue::without_blanks(text);
    }
    return desk::makers_administration(configuration);
}

} // namespace acredita::cli
