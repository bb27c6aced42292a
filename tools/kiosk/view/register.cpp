// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/view/register.hpp"

#include "tools/kiosk/view/glyph_item.hpp"
#include "tools/kiosk/view/qr_item.hpp"

namespace acredita::kiosk {

void register_view_types() {
    qmlRegisterType<GlyphItem>("Acredita.Kiosk", 1, 0, "GlyphItem");
    qmlRegisterType<QrItem>("Acredita.Kiosk", 1, 0, "QrItem");
}

} // namespace acredita::kiosk
