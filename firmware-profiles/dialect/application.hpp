// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The selected application on one card during one verb: sends commands, and sees to it that they reach the
// application they are meant for. Memory is what is known about the connection and outlives the Application;
// Channel and Profile must outlive it.
#pragma once

#include "firmware-profiles/dialect/status.hpp"
#include "firmware-profiles/profile/profile.hpp"

namespace acredita::dialect {

struct Memory {
    bool selected = false;
    bool pin = false;   // verified
    bool admin = false; // authenticated
    // What stays true whatever happens to the connection:
    bool refuses_extended = false;
    bool lacks_metadata = false;
    std::optional<profile::Version> version{};
    std::optional<std::uint8_t> admin_algorithm{};

    void lose() noexcept { selected = pin = admin = false; }
};

// The login without which a command makes no sense.
enum class Login : std::uint8_t { none, pin, admin };

class Application {
public:
    Application(Channel& channel, const profile::Profile& profile, Memory& memory)
        : channel_(channel), profile_(profile), memory_(memory) {}

    [[nodiscard]] const profile::Profile& profile() const noexcept { return profile_; }
    [[nodiscard]] Memory& memory() noexcept { return memory_; }

    // Forgets every login, as the card does (or, on strict PIV cards, as we had better assume).
    [[nodiscard]] Result<void> select();
    // One command. If the answer says that another application is selected, selects ours and sends it once
    // more, unless it needs a login that is gone by that: then pin_needed or admin_needed. After a chain that
    // broke or an exchange that failed nothing of it is left on the card. A status word is for the caller to
    // judge.
    [[nodiscard]] Result<ResponseApdu> send(const CommandApdu& command, Login login = Login::none);
    // The same with every status word but 9000 judged.
    [[nodiscard]] Result<ResponseApdu> must(const CommandApdu& command, Step step, Login login = Login::none);
    // "Not there" is also what another application would say. True once it is certain that ours said it.
    [[nodiscard]] Result<bool> was_ours();
    // Asked from the card once, and only by those who need it. {} if it cannot be known.
    [[nodiscard]] Result<profile::Version> version();

private:
    [[nodiscard]] Result<ResponseApdu> transmit(const CommandApdu& command);

    Channel& channel_;
    const profile::Profile& profile_;
    Memory& memory_;
    bool certain_ = false; // our application has answered within this verb
};

} // namespace acredita::dialect
