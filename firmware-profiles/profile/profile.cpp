// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/profile.hpp"

#include <algorithm>

namespace acredita::profile {

const KeyAlgorithm* Profile::find(const card::Algorithm& algorithm) const noexcept {
    const auto found = std::find_if(algorithms.begin(), algorithms.end(),
                                    [&](const KeyAlgorithm& one) { return one.algorithm == algorithm; });
    return found == algorithms.end() ? nullptr : &*found;
}

const Place* Profile::find(card::KeyReference key) const noexcept {
    const auto found =
        std::find_if(places.begin(), places.end(), [&](const Place& one) { return one.key == key; });
    return found == places.end() ? nullptr : &*found;
}

bool Profile::can(card::Operation operation) const noexcept {
    return std::find(operations.begin(), operations.end(), operation) != operations.end();
}

bool Profile::has(Quirk quirk) const noexcept {
    return std::find(quirks.begin(), quirks.end(), quirk) != quirks.end();
}

} // namespace acredita::profile
