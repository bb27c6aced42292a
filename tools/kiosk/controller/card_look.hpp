// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the card in the reader is, holds and can do, before anybody types a secret. Costs no PIN try.
#pragma once

#include "tools/issue/certificate.hpp"
#include "tools/issue/target.hpp"

namespace acredita::kiosk {

struct CardHeld {
    issue::CertificateSummary certificate;
    bool key = false; // its private key is there, too
};

struct CardLook {
    std::optional<Error> fault; // why it cannot be used, or cannot take a key
    Bytes atr;
    std::string model, maker, label, serial, reader;
    client::CardFacts facts;
    std::vector<CardHeld> holds;
};

// In the thread that does the waiting.
[[nodiscard]] CardLook look_at_card(const client::Choice& choice);

} // namespace acredita::kiosk
