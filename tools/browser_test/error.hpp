// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can keep a browser from proving that it uses the card. Family "browser"; sentences for people are in
// tools/catalogue.
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::browser_test {

enum class browser_errc {
    no_certificate = 1,  // the browser came without one
    cancelled,           // it went away while its certificate was awaited
    wrong_certificate,   // not one of those on the card
    nothing_to_compare,  // one came, but no card could be read before
    no_module,           // the browser does not know the module; detail: the browser
    old_tls,             // it cannot do TLS 1.3
    nobody_came,         // until the time was up
    browser_not_found,   // detail: its name
    browser_not_started, // detail: its name and why
    port_unusable,       // detail: the port and why
    server_failed,       // detail: what the system or OpenSSL said
};

} // namespace acredita::browser_test

template <>
struct acredita::ErrorTable<acredita::browser_test::browser_errc> {
    using enum browser_test::browser_errc;
    static constexpr std::string_view family = "browser";
    static constexpr ErrorRow<browser_test::browser_errc> rows[] = {
        {no_certificate, "no_certificate", "the browser offered no certificate"},
        {cancelled, "cancelled", "the browser went away before it offered a certificate"},
        {wrong_certificate, "wrong_certificate", "the certificate is none of those on the card"},
        {nothing_to_compare, "nothing_to_compare",
         "a certificate came and no card was read to compare it with"},
        {no_module, "no_module", "the module is not registered for the browser"},
        {old_tls, "old_tls", "the browser does not speak TLS 1.3"},
        {nobody_came, "nobody_came", "no browser opened the page in time"},
        {browser_not_found, "browser_not_found", "the browser is not installed"},
        {browser_not_started, "browser_not_started", "the browser could not be started"},
        {port_unusable, "port_unusable", "the port cannot be listened at"},
        {server_failed, "server_failed", "the test page could not be served"},
    };
};
