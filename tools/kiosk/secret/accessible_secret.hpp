// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What assistive programs are told of a SecretField: that it is a password field, its name, whether it has
// the focus, and a bullet for each character. There is no interface through which text could be read or set.
#pragma once

#include <QtGui/QAccessible>

namespace acredita::kiosk {

// For QAccessible::installFactory: an interface for a SecretField, null for everything else.
[[nodiscard]] QAccessibleInterface* accessible_secret(const QString& class_name, QObject* object);

} // namespace acredita::kiosk
