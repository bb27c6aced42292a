// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card that cannot be served: whether that is what an error says, and of which family the card is.
#pragma once

#include "tools/diagnosis/card_verdict.hpp"

#include <optional>

namespace acredita::desk {

struct CardVerdict {
    const profile::Family* family = nullptr; // nullptr: unknown
    Bytes atr{};

    [[nodiscard]] profile::Verdict kind() const noexcept {
        return family != nullptr ? family->verdict : profile::Verdict::unknown;
    }
    // Its sheet, with whom to ask out of the configuration.
    [[nodiscard]] diagnosis::Page page(catalogue::Language language) const;
};

// The verdict on the card in the reader (`reader`: any part of its name; empty: the one with a card), if
// `error` says that no application of it is served or, where its family is known, that none takes a key;
// nullopt: `error` is about something else, or the card has gone.
[[nodiscard]] std::optional<CardVerdict> verdict_on(const Error& error, const std::string& reader);

} // namespace acredita::desk
