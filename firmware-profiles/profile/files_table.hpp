// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a card wants whose keys and certificates are listed in files (PKCS #15 v1.1), or nearly so: where the
// lists are, how its PIN is presented, and the commands of its private operation. Part of Profile; the same
// rules hold (profile.hpp). All numbers in a command are hexadecimal digits, two a byte.
#pragma once

#include "firmware-profiles/profile/words.hpp"
#include "pcsc/base/bytes.hpp"

#include <optional>

namespace acredita::profile {

enum class CertificateForm : std::uint8_t { plain, zlib }; // zlib: two sizes in front, lowest byte first
enum class PathForm : std::uint8_t { binary, text };       // text: also as hexadecimal digits
enum class Pairing : std::uint8_t {
    id,
    modulus
}; // of a key with its certificate; modulus: the card is asked

struct Files {
    ByteView root{};         // the command that goes back to where absolute paths begin
    ByteView list{};         // identifier of the file that names the two lists; empty: they are known
    ByteView private_keys{}; // paths, from the root
    ByteView certificates{};
    ByteView skipped{}; // an identifier in paths that is no file
    PathForm paths = PathForm::binary;
    CertificateForm form = CertificateForm::plain;
    Pairing pairing = Pairing::id;
    std::string_view modulus{}; // command: the modulus of key {key}
    ByteView serial{};          // command: the card's number
    std::size_t chunk = 222;    // bytes asked for at once
};

// VERIFY, and what stands in its place.
struct Presentation {
    std::uint8_t cla = 0;
    bool padded = true;       // to the width and with the filler of the PIN's own table
    ByteView tries{};         // command: how many are left; empty: VERIFY without data
    std::size_t tries_at = 0; // byte of its answer
    bool change = false;      // CHANGE REFERENCE DATA, and RESET RETRY COUNTER if there is a PUK
};

// What a private operation is given, by kind: the hash, the whole DigestInfo, or a block the size of the
// modulus.
enum class Input : std::uint8_t { hash, digest_info, block };
enum class HashName : std::uint8_t { any, sha1, sha256, sha384, sha512 };

struct InputRow {
    Input input = Input::digest_info;
    HashName hash = HashName::any;
    std::uint8_t algorithm = 0; // the card's name for it
    std::size_t max = 0;        // bytes; 0: whatever the modulus holds
};

enum class Expect : std::uint8_t {
    status,
    all,
    modulus
}; // Le: none, as many as there are, the modulus' size

// One command. In head and data {key}, {algorithm}, {size} (of the input) and {input} stand for bytes.
struct Step {
    std::string_view head{}; // CLA INS P1 P2
    std::string_view data{};
    Expect expect = Expect::status;
};

struct PrivateOperation {
    std::span<const InputRow> inputs{}; // the first that fits
    std::span<const Step> steps{};      // the last one's answer is the result
    ByteView envelope{};                // CLA INS P1 P2 of the command that carries one too long for a byte
};

struct FileRules {
    Files files{};
    Presentation presentation{};
    PrivateOperation operation{};
};

} // namespace acredita::profile
