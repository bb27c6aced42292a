// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A PC/SC resource context, and what it can say about the readers without touching a card.
//
// ContextHandle owns one SCARDCONTEXT. libpcsclite serialises everything on one context and keeps its lock
// while the daemon works, so whatever may wait (a Connection, a Watcher) has a context of its own. Context is
// for questions: it talks to nobody before the first one and makes itself anew when pcscd was restarted,
// after which every old context answers only with service_lost, service_not_running or invalid_handle for
// ever.
//
// A handle is the process's that made it: after fork the child drops it without a word to pcscd.
// Errors: reader_errc. Not thread-safe; use one for each thread.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "pcsc/reader/error.hpp"

#include <compare>
#include <optional>
#include <vector>

#include <sys/types.h>
#include <winscard.h>

namespace acredita::reader {

// As pcscd names it; the name of a reader may change when it is plugged in again ("... 00 00", "... 01 00").
struct ReaderName {
    std::string text;
    friend auto operator<=>(const ReaderName&, const ReaderName&) = default;
};

// One reader at one moment. `events` counts insertions and removals since the reader came: a card that was
// swapped while nobody looked changes it (it wraps at 65536).
struct ReaderState {
    ReaderName name{};
    bool present = false;     // a card is in
    bool mute = false;        // ... and did not answer to reset
    bool in_use = false;      // some program is connected to it, perhaps this one
    bool exclusive = false;   // ... and lets nobody else in
    bool unavailable = false; // listed by pcscd, but its driver has lost the device
    std::uint16_t events = 0;
    Bytes atr{};

    friend bool operator==(const ReaderState&, const ReaderState&) = default;
};

class ContextHandle {
public:
    [[nodiscard]] static Result<ContextHandle> establish();
    ~ContextHandle();
    ContextHandle(ContextHandle&& other) noexcept;
    ContextHandle& operator=(ContextHandle&& other) noexcept;
    ContextHandle(const ContextHandle&) = delete;
    ContextHandle& operator=(const ContextHandle&) = delete;

    [[nodiscard]] SCARDCONTEXT get() const noexcept { return value_; }

private:
    explicit ContextHandle(SCARDCONTEXT value) noexcept;
    void release() noexcept;

    SCARDCONTEXT value_ = 0;
    pid_t owner_ = 0;
};

// Building blocks on one context, for Context, Connection and Watcher.
[[nodiscard]] Result<std::vector<ReaderName>> list_readers(SCARDCONTEXT context);
[[nodiscard]] Result<std::vector<ReaderState>> read_states(SCARDCONTEXT context,
                                                           std::span<const ReaderName> names);
[[nodiscard]] ReaderState to_state(const SCARD_READERSTATE& state);

class Context {
public:
    // Empty if there is none; the order is pcscd's.
    [[nodiscard]] Result<std::vector<ReaderName>> readers();
    // All readers in one SCardGetStatusChange that does not wait.
    [[nodiscard]] Result<std::vector<ReaderState>> snapshot();
    // One of them. reader_gone if pcscd does not know it.
    [[nodiscard]] Result<ReaderState> state(const ReaderName& name);

private:
    template <class Ask>
    auto renewing(Ask ask) -> decltype(ask(SCARDCONTEXT{}));

    std::optional<ContextHandle> handle_;
};

} // namespace acredita::reader
