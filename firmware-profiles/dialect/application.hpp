// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The selected application on one card during one verb: sends commands, and sees to it that they reach the
// application they are meant for. Memory is what is known about the connection and outlives the Application;
// Channel and Profile must outlive it.
#pragma once

#include "firmware-profiles/dialect/status.hpp"
#include "firmware-profiles/profile/profile.hpp"

#include <chrono>

namespace acredita::dialect {

struct Memory {
    bool selected = false;
    bool pin = false;    // verified
    bool admin = false;  // authenticated
    unsigned losses = 0; // how often all that was forgotten, and with it what else the selection held
    // When the last answer came that only our application gives.
    std::chrono::steady_clock::time_point answered{};
    Bytes aid{};        // the name by which the application answered; empty: the profile's only one
    // What stays true whatever happens to the connection:
    bool refuses_extended = false;
    bool lacks_metadata = false;
    std::optional<profile::Version> version{};
    std::optional<std::uint8_t> admin_algorithm{};

    void select() noexcept {
        selected = true;
        answered = std::chrono::steady_clock::now();
    }
    void lose() noexcept {
        selected = pin = admin = false;
        ++losses;
    }
};

// The login without which a command makes no sense.
enum class Login : std::uint8_t { none, pin, admin };

class Application {
public:
    Application(Channel& channel, const profile::Profile& profile, Memory& memory)
        : channel_(channel), profile_(profile), memory_(memory) {}

    [[nodiscard]] const profile::Profile& profile() const noexcept { return profile_; }
    [[nodiscard]] Memory& memory() noexcept { return memory_; }
    // Commands and answers may be longer than 255 bytes without being cut.
    [[nodiscard]] bool extended();

    // Forgets every login, as the card does (or, on strict PIV cards, as we had better assume).
    [[nodiscard]] Result<void> select();
    // Before a PIN goes to the card: whichever application is selected would take it for its own, and its
    // owner would lose a try. Whoever has not heard from ours for a moment asks, because only a transaction
    // keeps other programs from selecting theirs: by selecting it again or, so as not to end an
    // administrator's login, by the object that names the application.
    [[nodiscard]] Result<void> make_sure();
    // One command; one that carries a PIN after make_sure(). If the answer says that another application is
    // selected, selects ours and sends it once more, unless it needs a login that is gone by that: then
    // pin_needed or admin_needed. After a chain that broke or an exchange that failed nothing of it is left
    // on the card. A status word is for the caller to judge.
    [[nodiscard]] Result<ResponseApdu> send(const CommandApdu& command, Login login = Login::none);
    // The same with every status word but 9000 judged.
    [[nodiscard]] Result<ResponseApdu> must(const CommandApdu& command, Step step, Login login = Login::none);
    // "Not there" is also what another application would say. True once it is certain that ours said it.
    [[nodiscard]] Result<bool> was_ours();
    // Asked from the card once, and only by those who need it. {} if it cannot be known.
    [[nodiscard]] Result<profile::Version> version();

private:
    // Whether the discovery object of the selected application bears the name of ours; nullopt: it has none.
    [[nodiscard]] Result<std::optional<bool>> is_named();
    [[nodiscard]] Result<ResponseApdu> transmit(const CommandApdu& command);

    Channel& channel_;
    const profile::Profile& profile_;
    Memory& memory_;
    bool certain_ = false; // our application has answered within this verb
};

} // namespace acredita::dialect
