// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One session: which card of which slot it was opened on, whether it may write, and what it is in the middle
// of. Used by one thread at a time (busy); the login state is not here, it belongs to the slot. Source: PKCS
// #11 v2.40 base, 5.6 and the states of 2.4 of the usage guide.
#pragma once

#include "pkcs11/module/operation.hpp"
#include "pkcs11/module/slot.hpp"

namespace acredita::module {

struct Session {
    Session(std::shared_ptr<Slot> of, bool may_write)
        : slot(std::move(of)), generation(slot->generation()), read_write(may_write) {}

    const std::shared_ptr<Slot> slot;
    const std::uint64_t generation;
    const bool read_write;

    std::mutex busy;
    std::optional<Search> search{};
    Operation operation{};

    // Its card is still the one in the reader.
    [[nodiscard]] bool alive() const noexcept { return slot->generation() == generation; }
    [[nodiscard]] CK_STATE state() const noexcept {
        switch (slot->login()) {
        case Login::user:
            return read_write ? CKS_RW_USER_FUNCTIONS : CKS_RO_USER_FUNCTIONS;
        case Login::so:
            return CKS_RW_SO_FUNCTIONS;
        case Login::none:
            break;
        }
        return read_write ? CKS_RW_PUBLIC_SESSION : CKS_RO_PUBLIC_SESSION;
    }
};

} // namespace acredita::module
