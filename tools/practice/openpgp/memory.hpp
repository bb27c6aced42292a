// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The persistent memory of an OpenPGP card: what survives a reset, a tear and the end of the program.
#pragma once

#include "tools/practice/openpgp/algorithm.hpp"

#include <map>

#include <nlohmann/json_fwd.hpp>

namespace acredita::practice::openpgp {

// As it comes over the wire: the PIN, or what the key derivation function makes of it.
struct Password {
    ZeroingBytes value{};
    unsigned left = 3;
    unsigned total = 3;
};

struct KeyPlace {
    Bytes attributes{};
    ZeroingBytes der{}; // PKCS#8; empty: no key
    bool imported = false;
    Bytes fingerprint = Bytes(20, 0);
    Bytes date = Bytes(4, 0);
    Bytes certificate{};
};

struct Memory {
    Password pw1, reset_code, pw3;
    bool pw1_for_several = false; // C4[0] = 01
    bool active = true;           // otherwise: initialisation state
    std::uint32_t serial = 0;
    std::uint32_t signatures = 0;
    std::array<KeyPlace, uses.size()> keys;
    std::map<std::uint32_t, Bytes> objects; // the simple ones, and F9
};

struct Fresh {
    std::string pin = "123456";
    unsigned tries = 3;
    std::uint32_t serial = 0;
    bool kdf = false;
    bool several = false;
    bool active = true;
};

constexpr std::string_view factory_admin_pin = "12345678";

[[nodiscard]] Memory fresh_memory(const Firmware& firmware, const Fresh& fresh);
// 3.4, 4.3.2: iterated and salted, with SHA-256.
[[nodiscard]] ZeroingBytes derived(ByteView salt, ByteView pin, std::uint32_t count);

[[nodiscard]] nlohmann::json to_json(const Memory& memory);
// practice.bad_state if anything is missing or has the wrong form.
[[nodiscard]] Result<Memory> from_json(const nlohmann::json& json);

} // namespace acredita::practice::openpgp
