// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/udisks_volumes.hpp"

#include "tools/stick/keyboard.hpp"
#include "tools/stick/shown.hpp"

#include <algorithm>

#include <sys/sysmacros.h>

namespace acredita::stick {

namespace {

// A property that is missing or of another type is as if it were empty.
template <class T>
T value(const Properties& properties, const std::string& name) {
    const auto found = properties.find(name);
    if (found == properties.end() || !found->second.containsValueOfType<T>()) return {};
    return found->second.get<T>();
}

std::string text(const Properties& properties, const std::string& name) {
    return value<std::string>(properties, name);
}

// Where a stick may hang: USB, or a card reader of the PC's own. Disks inside of the PC are nobody's stick,
// and what comes over a network (iSCSI, NBD) hangs on neither.
std::optional<Medium> medium_of(const Properties& drive, const UDisksOptions& options) {
    if (value<bool>(drive, "Optical")) return options.optical ? std::optional(Medium::optical) : std::nullopt;
    const auto bus = text(drive, "ConnectionBus");
    if (bus == "sdio") return Medium::memory_card;
    if (bus != "usb") return std::nullopt;
    return text(drive, "Media").starts_with("flash") ? Medium::memory_card : Medium::usb;
}

std::optional<stick_errc> trouble(const Found& found, const Properties& block, bool file_system) {
    const auto usage = text(block, "IdUsage");
    if (usage == "crypto") return stick_errc::encrypted;
    if (usage.empty()) return stick_errc::not_formatted;
    if (usage != "filesystem" || !file_system || !supported(found.volume.file_system, found.volume.medium))
        return stick_errc::file_system_not_supported;
    return std::nullopt;
}

std::string joined(const std::string& a, const std::string& b) {
    return a.empty() || b.empty() ? a + b : a + " " + b;
}

class Reading {
public:
    Reading(const Objects& objects, const UDisksOptions& options, const std::filesystem::path& sysfs)
        : objects_(objects), options_(options), sysfs_(sysfs) {}

    std::optional<Found> read(const std::string& path) const {
        const auto* block = part(path, "Block");
        if (block == nullptr || value<bool>(*block, "HintIgnore")) return std::nullopt;
        Found found;
        found.block = path;
        std::uint64_t since = 0;
        if (const auto* drive = part(value<sdbus::ObjectPath>(*block, "Drive"), "Drive")) {
            const auto medium = medium_of(*drive, options_);
            if (!medium) return std::nullopt;
            found.volume.medium = *medium;
            found.drive = value<sdbus::ObjectPath>(*block, "Drive");
            found.volume.drive_name = shown(joined(text(*drive, "Vendor"), text(*drive, "Model")));
            // A card reader without power is gone until the PC is started anew.
            found.can_power_off = *medium == Medium::usb && value<bool>(*drive, "CanPowerOff");
            found.ejectable = value<bool>(*drive, "Ejectable");
            since = value<std::uint64_t>(*drive, "TimeMediaDetected");
        } else if (!options_.loop_devices || part(path, "Loop") == nullptr) {
            return std::nullopt;
        }
        found.volume.size = value<std::uint64_t>(*block, "Size");
        found.volume.file_system = text(*block, "IdType");
        if (found.drive.empty() && options_.optical && supported(found.volume.file_system, Medium::optical))
            found.volume.medium = Medium::optical; // a loop device that plays a disc
        const auto* file_system = part(path, "Filesystem");
        // Without a medium, or the whole of a disk whose parts stand for themselves.
        if (found.volume.size == 0) return std::nullopt;
        if (file_system == nullptr && is_container(path)) return std::nullopt;
        found.read_only = value<bool>(*block, "ReadOnly");
        const auto number = value<std::uint64_t>(*block, "DeviceNumber");
        found.major = gnu_dev_major(number);
        found.minor = gnu_dev_minor(number);
        // The device's name is given again to the next stick; the moment it came is not.
        found.volume.id = path + "@" + std::to_string(since);
        found.volume.drive = found.drive.empty() ? path : found.drive;
        found.volume.label = shown(text(*block, "IdLabel"));
        found.mounted = file_system != nullptr && !points(*file_system).empty();
        found.volume.trouble = also_keyboard(found.major, found.minor, sysfs_)
                                   ? stick_errc::also_keyboard
                                   : trouble(found, *block, file_system != nullptr);
        return found;
    }

private:
    const Properties* part(const std::string& path, const std::string& interface) const {
        const auto object = objects_.find(path);
        if (object == objects_.end()) return nullptr;
        const auto found = object->second.find(interface);
        return found == object->second.end() ? nullptr : &found->second;
    }

    bool is_container(const std::string& path) const {
        if (part(path, "PartitionTable") != nullptr) return true;
        const auto* partition = part(path, "Partition");
        return partition != nullptr && value<bool>(*partition, "IsContainer");
    }

    static std::vector<std::vector<std::uint8_t>> points(const Properties& file_system) {
        return value<std::vector<std::vector<std::uint8_t>>>(file_system, "MountPoints");
    }

    const Objects& objects_;
    const UDisksOptions& options_;
    const std::filesystem::path& sysfs_;
};

} // namespace

std::vector<Found> sticks_among(const Objects& objects, const UDisksOptions& options,
                                const std::filesystem::path& sysfs) {
    const Reading reading(objects, options, sysfs);
    std::vector<Found> all;
    for (const auto& object : objects)
        if (auto found = reading.read(object.first)) all.push_back(std::move(*found));
    // Sticks that Windows made have a part for itself without a file system; it is nothing to tell of.
    const auto has_files = [&](const std::string& drive) {
        return std::ranges::any_of(all, [&](const Found& other) {
            return other.volume.drive == drive && other.volume.trouble != stick_errc::not_formatted;
        });
    };
    std::vector<Found> kept;
    for (const auto& found : all)
        if (found.volume.trouble != stick_errc::not_formatted || !has_files(found.volume.drive))
            kept.push_back(found);
    std::ranges::sort(kept, {}, [](const Found& found) { return found.volume.id; });
    return kept;
}

} // namespace acredita::stick
