// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// sniff(), examine() and open() in a process of its own, which cannot open, connect or start anything and is
// killed after each file (docs/adr/0011). A file that makes it crash harms nobody and is named.
//
// The calling thread waits; a request to stop ends the process within a twentieth of a second, in the middle
// of a derivation too. Errors: those of the functions in this process, and reader_unavailable, reader_crashed
// (detail: the signal), reader_timed_out.
#pragma once

#include "tools/p12/open.hpp"

#include <filesystem>

namespace acredita::p12::isolated {

struct Options {
    const Secret* key_passphrase = nullptr;
    std::stop_token stop;
    ProgressListener progress; // called in the calling thread
    bool second_look = true;
    std::chrono::milliseconds most_time = std::chrono::minutes(2);
    std::filesystem::path program; // the reader; empty: the one that belongs to this program
};

[[nodiscard]] Result<Envelope> sniff(ByteView file, const Options& options = {});
[[nodiscard]] Result<Opened> examine(ByteView file, const Secret& passphrase, const Options& options = {});
[[nodiscard]] Result<Opened> open(ByteView file, const Secret& passphrase, const Options& options = {});

} // namespace acredita::p12::isolated
