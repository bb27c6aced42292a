// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The persistent memory of a PIV card: what survives a reset, a tear and the end of the program.
#pragma once

#include "pcsc/base/secret.hpp"
#include "tools/practice/piv/firmware.hpp"

#include <map>

#include <nlohmann/json_fwd.hpp>

namespace acredita::practice::piv {

// A PIN or PUK, eight bytes, filled up with FF.
struct Reference {
    ZeroingBytes value{};
    unsigned left = 0;
    unsigned total = 0;
    bool factory = true; // still the value the card left the factory with
};

enum class Origin : std::uint8_t { generated = 1, imported = 2 };

struct StoredKey {
    std::uint8_t algorithm = 0;
    std::uint8_t pin_policy = 0; // 1 never, 2 once, 3 always
    std::uint8_t touch_policy = 0;
    Origin origin = Origin::generated;
    ZeroingBytes der{}; // PKCS#8
};

struct AdminKey {
    std::uint8_t algorithm = 0;
    ZeroingBytes value{};
    bool touch = false;
    bool factory = true;
};

struct Memory {
    Reference pin;
    Reference puk;
    AdminKey admin;
    std::uint32_t serial = 0;
    std::map<std::uint8_t, StoredKey> keys;
    std::map<std::uint32_t, Bytes> objects; // the content of tag 53, by the tag of the object
};

struct Fresh {
    std::string pin = "123456";
    unsigned pin_tries = 3;
    unsigned puk_tries = 3;
    std::optional<unsigned> pin_left{}; // of those, for a card somebody has tried before
    std::string puk = "12345678";
    std::uint32_t serial = 0;
    std::uint8_t admin_algorithm = 0; // 0: the firmware's
    bool personalised = true;         // CHUID and CCC are there
};

[[nodiscard]] Memory fresh_memory(const Firmware& firmware, const Fresh& fresh);
[[nodiscard]] ZeroingBytes padded(std::string_view pin);
[[nodiscard]] Reference factory_reference(std::string_view value, unsigned tries);

[[nodiscard]] nlohmann::json to_json(const Memory& memory);
// practice.bad_state if anything is missing or has the wrong form.
[[nodiscard]] Result<Memory> from_json(const nlohmann::json& json);

} // namespace acredita::practice::piv
