// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What an IsoApplet keeps: files, keys, PIN and PUK, and the stage of its life.
#pragma once

#include "pcsc/base/secret.hpp"

#include <array>
#include <map>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace acredita::practice::isoapplet {

// Byte 86 of a file's control parameters: FF, and what each command needs (00 nothing, 90 the PIN, FF never).
// Files: delete itself, -, -, -, write, update, read. Directories: delete itself, -, -, -, create directory,
// create file, delete child.
using Conditions = std::array<std::uint8_t, 8>;

struct File {
    std::uint16_t parent = 0;
    bool directory = false;
    Conditions conditions{};
    Bytes name{}; // of a directory
    Bytes content{};
};

struct StoredKey {
    bool rsa = true;
    ZeroingBytes der{}; // PKCS#8
};

struct Reference {
    ZeroingBytes value{}; // sixteen bytes; empty: not set
    unsigned left = 0, total = 0;
};

// ISO 7816-4:2005 5.3.3.2, the values of the life cycle status byte.
enum class Stage : std::uint8_t { creation = 0x00, initialisation = 0x01, operational = 0x05 };

inline constexpr std::uint16_t master_file = 0x3F00;
inline constexpr std::size_t reference_width = 16;

struct Memory {
    Stage stage = Stage::creation;
    Reference pin{};
    Reference puk{};
    // In the order in which they were made; identifiers are unique in the whole tree.
    std::vector<std::pair<std::uint16_t, File>> files{};
    std::map<std::uint8_t, StoredKey> keys{};

    [[nodiscard]] File* find(std::uint16_t id) noexcept;
    [[nodiscard]] std::uint16_t parent_of(std::uint16_t id) noexcept;
    void erase(std::uint16_t id); // with everything in it
};

struct Fresh {
    std::string pin = "123456";
    std::string puk = "1234567890123456";
    unsigned pin_tries = 3;
    unsigned puk_tries = 5;
    std::uint32_t serial = 0;
    bool blank = false; // as the applet is delivered: no files, no PIN
};

[[nodiscard]] Memory fresh_memory(const Fresh& fresh);
[[nodiscard]] ZeroingBytes padded(ByteView value);

[[nodiscard]] nlohmann::json to_json(const Memory& memory);
// practice.bad_state if anything is missing or has the wrong form.
[[nodiscard]] Result<Memory> from_json(const nlohmann::json& json);

} // namespace acredita::practice::isoapplet
