// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What happens in the readers: the difference between two snapshots, and a Watcher that waits for the next
// one.
//
// A Watcher has a context of its own and no thread. It survives pcscd being stopped and started again. wait()
// blocks in SCardGetStatusChange, in slices of at most a second: libpcsclite 1.9.9 compares the number of
// readers with the one at the beginning of the call, so a reader that comes between two calls is seen only at
// the next slice.
//
// Two contexts in two threads share one table of reader states inside libpcsclite 1.9.9, without a lock. What
// is read while another thread reads may mix an old and a new state of a reader; the next look sets it right.
#pragma once

#include "pcsc/reader/context.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace acredita::reader {

enum class Change : std::uint8_t {
    service_lost, // every reader is reported as gone before it
    service_back,
    reader_arrived,
    reader_left, // its card is reported as removed before it
    card_inserted,
    card_removed,
    card_swapped, // removed and inserted, the same card or another, while nobody looked: the event counter
                  // tells
};

struct Event {
    Change change;
    ReaderState state{};          // afterwards; before for what left. No name for the service
    std::optional<Error> cause{}; // of service_lost
};

// From `before` to `after`, in the order of `before`, then what is new in the order of `after`. A reader that
// is unavailable counts as not there.
[[nodiscard]] std::vector<Event> differences(std::span<const ReaderState> before,
                                             std::span<const ReaderState> after);

class Watcher {
public:
    // Events are told relative to what the caller knows already: nothing at all, or an earlier snapshot.
    explicit Watcher(std::vector<ReaderState> known = {}) : known_(std::move(known)) {}

    // The next events, at least one; or none when the time is over or interrupt() was called.
    [[nodiscard]] std::vector<Event> wait(std::chrono::milliseconds timeout);

    // From any thread: makes the present or, if there is none, the next wait() come back. A wait that was
    // just about to block may miss it for a second; call again until it has come back if that is too long.
    void interrupt() noexcept;

    // As of the last wait(); for the thread that waits.
    [[nodiscard]] const std::vector<ReaderState>& states() const noexcept { return known_; }

private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] std::vector<Event> look(Clock::time_point deadline);
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> block(SCARDCONTEXT context, const std::vector<ReaderState>& states,
                                     Clock::time_point deadline);
    [[nodiscard]] std::vector<Event> lose(Error cause, Clock::time_point deadline);
    void pause(Clock::time_point deadline);

    std::vector<ReaderState> known_;
    bool service_lost_ = false;
    std::atomic<bool> interrupted_{false};
    std::mutex mutex_; // of context_, which interrupt() uses and wait() replaces
    std::condition_variable woken_;
    std::optional<ContextHandle> context_;
};

} // namespace acredita::reader
