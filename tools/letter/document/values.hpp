// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a letter says of this person, this office and these two keys. All text UTF-8.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace acredita::letter {

// Whose key signs: the first letter is signed with the key that goes, the second with the one that stays.
enum class Signs : std::uint8_t { previous, renewed };

// Where the renewed key was made: outside and loaded onto the card, or by the card itself.
enum class Origin : std::uint8_t { outside, on_card };

// Where the letter is made; from the office's configuration.
struct Office {
    std::string institution{}; // "Universidad de ..."
    std::string name{};        // "Oficina de acreditación"
    std::string building{};
    std::string room{};
    std::string hours{};
    std::string help{};                   // telephone, mail
    std::string place{};                  // the town, for the date line
    std::vector<std::string> addressee{}; // lines
};

struct Person {
    std::string name;
    std::string nif;
    std::string user;
    std::string email;
};

// A public key and what its certificate says. spki: DER SubjectPublicKeyInfo (RFC 5280 4.1.2.7).
struct KeyFacts {
    Bytes spki{};
    std::string algorithm; // "RSA", "EC P-256"
    unsigned bits = 0;
    std::string serial;    // of the certificate, hex; "" for a key that has none yet
    std::string not_after; // "2026-11-21", "" likewise
};

struct Letter {
    Signs signs = Signs::previous;
    std::string folio; // "R-2026-000123"
    Bytes nonce{};     // 16 bytes; ties the two letters of one renewal together
    std::chrono::sys_seconds issued{};
    std::chrono::year_month_day day{};  // the same by the office's calendar
    std::chrono::sys_seconds expires{}; // signing it later is refused
    Office office{};
    Person person{};
    KeyFacts previous{};
    KeyFacts renewed{};
    Origin origin = Origin::outside; // of the renewed key
    Bytes previous_letter{}; // SHA-256 of the first letter as signed; empty in the first
};

} // namespace acredita::letter
