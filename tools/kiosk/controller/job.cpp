// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/job.hpp"

#include "tools/desk/administration.hpp"
#include "tools/desk/load.hpp"
#include "tools/desk/surroundings.hpp"

namespace acredita::kiosk {

Result<issue::Receipt> load_card(ByteView backup, const VisitFacts& visit, issue::People& people,
                                 issue::Progress& progress) {
    ACREDITA_TRY(office, desk::open_office("acredita-kiosk"));
    ACREDITA_TRY(configuration, issue::read_configuration(desk::configuration_file));
    ACREDITA_TRY(key, desk::administration_key(configuration));
    ACREDITA_TRY(so_pin, desk::makers_administration(configuration));
    const bool practice = desk::practising();
    const issue::Request request{
        .module = desk::module_choice(""),
        .backup = backup,
        .administration = std::move(key),
        .allow_factory_key = practice,
        .so_pin = std::move(so_pin),
        .office = configuration.place,
        .version = ACREDITA_VERSION,
        .practice = practice,
    };
    return desk::load(request, people, progress, office ? &office->journal : nullptr, visit);
}

} // namespace acredita::kiosk
