// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/client/route/choice.hpp"

namespace acredita::client {

Road chosen_road(const Choice& choice) {
    Road road{.file = choice.file, .apart = !is_ours(choice.file)};
    if (!road.apart) road.manners.restart = Restart::card;
    return road;
}

} // namespace acredita::client
