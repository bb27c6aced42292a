// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A visitor of the test page: a TLS client with a certificate made on the spot.
#pragma once

#include "tools/browser_test/server.hpp"

#include <thread>

namespace acredita::test {

struct Holder {
    client::EvpKey key;
    client::Certificate certificate;
    [[nodiscard]] Bytes der() const;
};
// "RSA" (2048) or "EC" (P-256); throws if OpenSSL does not make it.
[[nodiscard]] Holder make_holder(const std::string& kind);

// A server in a thread of its own, until stop() or the end.
class Serving {
public:
    explicit Serving(std::vector<Bytes> certificates,
                     std::chrono::milliseconds patience = std::chrono::seconds(10));
    ~Serving() { stop(); }
    Serving(const Serving&) = delete;
    Serving& operator=(const Serving&) = delete;

    void stop();
    [[nodiscard]] unsigned port() const;
    // After stop().
    [[nodiscard]] const std::vector<browser_test::Visit>& visits() const { return visits_; }
    [[nodiscard]] const browser_test::Server& server() const { return *server_; }

private:
    std::unique_ptr<browser_test::Server> server_;
    std::vector<browser_test::Visit> visits_;
    int end_[2] = {-1, -1};
    std::thread thread_;
};

// A plain connection to 127.0.0.1.
[[nodiscard]] browser_test::Descriptor connected(unsigned port);
// Sends `request` over TLS and reads until the end; "" if there was no handshake. `holder` may be null.
[[nodiscard]] std::string ask(unsigned port, const Holder* holder, const std::string& request,
                              int newest_version = TLS1_3_VERSION);
[[nodiscard]] std::string request_for_the_page(unsigned port);

} // namespace acredita::test
