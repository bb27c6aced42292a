// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The one global of the module: which Library is alive, in which process. It has no destructor and is never
// freed, so that a host may call us from its exit handlers; after a fork the child finds nothing initialised,
// may initialise, and never touches what was the parent's. Source: PKCS #11 v2.40 base, 5.4 and 6.6 of the
// usage guide (fork).
//
// The locks are the operating system's, whatever a host offers: on Linux every thread is one of its threads,
// and mutex callbacks, which may come without CKF_OS_LOCKING_OK, are judged for completeness and never
// called. CKF_LIBRARY_CANT_CREATE_OS_THREADS is met as far as ADR 4 says.
#pragma once

#include "pkcs11/module/library.hpp"

namespace acredita::module::lifecycle {

[[nodiscard]] Result<void> initialize(const CK_C_INITIALIZE_ARGS* arguments);
[[nodiscard]] Result<void> finalize();
// nullptr: not initialised, or initialised by the parent of this process.
[[nodiscard]] std::shared_ptr<Library> current() noexcept;

// Replaces real_surroundings(), before C_Initialize; for tests.
using MakeSurroundings = std::unique_ptr<Surroundings> (*)();
void use_surroundings(MakeSurroundings make) noexcept;

} // namespace acredita::module::lifecycle
