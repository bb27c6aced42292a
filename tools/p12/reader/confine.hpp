// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the process that reads backups gives up before it sees the first byte of one (docs/adr/0011).
#pragma once

namespace acredita::p12::reader {

// Before anything is loaded: no core dump, nobody may look into this process, it ends with the one that
// started it, no new privileges, limits on memory and time. False if the system refuses.
[[nodiscard]] bool harden() noexcept;

// From here on: computing, its own memory, and read and write on descriptor 0. Nothing can be opened,
// connected, started or signalled. What a library may ask for harmlessly is refused; all else ends the
// process with SIGSYS. Never undone. False if the system cannot do it.
[[nodiscard]] bool confine() noexcept;

} // namespace acredita::p12::reader
