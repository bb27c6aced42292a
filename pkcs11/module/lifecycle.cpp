// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/lifecycle.hpp"

#include <thread>

#include <unistd.h>

namespace acredita::module::lifecycle {

namespace {

// A lock that knows which process holds it: one that another thread of the parent held at the moment of the
// fork is free in the child, where that thread does not exist. Held for a few instructions only.
class ProcessLock {
public:
    void lock() noexcept {
        const auto self = ::getpid();
        for (auto holder = pid_t{0};; holder = holder_.load(std::memory_order_relaxed)) {
            if (holder == self) {
                std::this_thread::yield();
            } else if (holder_.compare_exchange_weak(holder, self, std::memory_order_acquire)) {
                return;
            }
        }
    }
    void unlock() noexcept { holder_.store(0, std::memory_order_release); }

private:
    std::atomic<pid_t> holder_{0};
};

struct Global {
    ProcessLock lock;
    std::shared_ptr<Library>* library = nullptr; // on the heap, so that nothing is destroyed at exit
    std::shared_ptr<Library>* parents = nullptr; // kept reachable, never touched
    pid_t owner = 0;
    MakeSurroundings make = &real_surroundings;
};

constinit Global global;

// After a fork the copy of the parent's library is put aside: its destructors would speak over the parent's
// socket.
void put_aside_the_parents() {
    if (global.library != nullptr && global.owner != ::getpid()) {
        global.parents = global.library;
        global.library = nullptr;
    }
}

Result<void> check(const CK_C_INITIALIZE_ARGS& arguments) {
    const bool some = arguments.CreateMutex != nullptr || arguments.DestroyMutex != nullptr ||
                      arguments.LockMutex != nullptr || arguments.UnlockMutex != nullptr;
    const bool all = arguments.CreateMutex != nullptr && arguments.DestroyMutex != nullptr &&
                     arguments.LockMutex != nullptr && arguments.UnlockMutex != nullptr;
    if (some != all) return fail(CKR_ARGUMENTS_BAD);
    return {};
}

} // namespace

Result<void> initialize(const CK_C_INITIALIZE_ARGS* arguments) {
    if (arguments != nullptr) ACREDITA_CHECK(check(*arguments));
    const std::scoped_lock lock(global.lock);
    put_aside_the_parents();
    if (global.library != nullptr) return fail(CKR_CRYPTOKI_ALREADY_INITIALIZED);
    global.library = new std::shared_ptr<Library>(std::make_shared<Library>(global.make()));
    global.owner = ::getpid();
    return {};
}

Result<void> finalize() {
    std::shared_ptr<Library> last; // its end, which talks to pcscd, is outside the lock
    {
        const std::scoped_lock lock(global.lock);
        put_aside_the_parents();
        if (global.library == nullptr) return fail(CKR_CRYPTOKI_NOT_INITIALIZED);
        last = std::move(*global.library);
        delete global.library;
        global.library = nullptr;
    }
    last->stop();
    return {};
}

std::shared_ptr<Library> current() noexcept {
    const std::scoped_lock lock(global.lock);
    if (global.library == nullptr || global.owner != ::getpid()) return nullptr;
    return *global.library;
}

void use_surroundings(MakeSurroundings make) noexcept { global.make = make; }

} // namespace acredita::module::lifecycle
