// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The main job: a backup's key and certificate onto a card, proven there. No window, no file, no global.
//
// run() goes through the steps of step.hpp. Everything that can be refused is refused before the first secret
// is asked for, the PIN is verified before the first write, the certificate is written before the key, and
// success is declared only after the card was restarted and everything was proven. Interrupted anywhere, the
// next run completes it: a place that holds our certificate already is where it goes on. No PIN is presented
// that a person did not type, and the one that was accepted is presented once more, after the restart, from
// locked memory.
//
// Errors: issue_errc and those of the layers below; card_removed with the step's name if the card left.
#pragma once

#include "tools/issue/administration.hpp"
#include "tools/issue/people.hpp"
#include "tools/issue/receipt.hpp"
#include "tools/issue/step.hpp"
#include "tools/issue/target.hpp"

namespace acredita::issue {

struct Request {
    client::Choice module{};
    std::string reader{}; // any part of its name; empty: the one with a card
    ByteView backup{};    // the file's bytes
    // Instead of a backup: this certificate (DER) alone, for a key that the card has made. The steps of the
    // file and of the key have nothing to do then; everything is proven as usual.
    ByteView certificate{};
    std::optional<std::uint8_t> place{}; // where that key is; nullopt: the module finds it
    AdministrationKey administration{};  // may be empty
    bool allow_factory_key = false;      // the factory's administration key is a real answer here
    Secret so_pin{};                     // of cards that a maker's module administers; never guessed
    std::string office{};
    std::string version{};
    bool practice = false; // said on the receipt
    Clock::time_point now = Clock::now();
};

[[nodiscard]] Result<Receipt> run(const Request& request, People& people, Progress& progress);

} // namespace acredita::issue
