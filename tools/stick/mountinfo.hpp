// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the kernel says of a mount, in /proc/self/mountinfo (proc(5)), and whether it is what a stick may be.
#pragma once

#include "tools/stick/access.hpp"
#include "tools/stick/error.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace acredita::stick {

struct MountLine {
    std::uint64_t id = 0;
    unsigned major = 0; // the device whose file system it is
    unsigned minor = 0;
    std::string point;   // where it is mounted, bytes as they are
    std::string options; // of this mount: "ro,nosuid,nodev,noexec,relatime"
    std::string type;    // "vfat", "fuseblk", "nfs4"
    std::string source;
};

[[nodiscard]] std::optional<MountLine> parse_mount_line(std::string_view line);

// The id of the mount an open file lies on (statx(2), Linux 5.8); empty if the kernel does not say.
[[nodiscard]] std::optional<std::uint64_t> mount_id(int descriptor) noexcept;

// The line of the mount an open file lies on. Errors: pulled (it is mounted no more).
[[nodiscard]] Result<MountLine> mount_of(int descriptor);

// Is this mount what was asked for? Checked: its device, a file system of a stick or disc, nosuid, nodev,
// noexec, and ro if it is for reading, rw if for saving. Errors: network_refused, flags_missing (detail:
// which).
[[nodiscard]] Result<void> verify(const MountLine& line, Access access, unsigned major, unsigned minor);

// True for file systems that come over a network.
[[nodiscard]] bool is_network(std::string_view type) noexcept;

} // namespace acredita::stick
