// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the module asks of the world outside: which readers there are, a line to the card in one of them, what
// kind of card that is, and where the cache may lie. The seam of its tests. Owned by the Library.
#pragma once

#include "firmware-profiles/card/card.hpp"
#include "pcsc/reader/transaction.hpp"
#include "pkcs11/module/configuration.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

namespace acredita::module {

// The keys of the reader itself. FUNCTION_CANCELED: the person cancelled or let the time pass;
// PIN_LEN_RANGE, PIN_INVALID: what was typed was too short or long, or not twice the same. Then nothing was
// sent to the card.
class Keypad {
public:
    Keypad() = default;
    Keypad(const Keypad&) = delete;
    Keypad& operator=(const Keypad&) = delete;
    virtual ~Keypad() = default;
    // Blocks until the person has typed.
    [[nodiscard]] virtual Result<StatusWord> ask(const card::TypedPin& question) = 0;
};

// One connection to one card life. Dead after any error of begin() or of an exchange; then make another.
class Line {
public:
    Line() = default;
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    virtual ~Line() = default;
    // Exclusive use of the card until the Channel ends. card_reset and card_removed as pcsc/reader says them.
    // Waits so long for other programs' transactions, then sharing_violation; the Channel's budget is spent
    // on exchanges.
    [[nodiscard]] virtual Result<std::unique_ptr<Channel>> begin(std::chrono::milliseconds patience) = 0;
    [[nodiscard]] virtual ByteView atr() const = 0;
    // ReaderState::events of the card it leads to.
    [[nodiscard]] virtual std::uint16_t events() const = 0;
    // While a Channel of begin() lives; nullptr: the reader has no keys.
    [[nodiscard]] virtual Keypad* keypad() { return nullptr; }
};

// Blocks until something changes at the readers; has a context of its own, so nobody else waits for it.
class Waiter {
public:
    Waiter() = default;
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    virtual ~Waiter() = default;
    // Returns when the readers differ from `known` or the time is over; errors mean there is no service:
    // slept, too.
    virtual void wait(const std::vector<reader::ReaderState>& known, std::chrono::milliseconds longest) = 0;
};

// How long a call may take, whoever keeps it waiting; then it fails with DEVICE_ERROR, and the next one tries
// anew.
struct Budget {
    std::chrono::milliseconds queue{60000};     // for other threads of this program at the same card
    std::chrono::milliseconds others{10000};    // for other programs that hold the card
    std::chrono::milliseconds exchanges{20000}; // for the card, its longest answer not counted
};

class Surroundings {
public:
    Surroundings() = default;
    Surroundings(const Surroundings&) = delete;
    Surroundings& operator=(const Surroundings&) = delete;
    virtual ~Surroundings() = default;

    // Used under one lock.
    [[nodiscard]] virtual Result<std::vector<reader::ReaderState>> readers() = 0;
    // These from any thread.
    [[nodiscard]] virtual std::unique_ptr<Waiter> make_waiter() = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<Line>> connect(const std::string& reader,
                                                                std::chrono::milliseconds patience) = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<card::Card>> recognise(Channel& channel, ByteView atr) = 0;
    [[nodiscard]] virtual Budget budget() const { return {}; }
    [[nodiscard]] virtual std::chrono::steady_clock::time_point now() const {
        return std::chrono::steady_clock::now();
    }
    [[nodiscard]] virtual Settings settings() const { return {}; }
    // Empty: no cache.
    [[nodiscard]] virtual std::filesystem::path cache_folder() const = 0;
};

// pcscd, the built-in profiles and the home folder of the user this process runs as.
[[nodiscard]] std::unique_ptr<Surroundings> real_surroundings();

} // namespace acredita::module
