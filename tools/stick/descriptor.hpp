// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Owns one file descriptor.
#pragma once

#include <utility>

#include <unistd.h>

namespace acredita::stick {

class Descriptor {
public:
    Descriptor() noexcept = default;
    explicit Descriptor(int opened) noexcept : number_(opened) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            close();
            number_ = std::exchange(other.number_, -1);
        }
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }

    [[nodiscard]] int number() const noexcept { return number_; }
    [[nodiscard]] explicit operator bool() const noexcept { return number_ >= 0; }
    // For functions that take it over, such as fdopendir.
    [[nodiscard]] int release() noexcept { return std::exchange(number_, -1); }
    void close() noexcept {
        if (number_ >= 0) (void)::close(std::exchange(number_, -1));
    }

private:
    int number_ = -1;
};

} // namespace acredita::stick
