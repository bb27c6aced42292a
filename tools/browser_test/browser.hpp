// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A browser with a profile of its own, started for one page and ended with it. The person's own profile, and
// what they trust in it, is never touched (docs/adr/0012).
#pragma once

#include "tools/browser_test/descriptor.hpp"
#include "tools/browser_test/identity.hpp"

#include <filesystem>

#include <sys/types.h>

namespace acredita::browser_test {

enum class Kind { firefox, chromium };

[[nodiscard]] std::string_view name_of(Kind kind) noexcept;

class Browser {
public:
    // browser_not_found, browser_not_started, or why NSS's certutil could not make the profile.
    [[nodiscard]] static Result<Browser> start(Kind kind, const std::string& url, const Identity& identity);
    // Ends the browser with all its processes, and removes its profile.
    ~Browser();
    Browser(Browser&& other) noexcept;
    Browser& operator=(Browser&&) = delete;
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;

    // Can be read when the browser has ended.
    [[nodiscard]] int ended() const noexcept { return process_.get(); }
    [[nodiscard]] bool over() const;
    // Waits for a browser that has ended; its exit code, 128 and more for a signal.
    [[nodiscard]] int exit_code() const;

private:
    explicit Browser(std::filesystem::path profile) : profile_(std::move(profile)) {}
    [[nodiscard]] Result<void> run(const std::vector<std::string>& command);

    std::filesystem::path profile_;
    pid_t group_ = -1; // also the pid of its leader
    Descriptor process_;
};

} // namespace acredita::browser_test
