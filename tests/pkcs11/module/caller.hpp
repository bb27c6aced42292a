// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One thread of a program: what it calls in the module, how long each call takes, and which codes it can
// explain. Nothing here asserts; whoever owns the threads looks at what they noted.
#pragma once

#include "tests/pkcs11/module/loaded_module.hpp"
#include "tests/pkcs11/module/other_process.hpp"

#include <atomic>
#include <map>
#include <mutex>

namespace acredita::test {

// Shared by the threads of a program.
class Notes {
public:
    // One call begins; a call that takes a minute ends the process with its name.
    class Call {
    public:
        Call(Notes& notes, const char* name);
        ~Call();
        Call(const Call&) = delete;
        Call& operator=(const Call&) = delete;

    private:
        Notes& notes_;
        std::chrono::steady_clock::time_point begun_;
        unsigned long mine_;
    };
    void fault(const std::string& text);
    void refused(const char* what, CK_RV rv);
    // Ends the process if a call hangs. To be called now and then.
    void look_for_hangs();
    [[nodiscard]] Report take();

    std::atomic<long> signatures{0}, prompts{0};
    std::atomic<bool> ending{false}; // C_Finalize has been or is being called: any call may hear of it

private:
    std::mutex mutex_{};
    Report report_{};
    std::map<unsigned long, std::pair<const char*, std::chrono::steady_clock::time_point>> running_{};
    std::map<std::string, long> codes_{};
    unsigned long last_ = 0;
};

class Caller {
public:
    Caller(CK_FUNCTION_LIST* p11, Notes& notes) : p11_(p11), notes_(notes) {}
    ~Caller() { close(); }
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;

    [[nodiscard]] CK_RV open(CK_SLOT_ID slot);
    void close();
    [[nodiscard]] CK_RV login();
    // The first private key, by its CKA_ID one of `known`; anything else is a fault.
    [[nodiscard]] CK_RV find_key(std::span<const KeyPair* const> known);
    // Verified; a signature by another key is a fault.
    [[nodiscard]] CK_RV sign();
    // What polling clients ask.
    void look(CK_SLOT_ID slot);

private:
    CK_FUNCTION_LIST* p11_;
    Notes& notes_;
    CK_SESSION_HANDLE session_ = 0;
    CK_OBJECT_HANDLE key_ = 0;
    const KeyPair* pair_ = nullptr;
};

// Puts a key and its certificate on each card, in the order of the readers.
void load_cards(std::span<const KeyPair* const> pairs);
// What the module says is left of the PIN of each card.
void test_that_no_try_was_spent(std::size_t cards);

} // namespace acredita::test
