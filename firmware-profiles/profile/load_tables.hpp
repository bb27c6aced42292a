// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The tables every kind of card has. One function for each; tables of one kind of card are in files of their
// own.
#pragma once

#include "firmware-profiles/profile/table_reader.hpp"

namespace acredita::profile {

[[nodiscard]] Match read_match(TableReader in, Report& report, Need aid = Need::required);
[[nodiscard]] Transport read_transport(TableReader in);
[[nodiscard]] Naming read_naming(TableReader in);
[[nodiscard]] PinValue read_pin(TableReader in);
[[nodiscard]] Admin read_admin(TableReader in, Report& report);
[[nodiscard]] std::span<const KeyAlgorithm> read_algorithms(TableReader& in, Report& report);
[[nodiscard]] std::span<const Place> read_places(TableReader& in, Report& report);
void read_writing(TableReader& root, Profile& profile);
[[nodiscard]] OpenPgpKeys read_openpgp(TableReader in); // load_openpgp.cpp

// What no single value shows.
void check_together(TableReader& root, const Profile& profile);

} // namespace acredita::profile
