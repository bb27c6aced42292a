// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A program above the module, as the input would have it: which C_* functions, in which order, with which
// arguments. A zero byte is always the sensible choice, so an input of zeros is a well-behaved program.
// Pointers are valid or NULL, buffers lie on the heap by themselves and are exactly as long as it says, so a
// sanitizer sees every byte too many; only lengths no program could mean are said without a buffer behind
// them.
#pragma once

#include "tests/fuzz/arguments.hpp"
#include "tests/fuzz/card_world.hpp"

namespace acredita::fuzz {

class Host {
public:
    // Initialises the module in this world; it is finalised at the end. Both must outlive the Host.
    Host(World& world, Feed& feed);
    ~Host();
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    // List, find, log in, sign, decrypt, store, wait, close: what every client does.
    void everyday();
    // Until the input ends, so many calls at most.
    void run(std::size_t most_calls);

private:
    void one();
    bool general(std::uint8_t which);
    bool sessions(std::uint8_t which);
    bool objects(std::uint8_t which);
    bool operations(std::uint8_t which);
    bool messages(std::uint8_t which);
    bool vendor(std::uint8_t which);
    void happen(std::uint8_t which);

    // What a call answered; a broken promise ends the run.
    CK_RV answered(CK_RV rv);
    CK_RV answered(CK_RV rv, const Output& out);
    [[nodiscard]] CK_SESSION_HANDLE session();
    [[nodiscard]] CK_OBJECT_HANDLE object();
    [[nodiscard]] CK_SLOT_ID slot();
    void look_around();

    World& world_;
    Feed& feed_;
    Arguments give_;
    CK_FUNCTION_LIST* p11_ = nullptr;
    std::vector<CK_SESSION_HANDLE> sessions_{};
    std::vector<CK_OBJECT_HANDLE> objects_{};
};

} // namespace acredita::fuzz
