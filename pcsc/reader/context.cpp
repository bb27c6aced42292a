// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/context.hpp"

#include "pcsc/reader/call.hpp"

#include <utility>

#include <unistd.h>

namespace acredita::reader {

ContextHandle::ContextHandle(SCARDCONTEXT value) noexcept : value_(value), owner_(getpid()) {}

Result<ContextHandle> ContextHandle::establish() {
    SCARDCONTEXT value = 0;
    ACREDITA_CHECK(call<&SCardEstablishContext>(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &value));
    return ContextHandle(value);
}

ContextHandle::ContextHandle(ContextHandle&& other) noexcept
    : value_(std::exchange(other.value_, 0)), owner_(other.owner_) {}

ContextHandle& ContextHandle::operator=(ContextHandle&& other) noexcept {
    if (this != &other) {
        release();
        value_ = std::exchange(other.value_, 0);
        owner_ = other.owner_;
    }
    return *this;
}

ContextHandle::~ContextHandle() { release(); }

void ContextHandle::release() noexcept {
    if (value_ != 0 && owner_ == getpid()) (void)SCardReleaseContext(value_);
    value_ = 0;
}

Result<std::vector<ReaderName>> list_readers(SCARDCONTEXT context) {
    std::vector<ReaderName> names;
    std::vector<char> buffer(4096); // sixteen readers of at most 128 bytes
    DWORD size = buffer.size();
    const auto listed = call<&SCardListReaders>(context, nullptr, buffer.data(), &size);
    if (!listed) {
        if (is(listed.error(), reader_errc::no_reader)) return names;
        return fail(listed.error());
    }
    const std::string_view all(buffer.data(), std::min<std::size_t>(size, buffer.size()));
    for (std::size_t at = 0; at < all.size() && all[at] != '\0';) {
        const auto name = all.substr(at, all.find('\0', at) - at);
        names.push_back({std::string(name)});
        at += name.size() + 1;
    }
    return names;
}

ReaderState to_state(const SCARD_READERSTATE& state) {
    const auto has = [&](DWORD flag) { return (state.dwEventState & flag) != 0; };
    ReaderState result;
    result.name = {state.szReader};
    result.present = has(SCARD_STATE_PRESENT);
    result.mute = has(SCARD_STATE_MUTE);
    result.in_use = has(SCARD_STATE_INUSE);
    result.exclusive = has(SCARD_STATE_EXCLUSIVE);
    result.unavailable = has(SCARD_STATE_UNAVAILABLE | SCARD_STATE_UNKNOWN);
    result.events = static_cast<std::uint16_t>(state.dwEventState >> 16U);
    if (result.present)
        result.atr = copy({state.rgbAtr, std::min<std::size_t>(state.cbAtr, sizeof state.rgbAtr)});
    return result;
}

Result<std::vector<ReaderState>> read_states(SCARDCONTEXT context, std::span<const ReaderName> names) {
    std::vector<SCARD_READERSTATE> raw(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) raw[i].szReader = names[i].text.c_str();
    if (!raw.empty()) ACREDITA_CHECK(call<&SCardGetStatusChange>(context, 0, raw.data(), raw.size()));
    std::vector<ReaderState> states;
    states.reserve(raw.size());
    for (const auto& state : raw) states.push_back(to_state(state));
    return states;
}

// Asks; if the context turns out to be of a pcscd that is no more, once again with a new one.
template <class Ask>
auto Context::renewing(Ask ask) -> decltype(ask(SCARDCONTEXT{})) {
    if (handle_) {
        auto answer = ask(handle_->get());
        if (answer || !is_stale(answer.error())) return answer;
        handle_.reset();
    }
    ACREDITA_TRY(fresh, ContextHandle::establish());
    handle_ = std::move(fresh);
    auto answer = ask(handle_->get());
    if (!answer && is_stale(answer.error())) handle_.reset();
    return answer;
}

Result<std::vector<ReaderName>> Context::readers() { return renewing(&list_readers); }

Result<std::vector<ReaderState>> Context::snapshot() {
    return renewing([](SCARDCONTEXT context) -> Result<std::vector<ReaderState>> {
        // A reader that leaves between the two calls makes the second one fail: the list is asked for again.
        for (int round = 0;; ++round) {
            ACREDITA_TRY(names, list_readers(context));
            auto states = read_states(context, names);
            if (states || round == 3 || !is(states.error(), reader_errc::reader_gone)) return states;
        }
    });
}

Result<ReaderState> Context::state(const ReaderName& name) {
    return renewing([&](SCARDCONTEXT context) -> Result<ReaderState> {
        ACREDITA_TRY(states, read_states(context, {&name, 1}));
        return std::move(states.front());
    });
}

} // namespace acredita::reader
