// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// libpcsclite's C interface, played by the test: linked into a test program it takes the place of the real
// library, so that every fault can be provoked. It is strict: a call with a handle that is not open, a
// transaction ended that was not begun (but for the question whether the card is free), a handle left open at
// the end are violations, and a test ends with BOOST_TEST(pcsc.violations() == ""). Thread-safe. Where it
// differs from pcscd, the tests with the real one judge.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>

namespace acredita::tests {

struct FakeReader {
    bool present = false;
    bool mute = false;
    bool exclusive = false;
    bool in_use = false;
    unsigned protocol = 2; // SCARD_PROTOCOL_T1
    std::uint16_t events = 0;
    Bytes atr{0x3B, 0x80, 0x80, 0x01, 0x01};
    bool held_elsewhere = false; // another program has a transaction
};

class FakePcsc {
public:
    static FakePcsc& instance();

    // Everything as at the beginning: a running service and no reader.
    void restart();
    // Changes something as the world would, and wakes whoever waits.
    void change(const std::function<void(FakePcsc&)>& what);
    void insert(const std::string& reader);
    void remove(const std::string& reader);
    void stop_service(); // what is open turns stale
    void start_service();

    // The next call of this function returns this code and does nothing else.
    void fail_next(const std::string& function, long code);
    [[nodiscard]] unsigned calls(const std::string& function);
    // What is wrong with the calls so far, and what is still open.
    [[nodiscard]] std::string violations();

    std::map<std::string, FakeReader> readers;
    std::function<Bytes(ByteView)> card;                  // answers a command; default: 90 00
    std::function<Bytes(unsigned long, ByteView)> device; // answers SCardControl

    // For the C functions only.
    struct Handle {
        long context = 0;
        std::string reader;
        long pending = 0; // SCARD_W_RESET_CARD or SCARD_W_REMOVED_CARD, until reconnected
        bool in_transaction = false;
    };
    std::recursive_mutex mutex;
    std::condition_variable_any changed;
    std::map<long, bool> contexts; // alive or stale
    std::map<long, Handle> handles;
    std::set<long> cancelled, waiting;
    bool running = true;
    long last_handle = 100;
    [[nodiscard]] long enter(const std::string& function); // 0, or the code to fail with
    void complain(const std::string& what);

private:
    std::multimap<std::string, long> failures_;
    std::map<std::string, unsigned> calls_;
    std::string violations_;
};

} // namespace acredita::tests
