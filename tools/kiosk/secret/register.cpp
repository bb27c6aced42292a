// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/secret/register.hpp"

#include "tools/kiosk/secret/accessible_secret.hpp"
#include "tools/kiosk/secret/keypad_model.hpp"
#include "tools/kiosk/secret/secret_field.hpp"

#include <QtQml/qqml.h>

namespace acredita::kiosk {

void register_secret_types() {
    qmlRegisterType<SecretField>("Acredita.Kiosk", 1, 0, "SecretField");
    qmlRegisterType<KeypadModel>("Acredita.Kiosk", 1, 0, "KeypadModel");
    QAccessible::installFactory(accessible_secret);
}

} // namespace acredita::kiosk
