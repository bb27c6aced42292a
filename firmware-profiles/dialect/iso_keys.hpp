// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Keys of a card that does as ISO 7816-4 and 7816-8 say: MANAGE SECURITY ENVIRONMENT names key and algorithm,
// PERFORM SECURITY OPERATION uses it, GENERATE ASYMMETRIC KEY PAIR makes one, and PUT DATA brings one in
// (7F48 with the parts of an RSA key, E0 with an EC key and its curve spelled out, as IsoApplet has it).
#pragma once

#include "firmware-profiles/dialect/application.hpp"

namespace acredita::dialect {

// What the card was last told to use. It keeps that until it is told something else, by us or by another
// program, or forgets it with the selection: who relies on it must check the answer against the key.
struct KeyEnvironment {
    unsigned losses = 0; // the Memory's, at that time
    std::uint8_t purpose = 0, algorithm = 0;
    card::KeyReference key = 0;
    friend bool operator==(const KeyEnvironment&, const KeyEnvironment&) = default;
};

class Keys {
public:
    Keys(Application& card, std::optional<KeyEnvironment>& environment)
        : card_(card), environment_(environment) {}

    // not_supported or algorithm_not_supported; nothing is sent.
    enum class Use : std::uint8_t { use, import, generate };
    [[nodiscard]] Result<std::uint8_t> algorithm_id(const card::Algorithm& algorithm, Use use) const;

    // The answer to whichever command was refused, or to the last. `relied`: the card was not told the key
    // again.
    [[nodiscard]] Result<ResponseApdu> send_operation(card::KeyReference key,
                                                      const card::Algorithm& algorithm,
                                                      card::Operation operation, ByteView data, Login login,
                                                      bool& relied);
    [[nodiscard]] static Result<ZeroingBytes>
    parse_operation(const ResponseApdu& answer, const card::Algorithm& algorithm, card::Operation operation);

    // Whether the applet was built to take keys in, in one exchange that changes nothing and needs no PIN.
    [[nodiscard]] Result<bool> takes_keys();
    [[nodiscard]] Result<void> import_key(card::KeyReference place, const card::PrivateKey& key);
    [[nodiscard]] Result<card::PublicKey> generate_key(card::KeyReference place,
                                                       const card::Algorithm& algorithm);
    // By a small key of no use to anybody.
    [[nodiscard]] Result<void> overwrite_key(card::KeyReference place);

private:
    [[nodiscard]] Result<StatusWord> manage(const KeyEnvironment& wanted, Login login);
    [[nodiscard]] Result<card::PublicKey> generate(card::KeyReference place, const card::Algorithm& algorithm,
                                                   std::uint8_t id);

    Application& card_;
    std::optional<KeyEnvironment>& environment_;
};

} // namespace acredita::dialect
