// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Is a journal the one that was written? Line by line, with one line of memory: which record was changed,
// removed, inserted, moved. tools/office/verify_journal.py does the same without a line of this.
//
// What no chain can show by itself: that its newest records were cut off, or that somebody who could write
// wrote it anew from some record on. Heads on receipts (and checkpoints, which are signed by cards) show it.
#pragma once

#include "tools/office/record.hpp"

#include <vector>

namespace acredita::office {

// A place in the chain: the number of a record and its hash. On paper "12:ABCD...".
struct Head {
    std::int64_t number = 0;
    std::string hash = no_hash;
    [[nodiscard]] std::string text() const { return std::to_string(number) + ":" + hash; }
};
[[nodiscard]] std::optional<Head> parse_head(std::string_view text);

enum class Flaw {
    unreadable,        // a line that is no record, where `number` was expected
    changed,           // its hash is not that of its words
    removed,           // `number` to `last` are missing
    inserted,          // a record too many, which calls itself `number`
    moved,             // `number` stands elsewhere
    replaced,          // `number` is not the record that the next one was written after
    not_as_on_receipt, // `number` is not the record that a receipt or checkpoint names
    cut,        // `number` to `last`, which a receipt proves to have been there, are missing at the end
    checkpoint, // the signature of checkpoint `number` does not verify
};
[[nodiscard]] std::string_view name(Flaw flaw) noexcept;

struct Fault {
    Flaw flaw{};
    std::int64_t number = 0;
    std::int64_t last = 0; // the same, but for ranges
    std::int64_t line = 0; // from 1
};

struct ChainReport {
    std::int64_t records = 0;
    Head head{};
    std::vector<Fault> faults{};            // the first 1000
    std::vector<std::int64_t> clock_back{}; // written earlier than the one before, by their clocks
    std::int64_t free_of_anchor = 0;    // the newest records, that no receipt and no checkpoint vouches for
    std::vector<std::string> signers{}; // SHA-256 of the certificates that signed checkpoints
    [[nodiscard]] bool whole() const noexcept { return faults.empty(); }
};

class Chain {
public:
    // Heads that are known from elsewhere.
    explicit Chain(std::vector<Head> known = {}) : known_(std::move(known)) {}
    void add(std::string_view line);
    [[nodiscard]] ChainReport finish();

private:
    struct Seen {
        std::int64_t number = 0; // 0: not readable, or not believed
        std::int64_t line = 0;
        std::string previous{}, hash{}, time{};
        bool sound = false; // its hash is that of its words
    };
    struct Range {
        std::int64_t from, to;
    };

    void place(const Seen& seen, std::int64_t next);
    void accept(const Seen& seen);
    void take_strays();
    [[nodiscard]] bool was_missing(std::int64_t number);
    void fault(Flaw flaw, std::int64_t number, std::int64_t last, std::int64_t line);
    void check_checkpoint(std::string_view line, const Link& link);

    std::vector<Head> known_;
    ChainReport report_{};
    Sha256 digest_{};
    std::optional<Seen> held_{}; // the line before, whose place the next one helps to tell
    std::vector<Seen> last_{{.hash = no_hash, .sound = true}}; // all that call themselves expected_ - 1
    std::vector<Seen> strays_{};
    std::vector<Range> missing_{};
    std::int64_t expected_ = 1;
    std::int64_t lines_ = 0;
    std::int64_t anchored_ = 0;
    std::string newest_time_{};
};

} // namespace acredita::office
