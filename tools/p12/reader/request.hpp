// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is sent to the process that reads backups, and the frames it answers with. Both ends are built
// together, so the header is memory as it is.
#pragma once

#include <cstdint>

namespace acredita::p12::reader {

enum class Task : std::uint32_t { sniff = 1, examine = 2 };

// Followed by the file, the passphrase and the key's passphrase. Several may come, about one file.
struct RequestHeader {
    std::uint32_t magic = request_magic;
    Task task = Task::sniff;
    std::uint32_t file = 0, passphrase = 0, key_passphrase = 0; // octets
    std::uint32_t has_key_passphrase = 0, second_look = 1;
    std::uint32_t same_file = 0; // that of the request before; none follows
    static constexpr std::uint32_t request_magic = 0x31323170;
};

enum class Frame : std::uint32_t { progress = 1, answer = 2 };

struct FrameHeader {
    Frame kind = Frame::answer;
    std::uint32_t size = 0; // octets that follow
};

inline constexpr std::uint32_t most_answer = 16U * 1024 * 1024;
inline constexpr std::uint32_t most_passphrase = 64U * 1024;
inline constexpr int exit_not_confined = 3;

} // namespace acredita::p12::reader
