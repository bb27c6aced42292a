// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What every fuzz target shares: its one function, the bytes it is fed with, and the promise it holds the
// code to. See docs/fuzzing.md.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

// Called once for each input by libFuzzer or by tests/fuzz/replay.cpp. Returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace acredita::fuzz {

// A broken promise is a crash that the fuzzer keeps, whatever the build.
inline void require(bool holds, const char* promise) {
    if (holds) return;
    std::fprintf(stderr, "BROKEN: %s\n", promise);
    std::abort();
}

// The input, taken from its front. At its end everything is zero or empty.
class Feed {
public:
    Feed(const std::uint8_t* data, std::size_t size) noexcept : rest_(data, size) {}
    explicit Feed(ByteView data) noexcept : rest_(data) {}

    [[nodiscard]] bool empty() const noexcept { return rest_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return rest_.size(); }
    std::uint8_t byte() noexcept {
        if (rest_.empty()) return 0;
        const auto first = rest_.front();
        rest_ = rest_.subspan(1);
        return first;
    }
    std::uint16_t word() noexcept {
        const unsigned high = byte();
        return static_cast<std::uint16_t>(high << 8U | byte());
    }
    [[nodiscard]] bool flag() noexcept { return (byte() & 1U) != 0; }
    ByteView bytes(std::size_t wanted) noexcept {
        const auto part = rest_.first(std::min(wanted, rest_.size()));
        rest_ = rest_.subspan(part.size());
        return part;
    }
    // With its length, two bytes, before it.
    ByteView chunk() noexcept { return bytes(word()); }
    ByteView rest() noexcept { return bytes(rest_.size()); }

private:
    ByteView rest_;
};

} // namespace acredita::fuzz
