// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Certificates remembered between processes: one small file for each card, named after its serial number.
// What it holds is a hint that the card has to confirm (Card::remember). Everything in a file is hostile:
// sizes are bounded, a checksum must agree, symbolic links are not followed, what is not a plain file of this
// user's, or may be written by others, is not read. Failing to read or write is no error, it only costs
// exchanges. Any number of processes may read and write at once.
#pragma once

#include "firmware-profiles/dialect/types.hpp"

#include <filesystem>
#include <optional>
#include <vector>

#include <sys/types.h>

namespace acredita::module {

class CertificateCache {
public:
    // An empty folder switches the cache off. The folder is made (0700) when something is stored.
    CertificateCache(std::filesystem::path folder, std::string key)
        : folder_(std::move(folder)), key_(std::move(key)) {}

    // Tells one file from the next of the same name; nullopt: there is none. Another process that changes the
    // card leaves another stamp.
    struct Stamp {
        ino_t file = 0;
        off_t size = 0;
        time_t seconds = 0;
        long nanoseconds = 0;
        bool operator==(const Stamp&) const = default;
    };
    [[nodiscard]] std::optional<Stamp> stamp() const;
    // `whole`, if given, becomes false if the card has, or had, more places than these.
    [[nodiscard]] std::optional<std::vector<card::KeySlot>> load(ByteView serial,
                                                                 bool* whole = nullptr) const;
    void store(ByteView serial, const std::vector<card::KeySlot>& slots, bool whole = true) const;
    void drop() const;

private:
    [[nodiscard]] std::filesystem::path file() const { return folder_ / key_; }

    std::filesystem::path folder_;
    std::string key_; // hexadecimal digest, so no card can name a file
};

} // namespace acredita::module
