// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What one card firmware wants, as values. The steps are the dialects'; nothing asks a profile for its name.
//
// A Profile is a view: its strings and lists belong to the table that was compiled in (profiles/*.toml,
// checked when the project is built) or to the LoadedProfile it came with (load.hpp). Lengths are bytes
// unless they are called bits. An absent table in the TOML is an absent ability: `Role::nobody`, an empty
// list, a kind called none.
#pragma once

#include "firmware-profiles/profile/files_table.hpp"
#include "firmware-profiles/profile/maker_module.hpp"
#include "firmware-profiles/profile/openpgp_table.hpp"
#include "firmware-profiles/profile/pkcs15_table.hpp"
#include "firmware-profiles/profile/words.hpp"
#include "pcsc/apdu/exchange.hpp"

#include <optional>

namespace acredita::profile {

// Of the firmware as the card tells it. {} is below all of them.
struct Version {
    std::uint8_t major = 0, minor = 0, patch = 0;
    friend constexpr auto operator<=>(const Version&, const Version&) = default;
};

// Where the values come from.
enum class Evidence : std::uint8_t { documents, simulation, card };

// An ATR matches if it has the same length, is equal wherever the mask has a one, and if what begins at `at`,
// read as one number, is at least `from` and less than `below` (either may be empty).
struct AtrRule {
    ByteView value{};
    ByteView mask{};
    std::size_t at = 0;
    ByteView from{}, below{};
};

// All that is said must hold. Of several AtrRules and historical byte strings one must hold, if there is any.
struct Match {
    std::span<const AtrRule> atr{};
    std::span<const ByteView> historical{}; // the historical bytes, all of them
    ByteView aid{};
    std::span<const ByteView> more_aids{}; // names the same application has on other cards
    ByteView card_historical{};            // OpenPGP: data object 5F52, asked for after SELECT
    std::string_view label_prefix{};       // of the application label (tag 50) in the answer to SELECT
    bool no_label = false;                 // the answer to SELECT carries no label
    std::uint8_t answer_tag = 0;           // with which the answer to SELECT begins; 0: with any, or nothing
    ByteView answer{};                     // what the answer to SELECT begins with
    bool no_answer = false;                // the answer to SELECT is empty
    bool generic = false;                  // only if no other profile matches
    unsigned probe_order = 100;            // which AID is tried first if the ATR leaves several; lower first
};

enum class VersionFrom : std::uint8_t { nowhere, yubico_fd };
// F8 in binary, or in decimal digits; of PKCS#15's TokenInfo
enum class SerialFrom : std::uint8_t { yubico_f8, bcd_f8, chuid_guid, token_info };

struct Naming {
    std::string_view manufacturer{}; // ASCII
    std::string_view model{};
    VersionFrom version = VersionFrom::nowhere;
    std::span<const SerialFrom> serial{}; // in this order until one answers
};

// A PIN or a PUK: what goes over the wire is `width` bytes, filled up with `filler`.
struct PinValue {
    bool present = false;
    std::uint8_t reference = 0;
    card::PinRules rules{};
    std::size_t width = 8;
    std::uint8_t filler = 0xFF;
    std::optional<unsigned> tries{}; // as delivered, where the card does not tell how many there are in all
    bool by_standard = false;        // a published standard says how it is changed and unblocked
};

enum class AdminKind : std::uint8_t { none, piv_mutual, openpgp_pw3 };

struct AdminAlgorithm {
    std::uint8_t id = 0;
    std::size_t key_size = 0;
};

// The key with which cards are administered. Algorithms in the order in which they are tried.
struct Admin {
    AdminKind kind = AdminKind::none;
    std::uint8_t reference = 0;
    std::span<const AdminAlgorithm> algorithms{};
    ByteView factory_sha256{}; // of the key it is delivered with; empty: each card has its own
};

// What may be done with keys of one kind and size, and the card's name for it.
struct KeyAlgorithm {
    card::Algorithm algorithm{};
    std::uint8_t id = 0;
    bool use = false, import = false, generate = false;
    Version since{};
};

enum class Purpose : std::uint8_t { authentication, signature, decryption, card_authentication, retired };

struct Place {
    card::KeyReference key = 0;
    Purpose purpose = Purpose::authentication;
    std::uint32_t certificate = 0; // tag of the data object; 0: this place has none
    card::PinPolicy pin_policy = card::PinPolicy::once;
    bool for_new_keys = false;                     // Profile::places is in the order of preference
    std::span<const card::Operation> operations{}; // of a key in this place; none: the profile's
};

enum class Role : std::uint8_t { nobody, user, admin };
enum class DirectoryKind : std::uint8_t { piv, files, pkcs15, openpgp };
enum class ImportKind : std::uint8_t { none, yubico_fe, iso_7f48, openpgp_4d };
enum class GenerateKind : std::uint8_t { none, piv_47, iso_46, openpgp_47 };
enum class DeleteKind : std::uint8_t { none, yubico_f6, overwrite, algorithm_flip };

struct Import {
    ImportKind kind = ImportKind::none;
    Role role = Role::nobody;
    bool pin_policy = false; // takes the policy of the key with it
};

struct Generate {
    GenerateKind kind = GenerateKind::none;
    Role role = Role::nobody;
    bool pin_policy = false;
};

struct Delete {
    DeleteKind kind = DeleteKind::none; // from `since` on; before that `before`
    Version since{};
    DeleteKind before = DeleteKind::none;
    Role role = Role::nobody;
};

struct Objects {
    DirectoryKind directory = DirectoryKind::piv;
    Role role = Role::nobody;        // who may write certificates
    std::size_t max_object = 0;      // with everything around it; 0: not known
    std::size_t max_certificate = 0; // DER; 0: not known
};

// Where a firmware departs from its own document, each proven by the evidence in its profile.
enum class Quirk : std::uint8_t {
    imported_key_metadata_6f00, // F7 on an imported key fails although the key is there
    origin_from_zero,           // F7 tag 03 counts from 0 (generated), not from 1
    wipes_keys_when_blocked,    // PIN and PUK both blocked: the private keys are gone
    new_key_ends_certificate,   // OpenPGP: a key that comes takes the certificate of its place away
};

struct Profile {
    std::string_view name{}; // for logs and people only
    std::string_view title{};
    Evidence evidence = Evidence::documents;
    std::string_view source{}; // of the values, in words
    Match match{};
    Transport transport{};
    Naming naming{};
    PinValue pin{};
    PinValue puk{};
    bool metadata = false; // INS F7
    Version metadata_since{};
    bool logout = false; // VERIFY with P1 = FF
    Admin admin{};
    std::span<const KeyAlgorithm> algorithms{};
    std::span<const card::Operation> operations{};
    std::span<const Place> places{};
    Import import{};
    Generate generate{};
    Delete deletion{};
    Objects objects{};
    OpenPgpKeys openpgp{};
    std::span<const Quirk> quirks{};
    FileRules file_rules{}; // of directory files only
    MakerModule module{};   // present(): instead of everything behind `match`
    Pkcs15Table pkcs15{};
    Environment environment{};

    [[nodiscard]] const KeyAlgorithm* find(const card::Algorithm& algorithm) const noexcept;
    [[nodiscard]] const Place* find(card::KeyReference key) const noexcept;
    [[nodiscard]] bool can(card::Operation operation) const noexcept;
    [[nodiscard]] bool has(Quirk quirk) const noexcept;
};

// The profiles the project was built with: those of dialects, and those of makers' modules. Constant data;
// nothing to destroy at exit.
[[nodiscard]] std::span<const Profile> built_in() noexcept;
[[nodiscard]] std::span<const Profile> built_in_makers() noexcept;

} // namespace acredita::profile
