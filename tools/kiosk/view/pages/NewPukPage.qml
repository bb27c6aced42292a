// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import Acredita.Kiosk

// The holder's own PUK, which unblocks the PIN.
NewSecretBody { what: "newPuk" }
