// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How one maker's module wants to be spoken to: values a profile gives (firmware-profiles/profile,
// [module]). A module nobody has described has the values here, which ask the least and believe the least.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace acredita::client {

enum class Role { user, administrator };

// What C_CreateObject is told of a private key beside its numbers. Tried in a fixed order until the module
// takes one; only a complaint about the template leads to the next.
enum class KeyTemplate {
    full,          // with everything the standard lets say
    no_subject,    // without CKA_SUBJECT
    no_protection, // also without CKA_SENSITIVE and CKA_EXTRACTABLE: the proof shows what the card made of it
    bare,          // also without CKA_SIGN and CKA_DECRYPT: class, type, token, private, names, numbers
};

// What "afresh" is before the proofs.
enum class Restart {
    card,    // sessions closed, the card reset; the module stays
    process, // also the module's process is ended and begun again: nothing it remembers helps it
    nothing, // sessions closed only: the module keeps the reader to itself
};

// What a receipt can state only because the module says so.
enum class Statement { certificate, refusal, protection };

struct Manners {
    std::string name{}; // of the maker's software, for people; empty: not known
    std::optional<Role>
        storing_role{};            // nullopt: the holder, because an administrator's PIN is never guessed
    bool stores = true;            // false: known never to take a key
    bool public_key_first = false; // a public key object must lie there before the private one
    std::vector<KeyTemplate> templates{KeyTemplate::full, KeyTemplate::no_subject, KeyTemplate::no_protection,
                                       KeyTemplate::bare};
    std::chrono::milliseconds settle{0}; // how late what was stored may show itself
    Restart restart = Restart::process;
    std::vector<Statement> on_its_word{Statement::refusal, Statement::protection};
    std::chrono::seconds patience{60}; // for one call; then the module's process is ended

    [[nodiscard]] bool rests_on_word(Statement statement) const noexcept {
        for (const auto one : on_its_word)
            if (one == statement) return true;
        return false;
    }
};

} // namespace acredita::client
