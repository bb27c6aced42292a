// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What stands in the PKCS#15 directory of a card with an ISO 7816-4 file system: read in as few exchanges as
// it takes, and changed so that no moment at which the card is torn out leaves an entry of anybody else's
// damaged. Knows files and entries; keys, PINs and which card it is are others' affair.
#pragma once

#include "firmware-profiles/dialect/iso_files.hpp"
#include "firmware-profiles/dialect/pkcs15.hpp"

namespace acredita::dialect::pkcs15 {

// A directory file as it was read, as far as it was read.
struct DirectoryFile {
    Lists lists = Lists::private_keys;
    Bytes path{};
    Bytes content{};
    std::size_t end = 0; // of its entries
    friend bool operator==(const DirectoryFile&, const DirectoryFile&) = default;
};

// An entry and which of the files it is in.
template <class Entry>
struct Held {
    Entry entry{};
    std::size_t file = 0;
};

struct Contents {
    bool present = false; // there is such a directory
    std::vector<DirectoryFile> files{};
    std::vector<Held<Key>> private_keys{};
    std::vector<Held<Key>> public_keys{}; // only once read_public_keys has been there
    std::vector<Held<Certificate>> certificates{};
    bool public_keys_read = false;
    bool odf_read = false;
};

// The private keys and the certificates. The files where the profile expects them first; the ODF is asked
// only if one of them is not there. A file that cannot be read hides what is in it and nothing else.
[[nodiscard]] Result<Contents> read_contents(Files& files, const profile::Pkcs15Table& table);
// One kind of them anew; the others stay as they were read.
[[nodiscard]] Result<void> refresh(Files& files, const profile::Pkcs15Table& table, Contents& contents,
                                   Lists lists);
[[nodiscard]] Result<void> read_public_keys(Files& files, const profile::Pkcs15Table& table, Contents& to);
[[nodiscard]] Result<std::optional<TokenInfo>> read_token_info(Files& files,
                                                               const profile::Pkcs15Table& table);

// The certificate an entry means; empty if there is none where it says. `known`: what stood there before;
// then the first bytes decide whether it still does.
[[nodiscard]] Result<Bytes> read_certificate(Files& files, const Certificate& entry, ByteView known = {});
// nullopt: unreadable, or in a form nobody knows.
[[nodiscard]] Result<std::optional<card::PublicKey>> read_public_key(Files& files, const Key& entry);

// Whether some entry that was read means the file of this identifier in the directory.
[[nodiscard]] bool refers_to(const Contents& contents, const Files& files, std::uint16_t id);

// no_room if the first file of this kind has no place for one more entry of that size. Asks the card only if
// what was read does not tell.
[[nodiscard]] Result<void> check_room(Files& files, const Contents& contents, Lists lists, std::size_t entry);

// Behind the last entry of the first file of its kind. Makes the file, and names it in the ODF, if there is
// none. no_room before anything is written. The contents follow, for both; what points into them does not.
[[nodiscard]] Result<void> add_entry(Files& files, const profile::Pkcs15Table& table, Contents& contents,
                                     Lists lists, ByteView entry);
// Puts another entry, or none, in the place of one.
[[nodiscard]] Result<void> replace_entry(Files& files, Contents& contents, std::size_t file, Span old,
                                         ByteView entry = {});

} // namespace acredita::dialect::pkcs15
