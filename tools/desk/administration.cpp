// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/administration.hpp"

#include "tools/desk/surroundings.hpp"

namespace acredita::desk {

Result<issue::AdministrationKey> administration_key(const issue::Configuration& configuration) {
    if (practising()) return issue::factory_administration_key();
    if (configuration.administration_key_file.empty()) return issue::AdministrationKey{};
    return issue::administration_key_from_file(configuration.administration_key_file);
}

Result<Secret> makers_administration(const issue::Configuration& configuration) {
    if (configuration.so_pin_file.empty()) return Secret();
    return issue::secret_from_file(configuration.so_pin_file);
}

} // namespace acredita::desk
