// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What people do to cards and readers, and the machine to its service.
#pragma once

#include "tests/support/practice.hpp"

#include <random>
#include <stdexcept>
#include <thread>

namespace acredita::test {

using namespace std::chrono_literals;

// Two readers in the hands of somebody restless.
class Hand {
public:
    Hand(Practice& practice, std::size_t first, unsigned seed)
        : practice_(practice), first_(first), random_(seed) {}

    void cycle() {
        const auto reader = first_ + pick(2);
        switch (pick(10)) {
        case 0:
        case 1:
        case 2:
            return tear(reader, false);
        case 3:
        case 4:
        case 5:
        case 6:
            return tear(reader, true);
        case 7:
            return done(practice_->swap(reader));
        case 8:
            done(practice_->remove(reader));
            return done(practice_->insert(reader));
        default:
            done(practice_->trade(first_, first_ + 1));
            done(practice_->insert(first_));
            return done(practice_->insert(first_ + 1));
        }
    }
    void unplug_one() {
        const auto reader = first_ + pick(2);
        done(practice_->unplug(reader));
        std::this_thread::sleep_for(1500ms);
        done(practice_->plug(reader));
        std::this_thread::sleep_for(1500ms);
    }
    void settle() {
        for (const auto reader : {first_, first_ + 1}) {
            done(practice_->tear_at(reader, std::nullopt));
            std::this_thread::sleep_for(1100ms); // for one that has just been torn out
            done(practice_->insert(reader));
        }
    }

private:
    std::size_t pick(std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
    }
    static void done(const Result<void>& outcome) {
        if (!outcome) throw std::runtime_error(describe(outcome.error()));
    }
    // At one of the next exchanges, if there are any in this time.
    void tear(std::size_t reader, bool quick) {
        const auto at = 1 + pick(25);
        done(practice_->reset_exchanges(reader));
        done(practice_->tear_at(reader, practice::Tear{at, pick(2) == 0, quick}));
        for (int i = 0; i < 300; ++i) {
            std::this_thread::sleep_for(10ms);
            const auto exchanges = practice_->exchanges(reader);
            if (exchanges && *exchanges >= at) break;
        }
        done(practice_->tear_at(reader, std::nullopt));
        if (!quick) std::this_thread::sleep_for(1100ms); // it comes back by itself
    }

    Practice& practice_;
    std::size_t first_;
    std::mt19937 random_;
};

inline void restart(Practice& practice, bool brutal) {
    const auto gone = brutal ? practice->kill_pcscd() : practice->stop_pcscd();
    if (!gone) throw std::runtime_error(describe(gone.error()));
    std::this_thread::sleep_for(500ms);
    if (const auto back = practice->start_pcscd(); !back) throw std::runtime_error(describe(back.error()));
}

} // namespace acredita::test
