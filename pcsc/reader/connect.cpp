// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/connect.hpp"

#include "pcsc/reader/call.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

#include <signal.h>

namespace acredita::reader {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds poll_interval{20};

Result<Connected> connect_now(ContextHandle context, const ReaderName& reader) {
    SCARDHANDLE card = 0;
    DWORD protocol = 0;
    ACREDITA_CHECK(call<&SCardConnect>(context.get(), reader.text.c_str(), SCARD_SHARE_SHARED,
                                       SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card, &protocol));
    return Connected{std::move(context), card, protocol};
}

class SignalsBlocked {
public:
    SignalsBlocked() noexcept {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
    sigset_t before_{};
};

// Shared by the waiting caller and the thread that may be left alone with it.
struct Attempt {
    std::mutex mutex;
    std::condition_variable finished;
    bool abandoned = false;
    std::optional<Result<Connected>> outcome;
};

void attempt(const std::shared_ptr<Attempt>& shared, ContextHandle context, const ReaderName& reader) {
    auto outcome = connect_now(std::move(context), reader);
    const std::lock_guard lock(shared->mutex);
    if (shared->abandoned) {
        if (outcome) (void)SCardDisconnect(outcome->card, SCARD_LEAVE_CARD);
        return;
    }
    shared->outcome = std::move(outcome);
    shared->finished.notify_one();
}

Result<Connected> connect_aside(ContextHandle context, const ReaderName& reader, Clock::time_point deadline) {
    const auto shared = std::make_shared<Attempt>();
    try {
        const SignalsBlocked blocked; // the program's signals are for the program's own threads
        std::thread(attempt, shared, std::move(context), reader).detach();
    } catch (const std::system_error&) {
        return fail(reader_errc::no_memory, "no thread for SCardConnect");
    }
    std::unique_lock lock(shared->mutex);
    shared->finished.wait_until(lock, deadline, [&] { return shared->outcome.has_value(); });
    if (!shared->outcome) {
        shared->abandoned = true;
        return fail(reader_errc::sharing_violation, "SCardConnect waits for another program's transaction");
    }
    return std::move(*shared->outcome);
}

} // namespace

Result<Connected> connect_before(const ReaderName& reader, Clock::time_point deadline) {
    ACREDITA_TRY(context, ContextHandle::establish());
    for (;;) {
        ACREDITA_TRY(states, read_states(context.get(), {&reader, 1}));
        const auto& state = states.front();
        if (state.unavailable) return fail(reader_errc::reader_gone, reader.text);
        if (!state.present) return fail(reader_errc::no_card, reader.text);
        if (state.mute) return fail(reader_errc::card_mute, reader.text);
        if (!state.exclusive)
            return state.in_use ? connect_aside(std::move(context), reader, deadline)
                                : connect_now(std::move(context), reader);
        // libpcsclite would wait here without limit as well.
        if (Clock::now() >= deadline) return fail(reader_errc::sharing_violation, "opened exclusively");
        std::this_thread::sleep_for(poll_interval);
    }
}

} // namespace acredita::reader
