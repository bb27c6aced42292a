// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Certificates remembered between processes: one small file for each card, named after its serial number.
// What it holds is a hint that the card has to confirm (Card::remember). Everything in a file is hostile:
// sizes are bounded, a checksum must agree, symbolic links are not followed, files of other users are not
// read. Failing to read or write is no error, it only costs exchanges.
#pragma once

#include "firmware-profiles/dialect/types.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace acredita::module {

class CertificateCache {
public:
    // An empty folder switches the cache off. The folder is made (0700) when something is stored.
    CertificateCache(std::filesystem::path folder, std::string key)
        : folder_(std::move(folder)), key_(std::move(key)) {}

    [[nodiscard]] bool exists() const;
    [[nodiscard]] std::optional<std::vector<card::KeySlot>> load(ByteView serial) const;
    void store(ByteView serial, const std::vector<card::KeySlot>& slots) const;
    void drop() const;

private:
    [[nodiscard]] std::filesystem::path file() const { return folder_ / key_; }

    std::filesystem::path folder_;
    std::string key_; // hexadecimal digest, so no card can name a file
};

} // namespace acredita::module
