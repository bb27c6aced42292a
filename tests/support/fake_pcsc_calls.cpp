// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The C functions of the FakePcsc. They do what the comments of pcsc/reader rely on, and no more.
#include "tests/support/fake_pcsc.hpp"

#include <algorithm>
#include <cstring>

#include <winscard.h>

using acredita::tests::FakePcsc;

namespace {

struct Entered {
    FakePcsc& fake = FakePcsc::instance();
    std::unique_lock<std::recursive_mutex> lock{fake.mutex};
    LONG code;
    explicit Entered(const char* function) : code(fake.enter(function)) {}
};

LONG context_state(FakePcsc& fake, SCARDCONTEXT context, const char* function) {
    const auto found = fake.contexts.find(context);
    if (found == fake.contexts.end()) {
        fake.complain(std::string(function) + " on a context that is not open");
        return SCARD_E_INVALID_HANDLE;
    }
    return found->second ? SCARD_S_SUCCESS : SCARD_F_COMM_ERROR;
}

// The handle, or null with the code to return.
FakePcsc::Handle* open_handle(Entered& call, SCARDHANDLE card) {
    const auto found = call.fake.handles.find(card);
    if (found == call.fake.handles.end()) {
        call.code = SCARD_E_INVALID_HANDLE;
        return nullptr;
    }
    if (!call.fake.readers.contains(found->second.reader)) {
        call.code = SCARD_E_READER_UNAVAILABLE;
        return nullptr;
    }
    return &found->second;
}

void fill(FakePcsc& fake, SCARD_READERSTATE& state) {
    const auto found = fake.readers.find(state.szReader);
    if (found == fake.readers.end()) {
        state.dwEventState = SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE | SCARD_STATE_CHANGED;
        return;
    }
    const auto& reader = found->second;
    state.dwEventState =
        (DWORD{reader.events} << 16U) | (reader.present ? SCARD_STATE_PRESENT : SCARD_STATE_EMPTY);
    if (reader.mute) state.dwEventState |= SCARD_STATE_MUTE;
    if (reader.exclusive) state.dwEventState |= SCARD_STATE_EXCLUSIVE;
    if (reader.in_use) state.dwEventState |= SCARD_STATE_INUSE;
    if ((state.dwCurrentState & ~DWORD{SCARD_STATE_CHANGED}) != state.dwEventState)
        state.dwEventState |= SCARD_STATE_CHANGED;
    state.cbAtr = reader.present ? reader.atr.size() : 0;
    std::copy(reader.atr.begin(), reader.atr.end(), state.rgbAtr);
}

bool plug_and_play(const SCARD_READERSTATE& state) { return std::strstr(state.szReader, "PnP") != nullptr; }

} // namespace

extern "C" {

LONG SCardEstablishContext(DWORD, LPCVOID, LPCVOID, LPSCARDCONTEXT context) {
    Entered call("SCardEstablishContext");
    if (call.code != SCARD_S_SUCCESS) return call.code;
    if (!call.fake.running) return SCARD_E_NO_SERVICE;
    *context = ++call.fake.last_handle;
    call.fake.contexts[*context] = true;
    return SCARD_S_SUCCESS;
}

LONG SCardReleaseContext(SCARDCONTEXT context) {
    Entered call("SCardReleaseContext");
    if (call.fake.contexts.erase(context) == 0) call.fake.complain("a context released twice");
    for (const auto& [number, handle] : call.fake.handles)
        if (handle.context == context) call.fake.complain("a context released with a card handle open");
    return SCARD_S_SUCCESS;
}

LONG SCardListReaders(SCARDCONTEXT context, LPCSTR, LPSTR text, LPDWORD size) {
    Entered call("SCardListReaders");
    if (call.code == SCARD_S_SUCCESS) call.code = context_state(call.fake, context, "SCardListReaders");
    if (call.code != SCARD_S_SUCCESS) return call.code;
    if (call.fake.readers.empty()) return SCARD_E_NO_READERS_AVAILABLE;
    std::string all;
    for (const auto& [name, reader] : call.fake.readers) (all += name) += '\0';
    all += '\0';
    if (*size < all.size()) return SCARD_E_INSUFFICIENT_BUFFER;
    std::copy(all.begin(), all.end(), text);
    *size = all.size();
    return SCARD_S_SUCCESS;
}

LONG SCardGetStatusChange(SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE* states, DWORD count) {
    Entered call("SCardGetStatusChange");
    auto& fake = call.fake;
    if (call.code == SCARD_S_SUCCESS) call.code = context_state(fake, context, "SCardGetStatusChange");
    if (call.code != SCARD_S_SUCCESS) return call.code;
    if (count > 16) return SCARD_E_INVALID_PARAMETER; // PCSCLITE_MAX_READERS_CONTEXTS
    for (DWORD i = 0; i < count; ++i)
        if (!plug_and_play(states[i]) && !fake.readers.contains(states[i].szReader))
            return SCARD_E_UNKNOWN_READER;
    const auto known = fake.readers.size();
    const auto look = [&] {
        bool news = false;
        for (DWORD i = 0; i < count; ++i) {
            if (plug_and_play(states[i])) {
                news = news || fake.readers.size() != known;
            } else {
                fill(fake, states[i]);
                news = news || (states[i].dwEventState & SCARD_STATE_CHANGED) != 0;
            }
        }
        return news;
    };
    fake.waiting.insert(context);
    const auto done = [&] { return look() || !fake.contexts[context] || fake.cancelled.contains(context); };
    const bool happened = fake.changed.wait_for(call.lock, std::chrono::milliseconds(timeout), done);
    fake.waiting.erase(context);
    if (!fake.contexts[context]) return SCARD_F_COMM_ERROR;
    if (fake.cancelled.erase(context) > 0) return SCARD_E_CANCELLED;
    return happened ? SCARD_S_SUCCESS : SCARD_E_TIMEOUT;
}

// As the real one: nothing happens to a call that does not wait yet.
LONG SCardCancel(SCARDCONTEXT context) {
    Entered call("SCardCancel");
    if (call.fake.waiting.contains(context)) call.fake.cancelled.insert(context);
    call.fake.changed.notify_all();
    return SCARD_S_SUCCESS;
}

LONG SCardConnect(SCARDCONTEXT context, LPCSTR name, DWORD share, DWORD protocols, LPSCARDHANDLE card,
                  LPDWORD protocol) {
    Entered call("SCardConnect");
    auto& fake = call.fake;
    if (call.code == SCARD_S_SUCCESS) call.code = context_state(fake, context, "SCardConnect");
    if (call.code != SCARD_S_SUCCESS) return call.code;
    if (share != SCARD_SHARE_SHARED || protocols != (SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1))
        fake.complain("SCardConnect is not shared, T=0 or T=1");
    // The daemon waits for a transaction without limit.
    fake.changed.wait(call.lock,
                      [&] { return !fake.readers.contains(name) || !fake.readers[name].held_elsewhere; });
    if (!fake.readers.contains(name)) return SCARD_E_UNKNOWN_READER;
    auto& reader = fake.readers[name];
    if (!reader.present) return SCARD_E_NO_SMARTCARD;
    reader.in_use = true;
    *card = ++fake.last_handle;
    *protocol = reader.protocol;
    fake.handles[*card] = {context, name, 0, false};
    return SCARD_S_SUCCESS;
}

LONG SCardReconnect(SCARDHANDLE card, DWORD, DWORD, DWORD initialization, LPDWORD protocol) {
    Entered call("SCardReconnect");
    auto* handle = open_handle(call, card);
    if (call.code != SCARD_S_SUCCESS) return call.code;
    if (!handle->in_transaction)
        call.fake.complain("SCardReconnect outside a transaction may wait without limit");
    if (initialization == SCARD_RESET_CARD)
        for (auto& [number, other] : call.fake.handles)
            if (other.reader == handle->reader && number != card) other.pending = SCARD_W_RESET_CARD;
    handle->pending = 0;
    *protocol = call.fake.readers[handle->reader].protocol;
    return SCARD_S_SUCCESS;
}

LONG SCardDisconnect(SCARDHANDLE card, DWORD disposition) {
    Entered call("SCardDisconnect");
    const auto* handle = open_handle(call, card);
    if (handle != nullptr && disposition != SCARD_LEAVE_CARD && !handle->in_transaction)
        call.fake.complain("SCardDisconnect with a reset may wait without limit");
    call.fake.handles.erase(card);
    return call.code;
}

LONG SCardBeginTransaction(SCARDHANDLE card) {
    Entered call("SCardBeginTransaction");
    auto* handle = open_handle(call, card);
    if (call.code != SCARD_S_SUCCESS) return call.code;
    if (handle->pending != 0) return handle->pending;
    if (call.fake.readers[handle->reader].held_elsewhere) {
        call.fake.complain("SCardBeginTransaction would wait without limit");
        return SCARD_E_SHARING_VIOLATION;
    }
    if (handle->in_transaction) call.fake.complain("a transaction inside a transaction");
    handle->in_transaction = true;
    return SCARD_S_SUCCESS;
}

LONG SCardEndTransaction(SCARDHANDLE card, DWORD disposition) {
    Entered call("SCardEndTransaction");
    auto* handle = open_handle(call, card);
    if (call.code != SCARD_S_SUCCESS) return call.code;
    if (disposition != SCARD_LEAVE_CARD)
        call.fake.complain("a transaction ended otherwise than leaving the card");
    if (handle->pending != 0) {
        handle->in_transaction = false;
        return handle->pending;
    }
    if (call.fake.readers[handle->reader].held_elsewhere) return SCARD_E_SHARING_VIOLATION;
    if (!std::exchange(handle->in_transaction, false)) return SCARD_E_NOT_TRANSACTED;
    return SCARD_S_SUCCESS;
}

LONG SCardTransmit(SCARDHANDLE card, const SCARD_IO_REQUEST* request, LPCBYTE command, DWORD size,
                   SCARD_IO_REQUEST*, LPBYTE answer, LPDWORD answer_size) {
    Entered call("SCardTransmit");
    auto* handle = open_handle(call, card);
    if (call.code != SCARD_S_SUCCESS) return call.code;
    if (handle->pending != 0) return handle->pending;
    if (!handle->in_transaction) call.fake.complain("SCardTransmit outside a transaction");
    if (std::any_of(answer, answer + *answer_size, [](BYTE byte) { return byte != 0; }))
        call.fake.complain("an earlier answer is still in memory");
    if (request->dwProtocol != call.fake.readers[handle->reader].protocol) return SCARD_E_PROTO_MISMATCH;
    const auto bytes = call.fake.card ? call.fake.card({command, size}) : acredita::Bytes{0x90, 0x00};
    if (*answer_size < bytes.size()) return SCARD_E_INSUFFICIENT_BUFFER;
    std::copy(bytes.begin(), bytes.end(), answer);
    *answer_size = bytes.size();
    return SCARD_S_SUCCESS;
}

LONG SCardControl(SCARDHANDLE card, DWORD code, LPCVOID input, DWORD size, LPVOID output, DWORD room,
                  LPDWORD written) {
    Entered call("SCardControl");
    const auto* handle = open_handle(call, card);
    if (call.code != SCARD_S_SUCCESS) return call.code;
    if (!handle->in_transaction) call.fake.complain("SCardControl outside a transaction");
    if (!call.fake.device) return SCARD_E_UNSUPPORTED_FEATURE;
    const auto bytes = call.fake.device(code, {static_cast<const std::uint8_t*>(input), size});
    if (room < bytes.size()) return SCARD_E_INSUFFICIENT_BUFFER;
    std::copy(bytes.begin(), bytes.end(), static_cast<std::uint8_t*>(output));
    *written = bytes.size();
    return SCARD_S_SUCCESS;
}

} // extern "C"
