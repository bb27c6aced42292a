// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Makes the drawn items known to QML as types of the module Acredita.Kiosk 1.0. Once, before the first QML
// file.
#pragma once

namespace acredita::kiosk {

void register_view_types();

} // namespace acredita::kiosk
