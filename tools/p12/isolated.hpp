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
#include <memory>

namespace acredita::p12::isolated {

struct Options {
    const Secret* key_passphrase = nullptr;
    std::stop_token stop;
    ProgressListener progress; // called in the calling thread
    bool second_look = true;
    std::chrono::milliseconds most_time = std::chrono::minutes(2);
    std::filesystem::path program; // the reader; empty: the one that belongs to this program
};

class ReaderProcess;

// One backup and its process, for callers that look at it before they have its password, or try several. The
// process may be started before it is known which file it will be; its start takes longer than what most
// files ask of it.
class Session {
public:
    // Of the options, key_passphrase is not looked at. Errors: reader_unavailable.
    [[nodiscard]] static Result<Session> start(Options options = {});
    ~Session();
    Session(Session&& other) noexcept;
    Session& operator=(Session&& other) noexcept;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Once, and first: this is the file that examine() opens.
    [[nodiscard]] Result<Envelope> sniff(ByteView file);
    // As often as a password is tried.
    [[nodiscard]] Result<Opened> examine(const Secret& passphrase, const Secret* key_passphrase = nullptr);

private:
    explicit Session(ReaderProcess process);
    std::unique_ptr<ReaderProcess> process_;
};

// The same for a single question.
[[nodiscard]] Result<Envelope> sniff(ByteView file, const Options& options = {});
[[nodiscard]] Result<Opened> examine(ByteView file, const Secret& passphrase, const Options& options = {});
[[nodiscard]] Result<Opened> open(ByteView file, const Secret& passphrase, const Options& options = {});

} // namespace acredita::p12::isolated
