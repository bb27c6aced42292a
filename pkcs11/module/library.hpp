// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Everything between C_Initialize and C_Finalize: the slots, the sessions, and what the readers looked like
// last. Its lock guards the maps and is never held while a card, a reader or a person is waited for.
#pragma once

#include "pkcs11/module/session.hpp"

namespace acredita::module {

class Library {
public:
    explicit Library(std::unique_ptr<Surroundings> surroundings) : surroundings_(std::move(surroundings)) {}

    // Looks at the readers; new ones become slots behind the old ones, none is ever renumbered or taken away.
    void refresh();
    [[nodiscard]] std::vector<std::shared_ptr<Slot>> slots() const;
    // Looks at the readers first if it never has: programs told in their configuration which slot to use do
    // not ask for the list (SunPKCS11 with "slot=", as AutoFirma can write it).
    [[nodiscard]] Result<std::shared_ptr<Slot>> slot(CK_SLOT_ID id);

    [[nodiscard]] CK_SESSION_HANDLE add(std::shared_ptr<Session> session);
    // SESSION_HANDLE_INVALID, too, if the card it was opened on is gone.
    [[nodiscard]] Result<std::shared_ptr<Session>> session(CK_SESSION_HANDLE handle) const;
    [[nodiscard]] Result<void> close(CK_SESSION_HANDLE handle);
    void close_all(const Slot& slot);
    struct Count {
        CK_ULONG all = 0, read_write = 0;
    };
    [[nodiscard]] Count count(const Slot& slot) const;

    // A slot whose reader or card has changed since it was last told. NO_EVENT, or CRYPTOKI_NOT_INITIALIZED
    // after stop().
    [[nodiscard]] Result<CK_SLOT_ID> wait_for_event(bool block);
    // C_Finalize: whoever waits gives up.
    void stop();
    [[nodiscard]] bool stopped() const noexcept { return stopping_; }

private:
    [[nodiscard]] std::optional<CK_SLOT_ID> next_event() const;

    const std::unique_ptr<Surroundings> surroundings_;
    std::atomic<bool> stopping_{false};

    mutable std::mutex maps_;
    std::vector<std::shared_ptr<Slot>> slots_{};
    mutable HandleMap<Session> sessions_{};

    std::mutex looking_; // at the readers; held for one question to pcscd
    std::vector<reader::ReaderState> last_{};
};

} // namespace acredita::module
