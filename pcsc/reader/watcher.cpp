// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/watcher.hpp"

#include "pcsc/reader/call.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace acredita::reader {

namespace {

constexpr std::chrono::milliseconds longest_slice{1000};
constexpr std::chrono::milliseconds service_interval{250};
constexpr std::size_t most_readers = 16; // in one SCardGetStatusChange of libpcsclite
constexpr const char* plug_and_play = "\\\\?PnP?\\Notification";

const ReaderState* find(std::span<const ReaderState> states, const ReaderName& name) {
    const auto found = std::ranges::find_if(
        states, [&](const ReaderState& state) { return state.name == name && !state.unavailable; });
    return found == states.end() ? nullptr : &*found;
}

// What SCardGetStatusChange must believe we know, so that it comes back only for something else.
DWORD as_known(const ReaderState& state) {
    DWORD flags = DWORD{state.events} << 16U;
    flags |= state.present ? SCARD_STATE_PRESENT : SCARD_STATE_EMPTY;
    if (state.mute) flags |= SCARD_STATE_MUTE;
    if (state.exclusive) flags |= SCARD_STATE_EXCLUSIVE;
    if (state.in_use) flags |= SCARD_STATE_INUSE;
    if (state.unavailable) flags = SCARD_STATE_UNAVAILABLE;
    return flags;
}

} // namespace

std::vector<Event> differences(std::span<const ReaderState> before, std::span<const ReaderState> after) {
    std::vector<Event> events;
    for (const auto& old : before) {
        if (old.unavailable) continue;
        const auto* now = find(after, old.name);
        if (now == nullptr) {
            if (old.present) events.push_back({Change::card_removed, old});
            events.push_back({Change::reader_left, old});
        } else if (old.present && !now->present) {
            events.push_back({Change::card_removed, *now});
        } else if (!old.present && now->present) {
            events.push_back({Change::card_inserted, *now});
        } else if (old.present && (old.events != now->events || old.atr != now->atr)) {
            events.push_back({Change::card_swapped, *now});
        }
    }
    for (const auto& now : after) {
        if (now.unavailable || find(before, now.name) != nullptr) continue;
        events.push_back({Change::reader_arrived, now});
        if (now.present) events.push_back({Change::card_inserted, now});
    }
    return events;
}

void Watcher::interrupt() noexcept {
    const std::lock_guard lock(mutex_);
    interrupted_ = true;
    woken_.notify_all();
    if (context_) (void)SCardCancel(context_->get());
}

std::vector<Event> Watcher::wait(std::chrono::milliseconds timeout) {
    const auto deadline = Clock::now() + timeout;
    for (;;) {
        if (interrupted_.exchange(false)) return {};
        auto events = look(deadline);
        if (!events.empty() || Clock::now() >= deadline) return events;
    }
}

// One look at the readers and, if nothing has changed, one slice of waiting.
std::vector<Event> Watcher::look(Clock::time_point deadline) {
    if (auto connected = connect(); !connected) return lose(std::move(connected).error(), deadline);
    const auto context = context_->get();
    auto names = list_readers(context);
    if (!names) return lose(std::move(names).error(), deadline);
    names->resize(std::min(names->size(), most_readers));
    auto states = read_states(context, *names);
    if (!states) {
        if (is(states.error(), reader_errc::reader_gone)) return {}; // between the two calls
        return lose(std::move(states).error(), deadline);
    }
    std::vector<Event> events;
    if (std::exchange(service_lost_, false)) events.push_back({Change::service_back});
    std::ranges::move(differences(known_, *states), std::back_inserter(events));
    known_ = std::move(*states);
    if (!events.empty()) return events;
    auto blocked = block(context, known_, deadline);
    if (!blocked) return lose(std::move(blocked).error(), deadline);
    return events;
}

Result<void> Watcher::connect() {
    if (context_) return {};
    ACREDITA_TRY(fresh, ContextHandle::establish());
    const std::lock_guard lock(mutex_);
    context_ = std::move(fresh);
    return {};
}

Result<void> Watcher::block(SCARDCONTEXT context, const std::vector<ReaderState>& states,
                            Clock::time_point deadline) {
    std::vector<SCARD_READERSTATE> raw;
    for (const auto& state : states) {
        raw.push_back({});
        raw.back().szReader = state.name.text.c_str();
        raw.back().dwCurrentState = as_known(state);
    }
    if (raw.size() < most_readers) {
        raw.push_back({});
        raw.back().szReader = plug_and_play;
        raw.back().dwCurrentState = DWORD{states.size()} << 16U; // heeded by later versions
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    const auto slice = std::min(left, longest_slice).count();
    if (slice <= 0) return {};
    auto outcome = call<&SCardGetStatusChange>(context, static_cast<DWORD>(slice), raw.data(), raw.size());
    if (!outcome && !is(outcome.error(), reader_errc::timeout) &&
        !is(outcome.error(), reader_errc::cancelled) && !is(outcome.error(), reader_errc::reader_gone))
        return outcome;
    return {};
}

// The service is gone, and with it everything known; the context is not usable any more. Told once; then
// waits a little.
std::vector<Event> Watcher::lose(Error cause, Clock::time_point deadline) {
    {
        const std::lock_guard lock(mutex_);
        context_.reset();
    }
    auto events = differences(known_, {});
    known_.clear();
    if (!std::exchange(service_lost_, true)) events.push_back({Change::service_lost, {}, std::move(cause)});
    if (events.empty()) pause(deadline);
    return events;
}

void Watcher::pause(Clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    woken_.wait_until(lock, std::min(deadline, Clock::now() + service_interval),
                      [&] { return interrupted_.load(); });
}

} // namespace acredita::reader
