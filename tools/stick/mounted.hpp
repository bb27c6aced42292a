// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A stick as it lies open before us: mounted read-only, noexec, nosuid and nodev, which was checked in
// /proc/self/mountinfo before this object was made. Made by Sticks::mount(); unmounted when it ends.
//
// To be used by one thread at a time, never by the one that draws: a bad stick can keep each of these for
// long.
#pragma once

#include "pcsc/base/secret.hpp"
#include "tools/stick/descriptor.hpp"
#include "tools/stick/listing.hpp"

#include <functional>
#include <stop_token>

namespace acredita::stick {

// The most that is read of one file, as tools/p12 takes it.
inline constexpr std::size_t largest_file = std::size_t{10} * 1024 * 1024;

class Mounted {
public:
    // What only the maker of the mount can do. `present`: is the stick still there? Both may be called from
    // any thread.
    struct Maker {
        std::function<bool()> present;
        std::function<Result<void>()> unmount;
    };

    // `root` is the stick's top folder.
    Mounted(Descriptor root, Maker maker) noexcept : root_(std::move(root)), maker_(std::move(maker)) {}
    Mounted(Mounted&&) noexcept = default;
    Mounted& operator=(Mounted&& other) noexcept;
    Mounted(const Mounted&) = delete;
    Mounted& operator=(const Mounted&) = delete;
    // Unmounts; a failure is then lost.
    ~Mounted();

    // Errors: pulled, damaged (nothing at all could be read), cancelled.
    [[nodiscard]] Result<Listing> list(const Limits& limits = {}, const std::stop_token& stop = {}) const;

    // The whole file. No link is followed, no other mount entered, nothing but a plain file opened. Errors:
    // pulled, damaged, file_gone, not_a_file, too_large, changed_while_read, cancelled.
    [[nodiscard]] Result<ZeroingBytes> read(const Entry& entry, const std::stop_token& stop = {}) const;

    [[nodiscard]] bool present() const { return maker_.present(); }

    // Closes what is open and unmounts; the stick stays listed until it is taken out. Errors: in_use, pulled,
    // service_unavailable.
    [[nodiscard]] Result<void> unmount();

    // The top folder, for those who write (saving.hpp); -1 once unmounted.
    [[nodiscard]] int root() const noexcept { return root_.number(); }

private:
    Descriptor root_;
    Maker maker_;
};

} // namespace acredita::stick
