// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Journals as lines of text, for the tests of everything that judges them.
#pragma once

#include "tools/office/chain.hpp"

#include <string>
#include <vector>

namespace acredita::test {

using Lines = std::vector<std::string>;

inline office::Record sample_record(std::int64_t number) {
    auto seconds = std::to_string(100'000 + number % 60).substr(4);
    return {.number = number,
            .time =
                "2026-11-21T09:" + std::to_string(100 + number / 60 % 60).substr(1) + ":" + seconds + ".000Z",
            .clock = "synchronised",
            .kiosk = "mostrador-1",
            .build = "acredita 0.1.0",
            .session = "0A1B2C3D4E5F",
            .operator_name = "ana",
            .role = "operator",
            .action = "issue.store_key",
            .outcome = "done",
            .code = 0,
            .holder = std::string(64, 'A'),
            .card = std::string(64, 'B'),
            .certificate = std::string(64, 'C'),
            .facts = {{"folio", "R-2026-" + std::to_string(number)}},
            .previous = office::no_hash,
            .hash = {}};
}

inline std::string hash_of(const std::string& line) { return line.substr(line.size() - 66, 64); }

// A journal of `count` records, sound from end to end.
inline Lines sound_journal(std::int64_t count, const std::string& kiosk = "mostrador-1") {
    office::Sha256 digest;
    Lines lines;
    for (std::int64_t number = 1; number <= count; ++number) {
        auto record = sample_record(number);
        record.kiosk = kiosk;
        if (!lines.empty()) record.previous = hash_of(lines.back());
        lines.push_back(office::serialise(record, digest));
    }
    return lines;
}

inline std::string joined(const Lines& lines) {
    std::string all;
    for (const auto& line : lines) all += line + "\n";
    return all;
}

} // namespace acredita::test
