// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import Acredita.Kiosk

// The holder's own PIN, before anything is put on the card.
NewSecretBody { what: "newPin" }
