// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a person has typed into a secret field so far: UTF-8 in a Secret of fixed capacity, which never moves.
#pragma once

#include "pcsc/base/secret.hpp"

#include <optional>

namespace acredita::kiosk {

class Entry {
public:
    // `limit`: characters, i.e. code points. Throws std::bad_alloc if no page can be had.
    Entry(std::size_t limit, bool digits_only);

    // False, and nothing changes: it is full, or the character is no part of any secret (a control character,
    // half a surrogate pair; with digits_only whatever is not 0 to 9).
    [[nodiscard]] bool add(char32_t character) noexcept;
    // The last character; nothing if there is none.
    void erase() noexcept;
    void clear() noexcept;
    // What was typed, for its new owner; the entry is empty afterwards and ready for the next.
    [[nodiscard]] Secret take();

    [[nodiscard]] std::size_t length() const noexcept { return length_; }
    [[nodiscard]] std::size_t limit() const noexcept { return limit_; }
    // Character number `index`, counted from 0; nothing behind the end. Whoever asks wipes it.
    [[nodiscard]] std::optional<char32_t> at(std::size_t index) const noexcept;

private:
    std::size_t limit_;
    bool digits_only_;
    std::size_t length_ = 0;
    Secret bytes_;
};

} // namespace acredita::kiosk
