// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A maker's module in a process of its own, reached through p11-kit's remoting: whatever it does to itself
// (crash, hang, exit, noise on its streams, threads and children left behind) ends there.
//
// p11-kit's client module, loaded here, starts pkcs11/client/host for us and speaks to it over a socket pair;
// it learns the command from P11_KIT_SERVER_ADDRESS, which names no secret. The host's last words come over a
// datagram socket, so that "it crashed" and "it did not answer" are told apart from a card that left.
// Source: p11-kit 0.24 manual, "Remoting / Forwarding"; p11-kit(8), "remote".
#pragma once

#include "pkcs11/client/client_error.hpp"
#include "pkcs11/client/manners.hpp"

#include <filesystem>
#include <memory>
#include <mutex>

#include <p11-kit/pkcs11.h>

namespace acredita::client {

class Apart {
public:
    // One for each file, and it never ends: p11-kit remembers the address as long as the process lives.
    // `patience` counts from the first call on. module_host_missing.
    [[nodiscard]] static Result<Apart*> of(const std::filesystem::path& module,
                                           std::chrono::seconds patience);
    Apart(const Apart&) = delete;
    Apart& operator=(const Apart&) = delete;

    // p11-kit's client module.
    [[nodiscard]] static std::filesystem::path library();
    // Why the module's process has ended: module_hung, module_crashed, module_exited, not_a_module. nullopt:
    // it runs, or it ended because we did.
    [[nodiscard]] std::optional<Error> ended();
    // Before a new start.
    void forget();

    // A file that, loaded as a module while the lock is held, is what `functions` is: libp11 must share the
    // connection, or it would need a login of its own.
    struct Again {
        std::filesystem::path file;
        std::unique_lock<std::mutex> lock;
    };
    [[nodiscard]] static Result<Again> again(CK_FUNCTION_LIST* functions);

    // While it lives, p11-kit's client module is this one's. Others wait.
    class Address {
    public:
        explicit Address(const Apart* apart); // nullptr: nothing to do
        ~Address();
        Address(const Address&) = delete;
        Address& operator=(const Address&) = delete;

    private:
        std::unique_lock<std::mutex> lock_;
    };

private:
    Apart(std::string name, int ear, std::string address)
        : name_(std::move(name)), ear_(ear), address_(std::move(address)) {}

    std::string name_;
    int ear_; // open as long as the process
    std::string address_;
    std::mutex guard_; // of the one below
    std::optional<Error> ended_;
};

// What any module apart that has ended said, for an error that came from nowhere.
[[nodiscard]] std::optional<Error> ended_apart();

} // namespace acredita::client
