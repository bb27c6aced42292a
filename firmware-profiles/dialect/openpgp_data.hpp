// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The data objects of an OpenPGP card (Functional Specification 3.4, 4.4 and 7.2.5 to 7.2.8): what the card
// says of itself, and its certificates.
#pragma once

#include "firmware-profiles/dialect/application.hpp"

#include <array>

namespace acredita::dialect::openpgp {

// The keys as data object DE counts them, from 1.
enum class Use : std::uint8_t { sign = 1, decipher = 2, authenticate = 3 };
[[nodiscard]] std::optional<Use> use_of(const profile::Place& place) noexcept;

// What one key place says of itself.
struct KeyFacts {
    Bytes attributes{};                        // 4.4.3.9
    Bytes fingerprint{};                       // 20 bytes, all zero: none was written
    std::optional<std::uint8_t> information{}; // DE: 0 none, 1 generated, 2 imported; absent: not told
    [[nodiscard]] card::Known present() const noexcept;
    [[nodiscard]] card::Origin origin() const noexcept;
};

// Application related data, 6E: everything one wants to know, in one answer.
struct ApplicationData {
    Bytes identifier{}; // 16 bytes: version, maker, serial number
    Bytes historical{}; // 5F52
    std::uint8_t capabilities = 0;
    std::size_t max_certificate = 0;
    bool one_signature = true;             // C4: PW1 with reference 81 serves one signature
    std::array<std::uint8_t, 3> longest{}; // of PW1, resetting code, PW3
    std::array<std::uint8_t, 3> tries{};
    std::array<KeyFacts, 3> keys{};

    [[nodiscard]] bool changes_attributes() const noexcept { return (capabilities & 0x04U) != 0; }
    [[nodiscard]] bool derives_passwords() const noexcept { return (capabilities & 0x01U) != 0; }
    [[nodiscard]] const KeyFacts& key(Use use) const { return keys.at(static_cast<std::size_t>(use) - 1); }
    [[nodiscard]] KeyFacts& key(Use use) { return keys.at(static_cast<std::size_t>(use) - 1); }
    [[nodiscard]] std::string serial() const; // maker and number, twelve hexadecimal digits
};

[[nodiscard]] CommandApdu get_data(std::uint16_t tag, std::size_t le);
[[nodiscard]] CommandApdu put_data(std::uint16_t tag, ByteView value, Mask mask = Mask::nothing);

// answer_malformed if the parts every card has are missing.
[[nodiscard]] Result<ApplicationData> parse_application_data(ByteView answer);
[[nodiscard]] Result<ApplicationData> read_application_data(Application&);
// C4 alone: into what is known.
[[nodiscard]] Result<void> refresh_tries(Application&, ApplicationData&);

// Which of the certificates the next GET or PUT DATA is about, which must follow at once. `current` is what
// the card was told last; a fresh selection begins with 0.
[[nodiscard]] Result<void> select_certificate(Application&, const profile::Place&, std::uint8_t& current);
[[nodiscard]] Result<Bytes> read_certificate(Application&, const profile::Place&, std::uint8_t& current);
// The first bytes, one exchange.
[[nodiscard]] Result<Bytes> read_certificate_head(Application&, const profile::Place&, std::uint8_t& current);
[[nodiscard]] Result<void> write_certificate(Application&, const profile::Place&, ByteView der,
                                             std::uint8_t& current);

} // namespace acredita::dialect::openpgp
