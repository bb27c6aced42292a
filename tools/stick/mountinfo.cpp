// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/mountinfo.hpp"

#include "tools/stick/descriptor.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fcntl.h>
#include <sys/stat.h>

namespace acredita::stick {

namespace {

// More mounts than any PC has; the rest is not read.
constexpr std::size_t longest_table = std::size_t{8} * 1024 * 1024;

std::string read_all(const char* path, std::size_t most) {
    const Descriptor file(::open(path, O_RDONLY | O_CLOEXEC));
    std::string text;
    char part[16384];
    while (file && text.size() < most) {
        const auto got = ::read(file.number(), part, sizeof part);
        if (got <= 0) break;
        text.append(part, static_cast<std::size_t>(got));
    }
    return text;
}

template <class Number>
bool number(std::string_view text, Number& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

std::string_view word(std::string_view& rest) {
    const auto space = rest.find(' ');
    const auto first = rest.substr(0, space);
    rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
    return first;
}

// Blank, tab, newline and backslash stand as three octal digits.
std::string unescaped(std::string_view text) {
    std::string plain;
    const auto octal = [](char c) { return c >= '0' && c <= '7'; };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 3 < text.size() && octal(text[i + 1]) && octal(text[i + 2]) &&
            octal(text[i + 3])) {
            plain += static_cast<char>(((text[i + 1] - '0') & 3) * 64 + (text[i + 2] - '0') * 8 +
                                       (text[i + 3] - '0'));
            i += 3;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

bool has(std::string_view options, std::string_view wanted) {
    while (!options.empty()) {
        const auto comma = options.find(',');
        if (options.substr(0, comma) == wanted) return true;
        if (comma == std::string_view::npos) break;
        options.remove_prefix(comma + 1);
    }
    return false;
}

template <std::size_t size>
bool among(const std::array<std::string_view, size>& names, std::string_view name) noexcept {
    return std::ranges::find(names, name) != names.end();
}

} // namespace

std::optional<MountLine> parse_mount_line(std::string_view line) {
    MountLine mount;
    if (!number(word(line), mount.id)) return std::nullopt;
    word(line); // the parent's id
    const auto device = word(line);
    const auto colon = device.find(':');
    if (colon == std::string_view::npos || !number(device.substr(0, colon), mount.major) ||
        !number(device.substr(colon + 1), mount.minor))
        return std::nullopt;
    word(line); // the part of the file system that is mounted
    mount.point = unescaped(word(line));
    mount.options = word(line);
    // Any number of optional fields, ended by a dash.
    while (!line.empty() && word(line) != "-") {
    }
    mount.type = unescaped(word(line));
    mount.source = unescaped(word(line));
    if (mount.point.empty() || mount.type.empty()) return std::nullopt;
    return mount;
}

std::optional<std::uint64_t> mount_id(int descriptor) noexcept {
    struct statx about {};
    if (::statx(descriptor, "", AT_EMPTY_PATH, STATX_MNT_ID, &about) != 0) return std::nullopt;
    if ((about.stx_mask & STATX_MNT_ID) == 0) return std::nullopt;
    return about.stx_mnt_id;
}

Result<MountLine> mount_of(int descriptor) {
    const auto id = mount_id(descriptor);
    const std::string table = read_all("/proc/self/mountinfo", longest_table);
    std::string_view rest = table;
    while (id && !rest.empty()) {
        const auto end = rest.find('\n');
        auto line = parse_mount_line(rest.substr(0, end));
        if (line && line->id == *id) return std::move(*line);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    return fail(stick_errc::pulled, "not in mountinfo");
}

bool is_network(std::string_view type) noexcept {
    static constexpr std::array<std::string_view, 13> names{"nfs",   "nfs4", "cifs", "smb3", "smbfs",
                                                            "ncpfs", "afs",  "9p",   "ceph", "davfs",
                                                            "coda",  "gfs2", "ocfs2"};
    // "fuse.sshfs", "fuse.davfs2", "fuse.rclone": what FUSE brings from a block device is called "fuseblk".
    return among(names, type) || type == "fuse" || type.starts_with("fuse.");
}

Result<void> verify(const MountLine& line, Access access, unsigned major, unsigned minor) {
    // ntfs-3g's mounts are called "fuseblk".
    static constexpr std::array<std::string_view, 7> known{"vfat",    "exfat",   "ntfs", "ntfs3",
                                                           "fuseblk", "iso9660", "udf"};
    static constexpr std::array<std::string_view, 3> always{"nosuid", "nodev", "noexec"};
    if (is_network(line.type)) return fail(stick_errc::network_refused, line.type);
    if (!among(known, line.type)) return fail(stick_errc::file_system_not_supported, line.type);
    if (line.major != major || line.minor != minor) return fail(stick_errc::flags_missing, "another device");
    for (const auto flag : always)
        if (!has(line.options, flag)) return fail(stick_errc::flags_missing, std::string(flag));
    if (access == Access::read && !has(line.options, "ro")) return fail(stick_errc::flags_missing, "ro");
    // What was not removed properly from another computer is mounted for reading although writing was asked
    // for.
    if (access == Access::save && !has(line.options, "rw"))
        return fail(stick_errc::write_protected, "mounted ro");
    return {};
}

} // namespace acredita::stick
