// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/page.hpp"

namespace acredita::kiosk {

QString name(Page page) {
    switch (page) {
    case Page::idle:
        return "idle";
    case Page::preflight:
        return "preflight";
    case Page::exercises:
        return "exercises";
    case Page::arrival:
        return "arrival";
    case Page::bring:
        return "bring";
    case Page::refusal:
        return "refusal";
    case Page::backups:
        return "backups";
    case Page::password:
        return "password";
    case Page::choose:
        return "choose";
    case Page::person:
        return "person";
    case Page::expired:
        return "expired";
    case Page::consent:
        return "consent";
    case Page::loss:
        return "loss";
    case Page::new_pin:
        return "newPin";
    case Page::new_puk:
        return "newPuk";
    case Page::pin:
        return "pin";
    case Page::last_try:
        return "lastTry";
    case Page::progress:
        return "progress";
    case Page::proven:
        return "proven";
    case Page::browser:
        return "browser";
    case Page::checklist:
        return "checklist";
    case Page::take_back:
        return "takeBack";
    case Page::away:
        return "away";
    case Page::trouble:
        return "trouble";
    case Page::pin_menu:
        return "pinMenu";
    case Page::puk:
        return "puk";
    case Page::pin_done:
        return "pinDone";
    }
    return "idle";
}

int step_of(Page page) noexcept {
    switch (page) {
    case Page::bring:
    case Page::refusal:
    case Page::backups:
        return 1;
    case Page::password:
    case Page::choose:
        return 2;
    case Page::person:
    case Page::expired:
        return 3;
    case Page::consent:
    case Page::loss:
        return 4;
    case Page::new_pin:
    case Page::new_puk:
    case Page::pin:
    case Page::last_try:
        return 5;
    case Page::progress:
        return 6;
    case Page::proven:
    case Page::browser:
    case Page::checklist:
    case Page::take_back:
        return 7;
    default:
        return 0;
    }
}

} // namespace acredita::kiosk
