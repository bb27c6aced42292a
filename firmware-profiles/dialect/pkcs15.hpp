// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The PKCS#15 directory of a card (ISO/IEC 7816-15:2016, the same as RSA's PKCS #15 v1.1) as values: what its
// directory files say about keys, certificates, PINs and data. No commands here, and no card: the files are
// read and written by whoever knows the card (pkcs15_files.hpp for ISO 7816-4 file systems), taken apart by
// pkcs15_read.hpp and made by pkcs15_write.hpp.
//
// Strings are UTF-8 as the card has them, at most 255 bytes, and not fit to be shown unescaped.
#pragma once

#include "firmware-profiles/dialect/types.hpp"

#include <compare>

namespace acredita::dialect::pkcs15 {

// What nobody needs more of, and no card may make us hold more of.
inline constexpr std::size_t max_entries = 256;    // of one directory file
inline constexpr std::size_t max_directories = 32; // of one ODF
inline constexpr std::size_t max_file = 32767;     // READ BINARY's offsets end there
inline constexpr std::size_t max_text = 255;       // of a label or an identifier
inline constexpr std::size_t max_path = 16;        // bytes: eight files below one another

// 8.2.5: file identifiers one behind the other, two bytes each. Empty: none was given, or one that cannot be.
struct Path {
    Bytes files{};
    std::optional<std::uint32_t> offset{}, length{}; // of the part of the file that is meant
    [[nodiscard]] bool empty() const noexcept { return files.empty(); }
    friend bool operator==(const Path&, const Path&) = default;
};

// The file a path means, all identifiers from the MF (3F00) on, if the directory's DF is `home` (likewise
// absolute). Paths with 3F00 in front are absolute; one that begins with the DF's own identifier counts from
// the DF's parent; every other counts from the DF. Empty if there is no such file.
[[nodiscard]] Bytes resolve(const Path& path, ByteView home);

// Where an entry stands in its file, so that it can be taken out of it.
struct Span {
    std::size_t offset = 0, size = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

// 8.2.7: what every entry has.
struct Common {
    std::string label{};
    bool is_private = false; // only after a login
    bool modifiable = false;
    Bytes auth_id{};             // of the PIN that opens it; empty: none
    bool asks_each_time = false; // userConsent
    Span span{};
    friend bool operator==(const Common&, const Common&) = default;
};

// 8.4.1, KeyUsageFlags: bit numbers.
enum Usage : std::uint16_t {
    encrypt = 1U << 0U,
    decrypt = 1U << 1U,
    sign = 1U << 2U,
    sign_recover = 1U << 3U,
    wrap = 1U << 4U,
    unwrap = 1U << 5U,
    verify = 1U << 6U,
    verify_recover = 1U << 7U,
    derive = 1U << 8U,
    non_repudiation = 1U << 9U,
};

// 8.4.2
enum Access : std::uint16_t {
    sensitive = 1U << 0U,
    extractable = 1U << 1U,
    always_sensitive = 1U << 2U,
    never_extractable = 1U << 3U,
    local = 1U << 4U, // made on the card
};

// Of a private or a public key.
struct Key {
    Common common{};
    card::KeyType type = card::KeyType::rsa;
    Bytes id{};
    std::uint16_t usage = 0;  // of Usage
    std::uint16_t access = 0; // of Access
    bool native = true;
    std::optional<std::uint32_t> reference{}; // by which the card's commands call it
    unsigned bits = 0;                        // 0: not said
    Path path{};                              // of the key's file
    Bytes value{};                            // public keys: DER if it stands in the directory itself
    friend bool operator==(const Key&, const Key&) = default;
};

struct Certificate {
    Common common{};
    Bytes id{}; // the key's, if it is on the card
    bool authority = false;
    Path path{};
    Bytes value{}; // DER if it stands in the directory itself
    friend bool operator==(const Certificate&, const Certificate&) = default;
};

struct Data {
    Common common{};
    std::string application{};
    Path path{};
    Bytes value{};
    friend bool operator==(const Data&, const Data&) = default;
};

enum class PinType : std::uint8_t { bcd, ascii_numeric, utf8, half_nibble_bcd, iso9564_1 };

// 8.9.2, pinFlags
enum PinFlag : std::uint16_t {
    case_sensitive = 1U << 0U,
    pin_local = 1U << 1U,
    change_disabled = 1U << 2U,
    unblock_disabled = 1U << 3U,
    initialized = 1U << 4U,
    needs_padding = 1U << 5U,
    unblocking_pin = 1U << 6U,
    so_pin = 1U << 7U,
};

struct Pin {
    Common common{};
    Bytes id{}; // what auth_id of other entries means
    std::uint16_t flags = 0;
    PinType type = PinType::ascii_numeric;
    unsigned min = 0, stored = 0, max = 0;
    std::uint8_t reference = 0;
    std::optional<std::uint8_t> filler{};
    Path path{};
    friend bool operator==(const Pin&, const Pin&) = default;
};

// 8.3: what a directory file lists. The numbers are the tags' in the ODF.
enum class Lists : std::uint8_t {
    private_keys,
    public_keys,
    trusted_public_keys,
    secret_keys,
    certificates,
    trusted_certificates,
    useful_certificates,
    data,
    pins,
};

// One directory file as the ODF names it, or its entries if they stand in the ODF itself.
struct Directory {
    Lists lists = Lists::private_keys;
    Path path{};
    Bytes entries{};
    friend bool operator==(const Directory&, const Directory&) = default;
};

// 8.10
struct TokenInfo {
    unsigned version = 0;
    Bytes serial{};
    std::string manufacturer{}, label{};
    bool read_only = false, login_required = false;
    std::string last_update{}; // GeneralizedTime as it stands there
    friend bool operator==(const TokenInfo&, const TokenInfo&) = default;
};

// The entries of one directory file. What makes no sense is left out and counted; it hides nothing else.
template <class Entry>
struct Listing {
    std::vector<Entry> entries{};
    std::size_t skipped = 0;
    std::size_t end = 0; // where a further entry would go
};

} // namespace acredita::dialect::pkcs15
