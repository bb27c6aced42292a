// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/backup_look.hpp"

#include "tools/p12/isolated.hpp"

namespace acredita::kiosk {

void judge(BackupLook& backup) {
    if (backup.unreadable) return;
    backup.inspection = p12::inspect(backup.bytes.size(), p12::isolated::sniff(backup.bytes));
}

} // namespace acredita::kiosk
