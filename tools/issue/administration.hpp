// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The administration key of the cards, which lets the office write on them, and where it comes from: a
// root-only file named in the configuration, a descriptor, or the key every card leaves its factory with.
#pragma once

#include "pcsc/base/secret.hpp"
#include "tools/issue/error.hpp"

#include <chrono>
#include <filesystem>

namespace acredita::issue {

// As hexadecimal text, the way PKCS#11 carries it. Empty: this office has none.
struct AdministrationKey {
    Secret hex{};
    [[nodiscard]] bool empty() const noexcept { return hex.empty(); }
    [[nodiscard]] bool is_factory() const noexcept;
};

// The value PIV cards with Yubico's extensions are delivered with (010203...0708 three times).
[[nodiscard]] AdministrationKey factory_administration_key();
// The one whose SHA-256 a card names, which may be another kind's; empty if it is none that is public.
[[nodiscard]] AdministrationKey factory_administration_key(ByteView sha256);

// From text somebody else read; blanks around it are dropped. bytes.not_hex, bytes.too_short.
[[nodiscard]] Result<AdministrationKey> administration_key_from(Secret text);

// From a file that belongs to root (or to the user who runs this, if that is who owns it) and that nobody
// else can read or write. admin_key_unsafe with the reason, admin_key_missing if there is no such file.
[[nodiscard]] Result<AdministrationKey> administration_key_from_file(const std::filesystem::path& file);

// A secret as text out of such a file, or of text somebody else read: blanks around it are dropped.
[[nodiscard]] Result<Secret> secret_from_file(const std::filesystem::path& file);
[[nodiscard]] Secret without_blanks(const Secret& text);

// What /etc/acredita/acredita.toml says. A file that does not exist is an empty configuration.
// configuration_invalid with the line or the reason.
struct TimestampConfiguration { // [timestamp], for letters
    std::string url, policy;
    std::filesystem::path authorities;     // PEM, whom to trust for timestamps
    std::filesystem::path tls_authorities; // PEM, whom to trust for the connection
};
struct KioskConfiguration {                       // [kiosk], what the window of the office says and allows
    std::string address, hours, phone, mail, web; // of the office, as people are told them
    std::string support;                          // how to reach technical support
    std::chrono::seconds idle{120};               // nobody touches anything: the warning comes, and
    std::chrono::seconds countdown{60};           // so long after it the visit is wiped
    bool discs = false;                           // backups on CD or DVD, too
};
struct Configuration {
    std::filesystem::path administration_key_file; // [administration] key_file
    std::filesystem::path so_pin_file;             // [administration] so_pin_file, for makers' modules
    std::string puk = "holder";                    // [pin] puk, of cards that are handed over
    std::filesystem::path module;                  // [module] path
    std::string place;                             // [office] name, for receipts
    std::string contact;                           // [office] contact, whom to ask; for sheets
    TimestampConfiguration timestamp;
    KioskConfiguration kiosk;
};
[[nodiscard]] Result<Configuration> read_configuration(const std::filesystem::path& file);

} // namespace acredita::issue
