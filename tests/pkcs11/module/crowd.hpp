// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A program with many threads that uses every card as soon as it is there.
#pragma once

#include "tests/pkcs11/module/caller.hpp"

#include <thread>

namespace acredita::test {

// The keys on the cards of this test, in the order of the readers at the beginning.
[[nodiscard]] inline const std::vector<const KeyPair*>& all_pairs() {
    static const auto* pairs =
        new std::vector<const KeyPair*>{&office_pair(), &rsa_pair(), &other_rsa_pair(), &ec_pair()};
    return *pairs;
}

// Threads that use every card as soon as it is there: 's' starts them, 'q' ends them and the module with
// them.
class Crowd {
public:
    Report obey(char command) {
        if (command == 's') return start();
        stopping_ = notes_.ending = true;
        CK_SLOT_ID slot = 0;
        // Whoever waits for an event is woken by this.
        const auto finalised = module_->p11->C_Finalize(nullptr);
        for (auto& thread : threads_) thread.join();
        threads_.clear();
        if (finalised != CKR_OK) notes_.fault("C_Finalize gave " + std::to_string(finalised));
        if (module_->p11->C_WaitForSlotEvent(0, &slot, nullptr) != CKR_CRYPTOKI_NOT_INITIALIZED)
            notes_.fault("the library lives after its end");
        module_.reset();
        return notes_.take();
    }

private:
    Report start() {
        module_.emplace();
        CK_ULONG count = 0;
        (void)module_->p11->C_GetSlotList(CK_FALSE, nullptr, &count);
        stopping_ = notes_.ending = false;
        for (CK_SLOT_ID slot = 0; slot < all_pairs().size(); ++slot) {
            threads_.emplace_back([this, slot] { sign_on(slot); });
            threads_.emplace_back([this, slot] { find_on(slot); });
        }
        threads_.emplace_back([this] { wait_for_events(); });
        threads_.emplace_back([this] { look_around(); });
        return {};
    }
    // Notes what was refused, and leaves the card a moment.
    void judge(const char* what, CK_RV rv) {
        if (rv == CKR_OK) return;
        notes_.refused(what, rv);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    void sign_on(CK_SLOT_ID slot) {
        Caller caller(module_->p11, notes_);
        while (!stopping_) {
            auto rv = caller.open(slot);
            judge("open", rv);
            if (rv != CKR_OK) continue;
            judge("login", rv = caller.login());
            if (rv != CKR_OK) continue;
            judge("find", rv = caller.find_key(all_pairs()));
            for (int i = 0; i < 50 && rv == CKR_OK && !stopping_; ++i) judge("sign", rv = caller.sign());
        }
    }
    void find_on(CK_SLOT_ID slot) {
        Caller caller(module_->p11, notes_);
        while (!stopping_) {
            auto rv = caller.open(slot);
            judge("open", rv);
            for (int i = 0; i < 5 && rv == CKR_OK && !stopping_; ++i) {
                rv = caller.find_key(all_pairs());
                // Who does not log in sees the key only while somebody else has.
                if (rv == CKR_USER_NOT_LOGGED_IN)
                    rv = CKR_OK;
                else
                    judge("find", rv);
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            }
        }
    }
    void wait_for_events() {
        while (!stopping_) {
            CK_SLOT_ID slot = 0;
            const auto rv = module_->p11->C_WaitForSlotEvent(0, &slot, nullptr);
            if (rv != CKR_OK && !(stopping_ && rv == CKR_CRYPTOKI_NOT_INITIALIZED))
                notes_.fault("C_WaitForSlotEvent gave " + std::to_string(rv));
        }
    }
    void look_around() {
        Caller caller(module_->p11, notes_);
        for (CK_SLOT_ID slot = 0; !stopping_; slot = (slot + 1) % all_pairs().size()) {
            if (caller.open(slot) == CKR_OK && !stopping_) caller.look(slot);
            notes_.look_for_hangs();
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }

    std::optional<LoadedModule> module_{};
    Notes notes_{};
    std::vector<std::thread> threads_{};
    std::atomic<bool> stopping_{false};
};

} // namespace acredita::test
