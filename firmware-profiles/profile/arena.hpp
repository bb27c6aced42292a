// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where the strings and lists of a Profile live that was read from a file: as long as the Arena. Throws
// std::bad_alloc.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace acredita::profile {

class Arena {
public:
    [[nodiscard]] std::string_view keep(std::string text) {
        auto kept = std::make_shared<const std::string>(std::move(text));
        things_.push_back(kept);
        return *kept;
    }
    template <class T>
    [[nodiscard]] std::span<const T> keep(std::vector<T> list) {
        auto kept = std::make_shared<const std::vector<T>>(std::move(list));
        things_.push_back(kept);
        return *kept;
    }

private:
    std::vector<std::shared_ptr<const void>> things_;
};

} // namespace acredita::profile
