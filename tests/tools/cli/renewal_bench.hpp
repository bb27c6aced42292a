// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A desk at which certificates are renewed: an office with an empty memory and a folder for its letters, an
// authority of its own, and people whose certificates begin and end when a test wants it.
#pragma once

#include "tests/support/practice.hpp"

#include <nlohmann/json.hpp>

namespace acredita::test {

using Json = nlohmann::json;
namespace fs = std::filesystem;

struct Person {
    fs::path key, certificate, backup; // PEM, PEM, .p12
    std::string password;
};

class RenewalDesk {
public:
    // `more`: further lines of the configuration. `connection`: "" for a file of SQLite.
    explicit RenewalDesk(const std::string& more = "", const std::string& connection = "");
    ~RenewalDesk();
    RenewalDesk(const RenewalDesk&) = delete;
    RenewalDesk& operator=(const RenewalDesk&) = delete;

    // A certificate that began `from` and ends `to` days from today. key: "rsa:2048", "p256".
    Person person(const std::string& name, const std::string& key, int from, int to,
                  const std::string& nif = "00000000T");
    // The authority's answer to a request.
    fs::path certify(const fs::path& request, const std::string& name, int to = 1460,
                     const std::string& nif = "00000000T");

    // acredita ARGUMENTS --json; the streams are kept apart. Gives the exit code.
    int acredita(const std::string& arguments);
    // The same for people, both streams.
    std::string page(const std::string& arguments, const std::string& language = "C");
    // Killed after so many seconds, if it is not done by then.
    void killed_after(const std::string& seconds, const std::string& arguments);
    // renew VERB with the PIN of the card and the folder's office.
    int renew(const std::string& arguments, const std::string& pin = "123456");
    // The usual load of a backup onto the card.
    int load(const Person& person);
    int start(const Person& renewed, const std::string& more = "");
    int letter(const std::string& more = "");
    int finish(const std::string& more = "--portals-done --yes");
    // What acredita said last.
    Json answer;
    [[nodiscard]] std::string state() const;
    [[nodiscard]] std::string error() const;

    // "" if pdfsig and "openssl cms -verify -cades" both accept the letter, else what they said.
    [[nodiscard]] std::string judged(const fs::path& letter) const;
    // The actions of the journal, in order.
    [[nodiscard]] std::vector<std::string> journal();
    // Fingerprints of the certificates on the card.
    [[nodiscard]] std::vector<std::string> on_card();

    // The memory as it is now, and back to it: what a kill before the last commit leaves.
    [[nodiscard]] fs::path remember();
    void forget_since(const fs::path& copy);

    [[nodiscard]] fs::path operator/(const std::string& name) const { return folder_ / name; }
    [[nodiscard]] fs::path letters() const { return folder_ / "letters"; }
    [[nodiscard]] std::string text_of(const fs::path& letter) const;

private:
    fs::path sign_request(const fs::path& request, const std::string& name, int from, int to,
                          const std::string& nif);
    fs::path folder_;
    fs::path database_;
};

[[nodiscard]] std::string fingerprint_of(const fs::path& certificate);

} // namespace acredita::test
