// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The functions of libpcsclite that are looked over the shoulder of, in the place of the real ones: found
// first because the library is preloaded, or given out by dlsym, because OpenSC and GnuPG look libpcsclite's
// functions up themselves.
#include "tools/trace/writer.hpp"

#include <atomic>
#include <cstring>

#include <dlfcn.h>
#include <winscard.h>

#define ACREDITA_EXPORT __attribute__((visibility("default")))

using acredita::trace::View;
using acredita::trace::write_exchange;
using acredita::trace::write_remark;

namespace {

using DlSym = void* (*)(void*, const char*);

enum Function {
    connect_card,
    reconnect,
    disconnect,
    begin,
    end,
    transmit,
    control,
    status_change,
    functions
};

constexpr const char* names[functions] = {"SCardConnect",          "SCardReconnect",      "SCardDisconnect",
                                          "SCardBeginTransaction", "SCardEndTransaction", "SCardTransmit",
                                          "SCardControl",          "SCardGetStatusChange"};
std::atomic<void*> real[functions];

// glibc 2.34 moved dlsym into libc and kept the old version for old programs; both are the same function.
DlSym real_dlsym() noexcept {
    static std::atomic<void*> found{nullptr};
    void* function = found.load();
    if (function == nullptr) {
        for (const char* version : {"GLIBC_2.34", "GLIBC_2.2.5", "GLIBC_2.17", "GLIBC_2.0"}) {
            function = dlvsym(RTLD_NEXT, "dlsym", version);
            if (function != nullptr) break;
        }
        found.store(function);
    }
    return reinterpret_cast<DlSym>(function);
}

template <class Signature>
Signature original(Function which) noexcept {
    void* function = real[which].load();
    if (function == nullptr) {
        // libpcsclite may have come as the dependency of a plugin, outside the scope RTLD_NEXT searches.
        void* library = dlopen("libpcsclite.so.1", RTLD_LAZY | RTLD_LOCAL);
        const auto look_up = real_dlsym();
        if (library != nullptr && look_up != nullptr) function = look_up(library, names[which]);
        real[which].store(function);
    }
    return reinterpret_cast<Signature>(function);
}

bool resets(DWORD disposition) {
    return disposition == SCARD_RESET_CARD || disposition == SCARD_UNPOWER_CARD;
}

} // namespace

extern "C" {

ACREDITA_EXPORT LONG SCardConnect(SCARDCONTEXT context, LPCSTR reader, DWORD share, DWORD protocols,
                                  LPSCARDHANDLE card, LPDWORD protocol) {
    const auto function = original<decltype(&SCardConnect)>(connect_card);
    if (function == nullptr) return SCARD_E_NO_SERVICE;
    const auto code = function(context, reader, share, protocols, card, protocol);
    SCARD_READERSTATE state{};
    state.szReader = reader;
    const auto look = original<decltype(&SCardGetStatusChange)>(status_change);
    const bool known =
        code == SCARD_S_SUCCESS && look != nullptr && look(context, 0, &state, 1) == SCARD_S_SUCCESS;
    const std::size_t size = known && state.cbAtr <= sizeof state.rgbAtr ? state.cbAtr : 0;
    write_remark("reader", reader, {state.rgbAtr, size}, code);
    return code;
}

ACREDITA_EXPORT LONG SCardReconnect(SCARDHANDLE card, DWORD share, DWORD protocols, DWORD initialization,
                                    LPDWORD protocol) {
    const auto function = original<decltype(&SCardReconnect)>(reconnect);
    if (function == nullptr) return SCARD_E_NO_SERVICE;
    const auto code = function(card, share, protocols, initialization, protocol);
    write_remark(resets(initialization) ? "reset" : "reconnect", nullptr, {}, code);
    return code;
}

ACREDITA_EXPORT LONG SCardDisconnect(SCARDHANDLE card, DWORD disposition) {
    const auto function = original<decltype(&SCardDisconnect)>(disconnect);
    if (function == nullptr) return SCARD_E_NO_SERVICE;
    const auto code = function(card, disposition);
    write_remark(resets(disposition) ? "reset" : "disconnect", nullptr, {}, code);
    return code;
}

ACREDITA_EXPORT LONG SCardBeginTransaction(SCARDHANDLE card) {
    const auto function = original<decltype(&SCardBeginTransaction)>(begin);
    if (function == nullptr) return SCARD_E_NO_SERVICE;
    const auto code = function(card);
    write_remark("begin", nullptr, {}, code);
    return code;
}

ACREDITA_EXPORT LONG SCardEndTransaction(SCARDHANDLE card, DWORD disposition) {
    const auto function = original<decltype(&SCardEndTransaction)>(end);
    if (function == nullptr) return SCARD_E_NO_SERVICE;
    const auto code = function(card, disposition);
    // Our own connections ask in this way whether the card is free.
    if (code != SCARD_E_NOT_TRANSACTED && code != SCARD_E_SHARING_VIOLATION)
        write_remark(resets(disposition) ? "reset" : "end", nullptr, {}, code);
    return code;
}

ACREDITA_EXPORT LONG SCardTransmit(SCARDHANDLE card, const SCARD_IO_REQUEST* request, LPCBYTE command,
                                   DWORD size, SCARD_IO_REQUEST* answered, LPBYTE answer,
                                   LPDWORD answer_size) {
    const auto function = original<decltype(&SCardTransmit)>(transmit);
    if (function == nullptr) return SCARD_E_NO_SERVICE;
    const DWORD room = answer_size == nullptr ? 0 : *answer_size;
    const auto code = function(card, request, command, size, answered, answer, answer_size);
    const DWORD got =
        code == SCARD_S_SUCCESS && answer_size != nullptr && *answer_size <= room ? *answer_size : 0;
    write_exchange(card, {command, command == nullptr ? 0 : size}, {answer, got}, code);
    return code;
}

ACREDITA_EXPORT LONG SCardControl(SCARDHANDLE card, DWORD request, LPCVOID input, DWORD size, LPVOID output,
                                  DWORD room, LPDWORD written) {
    const auto function = original<decltype(&SCardControl)>(control);
    if (function == nullptr) return SCARD_E_NO_SERVICE;
    const auto code = function(card, request, input, size, output, room, written);
    write_remark("control", nullptr, {}, static_cast<long>(request));
    return code;
}

// A sibling call, so that RTLD_NEXT in the real function still sees the caller and not us.
ACREDITA_EXPORT __attribute__((optimize("O2"))) void* dlsym(void* handle, const char* name) noexcept {
    const auto function = real_dlsym();
    static void* const ours[functions] = {
        reinterpret_cast<void*>(&SCardConnect),        reinterpret_cast<void*>(&SCardReconnect),
        reinterpret_cast<void*>(&SCardDisconnect),     reinterpret_cast<void*>(&SCardBeginTransaction),
        reinterpret_cast<void*>(&SCardEndTransaction), reinterpret_cast<void*>(&SCardTransmit),
        reinterpret_cast<void*>(&SCardControl),        nullptr};
    if (std::strncmp(name, "SCard", 5) == 0 && function != nullptr) {
        for (int i = 0; i < functions; ++i) {
            if (ours[i] == nullptr || std::strcmp(name, names[i]) != 0) continue;
            void* found = function(handle, name);
            if (found != nullptr && found != ours[i]) real[i].store(found);
            return found == nullptr ? nullptr : ours[i];
        }
    }
    return function(handle, name);
}

} // extern "C"
