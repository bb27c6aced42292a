// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A folder opened step by step below a site's root (file.hpp says by which rules).
#pragma once

#include "pcsc/base/error.hpp"
#include "tools/register/site.hpp"

#include <utility>

#include <sys/stat.h>

namespace acredita::registration {

class Descriptor {
public:
    explicit Descriptor(int value = -1) noexcept : value_(value) {}
    Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }
    ~Descriptor();
    [[nodiscard]] int get() const noexcept { return value_; }
    explicit operator bool() const noexcept { return value_ >= 0; }

private:
    int value_;
};

// An empty descriptor: there is no such folder (and none was to be made).
[[nodiscard]] Result<Descriptor> open_folder(const Site& site, const std::filesystem::path& folder,
                                             bool make);
// foreign_owner or writable_by_others, if so.
[[nodiscard]] Result<void> check_owner(const Site& site, const struct stat& status,
                                       const std::filesystem::path& file);

} // namespace acredita::registration
