// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Makes SecretField and KeypadModel known: to QML as types of the module Acredita.Kiosk 1.0, and SecretField
// to the accessibility bridge. Once, before the first QML file is loaded.
#pragma once

namespace acredita::kiosk {

void register_secret_types();

} // namespace acredita::kiosk
