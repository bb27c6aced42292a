// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/folder_volume.hpp"

#include "pcsc/base/toml.hpp"
#include "tools/stick/shown.hpp"

#include <fstream>

namespace acredita::stick {

namespace {

constexpr std::uint64_t usual_size = std::uint64_t{8} * 1000 * 1000 * 1000;
constexpr std::size_t longest_description = 4096;

toml::table description(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text(longest_description, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    escape_letters(text);
    if (make_plain_toml(text) != 0) return {};
    auto parsed = toml::parse(text);
    return parsed ? std::move(parsed).table() : toml::table();
}

Medium medium_of(std::string_view name) {
    if (name == "optical") return Medium::optical;
    return name == "memory_card" ? Medium::memory_card : Medium::usb;
}

std::optional<stick_errc> errc_of(std::string_view name) {
    for (const auto& row : ErrorTable<stick_errc>::rows)
        if (row.name == name) return row.value;
    return std::nullopt;
}

} // namespace

Volume folder_volume(const std::filesystem::path& folder, const std::string& name, std::uint64_t inode) {
    const auto said = description(folder / (name + ".toml"));
    const auto text = [&](std::string_view key, std::string_view otherwise) {
        return said[key].value<std::string>().value_or(std::string(otherwise));
    };
    Volume volume;
    volume.id = name + "#" + std::to_string(inode);
    volume.label = shown(text("label", name));
    volume.medium = medium_of(text("medium", "usb"));
    volume.file_system = text("file_system", volume.medium == Medium::optical ? "iso9660" : "vfat");
    volume.size =
        static_cast<std::uint64_t>(said["size"].value<std::int64_t>().value_or(std::int64_t{usual_size}));
    volume.drive = text("drive", volume.id);
    volume.drive_name = shown(text("drive_name", ""));
    volume.trouble = errc_of(text("trouble", ""));
    if (!volume.trouble && volume.file_system.empty()) volume.trouble = stick_errc::not_formatted;
    if (!volume.trouble && !supported(volume.file_system, volume.medium))
        volume.trouble = stick_errc::file_system_not_supported;
    return volume;
}

} // namespace acredita::stick
