// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where a secret was typed: the field on the page, which gives it once and is empty afterwards.
#pragma once

#include "pcsc/base/secret.hpp"

#include <QObject>

namespace acredita::kiosk {

class SecretSource {
public:
    virtual ~SecretSource() = default;
    [[nodiscard]] virtual Secret take() = 0;

protected:
    SecretSource() = default;
    SecretSource(const SecretSource&) = default;
    SecretSource& operator=(const SecretSource&) = default;
};

} // namespace acredita::kiosk

Q_DECLARE_INTERFACE(acredita::kiosk::SecretSource, "acredita.kiosk.SecretSource")
