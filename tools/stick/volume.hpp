// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One file system that can be plugged in: a stick, a card in a card reader, a disc. A plain value.
#pragma once

#include "tools/stick/error.hpp"

#include <optional>

namespace acredita::stick {

enum class Medium { usb, memory_card, optical };

struct Volume {
    // Stays the same while the stick is plugged in, and is never used again for another one. Not for people.
    std::string id;
    // Its name as its owner gave it, made safe to show (shown.hpp); empty if it has none.
    std::string label;
    // As blkid calls it ("vfat", "exfat", "ntfs", "iso9660", "udf"); empty if none was recognised.
    std::string file_system;
    std::uint64_t size = 0; // bytes
    Medium medium = Medium::usb;
    // Volumes with the same drive are on one stick and leave together.
    std::string drive;
    // Maker and model, made safe to show; may be empty.
    std::string drive_name;
    // Why mount() would refuse it, known before anything on it is read: file_system_not_supported,
    // not_formatted, encrypted, also_keyboard.
    std::optional<stick_errc> trouble;

    friend bool operator==(const Volume&, const Volume&) = default;
};

// What is mounted: FAT, exFAT, NTFS; ISO 9660 and UDF on discs.
[[nodiscard]] bool supported(std::string_view file_system, Medium medium) noexcept;

} // namespace acredita::stick
