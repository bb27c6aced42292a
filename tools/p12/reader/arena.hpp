// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The heap of the process that reads backups: every allocation of C++ and of OpenSSL comes from pages that
// are locked and left out of core dumps, and is zeroised when it is freed. In builds with a sanitizer the
// sanitizer's heap is used instead, because finding faults is what those builds are for.
//
// The stack below main() is locked as well, because ciphers and digests work on it. One thread only.
#pragma once

#include <cstddef>

namespace acredita::p12::reader {

// Hands OpenSSL over to this heap. False if OpenSSL has allocated before.
[[nodiscard]] bool give_heap_to_openssl() noexcept;

// Locks the half mebibyte of stack that the caller's callees will use, and what lies above it.
void lock_stack() noexcept;

// True while every block that may hold a key or a password lies in locked memory. Blocks of 256 KiB and more
// are not counted: only whole files and the table of scrypt are as large.
[[nodiscard]] bool heap_is_locked() noexcept;

} // namespace acredita::p12::reader
