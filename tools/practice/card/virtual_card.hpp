// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A chip in a reader: power, reset, one atomic exchange at a time, a counter of exchanges, latency, and the
// moment at which it is torn out. Its memory is written before its answer leaves.
//
// Safe to use from several threads. Latency delays the answer, not the work.
#pragma once

#include "tools/practice/card/application.hpp"
#include "tools/practice/card/state_file.hpp"
#include "tools/practice/card/transcript.hpp"

#include <chrono>
#include <functional>
#include <optional>

namespace acredita::practice {

// How a card is torn out: before it has done the command, or after it has, its answer lost on the way; and
// whether it is back at once (so that no reader notices anything but a failed exchange) or after a second.
struct Tear {
    std::uint64_t exchange = 0; // counted from 1 since the counter was reset
    bool work_done = false;
    bool quick_swap = false;
};

class VirtualCard {
public:
    struct Surroundings {
        std::size_t reader = 0;
        std::string name; // key of the state file
        StateFile* state = nullptr;
        Transcript* transcript = nullptr;
        std::chrono::milliseconds latency{0};
    };

    VirtualCard(std::unique_ptr<Application> application, Surroundings surroundings);
    // Takes the memory from the state file, if it holds any; bad_state if it is not this kind's.
    Result<void> restore();

    // Power-up or reset; the ATR, empty if the card is mute.
    [[nodiscard]] Bytes power_up();
    void power_down();
    [[nodiscard]] Bytes atr() const;
    // nullopt: torn out at this exchange, or without power.
    [[nodiscard]] std::optional<Bytes> exchange(ByteView command);

    void tear_at(std::optional<Tear> tear);
    // Called, outside any lock, when a tear has happened.
    void on_tear(std::function<void(const Tear&)> told);
    [[nodiscard]] std::uint64_t exchanges() const;
    void reset_exchanges();

private:
    [[nodiscard]] std::optional<Bytes> work(ByteView command, std::optional<Tear>& torn);

    mutable std::mutex mutex_;
    std::unique_ptr<Application> application_;
    Surroundings surroundings_;
    std::function<void(const Tear&)> torn_;
    std::optional<Tear> tear_;
    std::uint64_t exchanges_ = 0;
    bool powered_ = false;
};

} // namespace acredita::practice
