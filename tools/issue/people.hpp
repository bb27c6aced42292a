// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The questions only people can answer, asked by the job from its own thread. The terminal, the kiosk and the
// tests each have their own People. Every answer may be an error, which ends the job with that error.
#pragma once

#include "pcsc/base/secret.hpp"
#include "tools/issue/certificate.hpp"

#include <optional>
#include <span>

namespace acredita::issue {

struct PinQuestion {
    std::optional<unsigned> tries_left; // nullopt: the card or its module does not say
    bool last_try = false;              // the next wrong one blocks the card
    bool factory = false;               // still the PIN the card was delivered with
    unsigned asked_before = 0;          // how often in this job
    bool malformed_before = false;      // the last one could not be a PIN of this card and was not sent
};

// Writing at this place destroys this.
struct Loss {
    std::uint8_t place = 0;
    std::optional<CertificateSummary> certificate; // nullopt: none, or one that cannot be read
    bool key = false;
};

class People {
public:
    virtual ~People() = default;

    // `wrong_before`: how many were typed wrong already; asked until it is right or an error comes back.
    [[nodiscard]] virtual Result<Secret> passphrase(unsigned wrong_before) = 0;
    // Index into the list; only asked if there are several.
    [[nodiscard]] virtual Result<std::size_t> choose(std::span<const CertificateSummary> credentials) = 0;
    // The chosen certificate, before anything is written: an error stops the job.
    [[nodiscard]] virtual Result<void> review(const CertificateSummary& chosen) = 0;
    [[nodiscard]] virtual Result<bool> allow_expired(const CertificateSummary& chosen) = 0;
    [[nodiscard]] virtual Result<bool> allow_overwrite(const Loss& loss) = 0;
    [[nodiscard]] virtual Result<bool> allow_last_try(const PinQuestion& question) = 0;
    [[nodiscard]] virtual Result<Secret> pin(const PinQuestion& question) = 0;
    // The reader has its own keypad and asks now; `again`: for the proof, after the card was restarted.
    virtual void look_at_reader(bool again) = 0;

protected:
    People() = default;
    People(const People&) = default;
    People& operator=(const People&) = default;
};

} // namespace acredita::issue
