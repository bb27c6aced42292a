// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The test page's server: 127.0.0.1 and ::1 only, one thread, at most sixteen connections at a time; one
// more is closed as it comes.
#pragma once

#include "tools/browser_test/connection.hpp"

#include <memory>
#include <vector>

namespace acredita::browser_test {

class Server {
public:
    // `port` 0: any that is free. port_unusable, server_failed.
    [[nodiscard]] static Result<std::unique_ptr<Server>>
    open(unsigned port, std::vector<Bytes> certificates, std::function<std::string(Visit&)> welcome,
         std::chrono::milliseconds patience = std::chrono::seconds(10));

    [[nodiscard]] const Identity& identity() const noexcept { return identity_; }
    [[nodiscard]] std::string url() const;

    // Serves until the deadline, until one of `ends` can be read, or until `more` says no to a visit; what is
    // being answered then is answered still.
    void serve(Time deadline, std::span<const int> ends, const std::function<bool(const Visit&)>& more);

    // Why the last connection ended that never asked for the page: old_tls or cancelled.
    [[nodiscard]] std::optional<browser_errc> last_failure() const noexcept { return last_failure_; }

private:
    Server() = default;
    [[nodiscard]] Result<void> listen(unsigned port);
    void welcome_at(int listener);
    [[nodiscard]] bool advance(std::span<const short> events, const std::function<bool(const Visit&)>& more);

    Identity identity_;
    std::vector<Bytes> certificates_;
    Context context_;
    Host host_;
    std::vector<Descriptor> listeners_;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::optional<browser_errc> last_failure_;
};

} // namespace acredita::browser_test
