// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One record of the journal, and the one line of text it is kept, exported and digested as (docs/journal.md).
#pragma once

#include "tools/office/canonical.hpp"
#include "tools/office/digest.hpp"

#include <optional>

namespace acredita::office {

inline constexpr std::size_t longest_line = 65536;
inline constexpr std::size_t hash_size = 64;
inline const std::string no_hash(hash_size, '0'); // what the first record follows

struct Record {
    std::int64_t number = 0;
    std::string time;  // UTC, "2026-11-21T09:30:00.000Z"
    std::string clock; // "synchronised", or "free": nobody sets this machine's clock
    std::string kiosk;
    std::string build;
    std::string session; // of the program, so that records of one run can be told from others'
    std::string operator_name;
    std::string role;
    std::string action;                    // "issue.store_key"
    std::string outcome;                   // "done", "skipped", "failed"
    std::int64_t code = 0;                 // the office's code of a failure
    std::string holder, card, certificate; // keyed digests; "" where none is known
    Facts facts;
    std::string previous; // hash of the record before
    std::string hash;     // of the line up to itself
};

// The line, with the hash that belongs to it.
[[nodiscard]] std::string serialise(const Record& record, Sha256& digest);

// nullopt if it is not, byte for byte, what serialise() writes; the hash itself is not judged.
[[nodiscard]] std::optional<Record> parse(std::string_view line);

// The same judgement, and only what the chain needs. The views are of the line.
struct Link {
    std::int64_t number = 0;
    std::string_view time, previous, hash;
    std::string_view hashed; // what `hash` should be the digest of
    bool checkpoint = false;
};
[[nodiscard]] std::optional<Link> read_link(std::string_view line);

} // namespace acredita::office
