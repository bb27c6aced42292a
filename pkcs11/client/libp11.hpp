// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// libp11's context beside our own function list of the same module. Private to the client.
//
// PKCS11_update_slots of libp11 0.4.12 reads behind its array from two slots on (measured). As its later
// source has it, PKCS11_open_session and the release of a slot list call C_CloseAllSessions, which ends
// everybody's sessions and login in this process; PKCS11_login keeps a copy of the PIN on the heap;
// PKCS11_CTX_unload calls C_Finalize. So none of them is called while a Session is open: libp11 opens its
// sessions by itself, the login is the one our Session made, each key looks at a slot list of its own, and
// lists no key uses any more are released when the last Session is closed.
#pragma once

#include "pkcs11/client/keys.hpp"

#include <mutex>

#include <libp11.h>
#include <openssl/ui.h>

namespace acredita::client {

// Where libp11, in whatever thread signs, comes for the PIN of an operation.
class PinDesk {
public:
    void put(PinSource source);
    [[nodiscard]] Result<Secret> ask() const;

private:
    mutable std::mutex guard_;
    PinSource source_;
};

class LibP11 {
public:
    // `finalise`: whether C_Finalize is ours to call when this ends.
    [[nodiscard]] static Result<std::unique_ptr<LibP11>> load(const std::filesystem::path& file,
                                                              bool finalise);
    ~LibP11();
    LibP11(const LibP11&) = delete;
    LibP11& operator=(const LibP11&) = delete;

    // What libp11 saw of the slots at one moment; its keys hang on it.
    struct SlotList;
    struct Found {
        EvpKey key;
        std::shared_ptr<SlotList> slots; // must end after the key
    };
    [[nodiscard]] Result<Found> private_key(CK_SLOT_ID slot, ByteView id, PinSource operation_pin);
    // Only while no Session is open.
    void release_unused() noexcept;

private:
    LibP11(PKCS11_CTX* context, bool finalise) noexcept : context_(context), finalise_(finalise) {}
    [[nodiscard]] Result<void> prepare_ui();

    std::mutex guard_;
    PKCS11_CTX* context_;
    bool finalise_;
    std::vector<std::shared_ptr<SlotList>> lists_;
    UI_METHOD* ui_ = nullptr;
    PinDesk pin_desk_;
};

} // namespace acredita::client
