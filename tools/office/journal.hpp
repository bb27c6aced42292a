// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The journal: what was done, by whom, with what outcome; append-only and chained by hashes. A record that
// append() has returned is on the disk and stays there. No secret ever enters it, and no person by name.
#pragma once

#include "tools/office/checkpoint.hpp"
#include "tools/office/pseudonym.hpp"

#include <chrono>
#include <functional>

namespace acredita::office {

using Clock = std::chrono::system_clock;

// What is the same for all records of one program run.
struct Origin {
    std::string kiosk;
    std::string build;   // "acredita 0.1.0"
    std::string session; // new_session()
    std::string operator_name;
    std::string role = "operator";
    std::function<Clock::time_point()> now = Clock::now;
};
[[nodiscard]] std::string new_session();

// What happened. The identities are the real ones; they are kept as pseudonyms only.
struct Entry {
    std::string action;
    std::string outcome = "done"; // or "skipped", "failed"
    std::int64_t code = 0;
    std::string holder{};      // NIF
    std::string card{};        // serial number
    std::string certificate{}; // SHA-256
    Facts facts{};
};

class Journal {
public:
    Journal(Database& database, Origin origin) : database_(database), origin_(std::move(origin)) {}

    // The head afterwards. Inside of a database.write() the record stays or goes with that. text_refused: a
    // fact too long or of an impossible name. journal_broken: the newest record is not as it was written;
    // nothing can be appended to that.
    [[nodiscard]] Result<Head> append(const Entry& entry);
    // Signs the head and appends the signature; the record itself is the new head.
    [[nodiscard]] Result<Head> checkpoint(ByteView certificate, const Sign& sign);

    // Number 0 while there is none.
    [[nodiscard]] Result<Head> head();
    // Every line from this number on, in order, until `visit` says no.
    [[nodiscard]] Result<void> each(std::int64_t from, const std::function<bool(std::string_view)>& visit);

    struct Search {
        std::string folio{}, card{}, holder{}; // those that are not empty must all fit
    };
    // The lines that fit; reading them is not recorded here.
    [[nodiscard]] Result<std::vector<std::string>> find(const Search& search);

    [[nodiscard]] Pseudonyms pseudonyms() const noexcept { return Pseudonyms(database_); }
    [[nodiscard]] const Origin& origin() const noexcept { return origin_; }
    [[nodiscard]] Database& database() const noexcept { return database_; }

private:
    [[nodiscard]] Result<Head> append_here(const Entry& entry);

    Database& database_;
    Origin origin_;
    Sha256 digest_{};
};

// "2026-11-21T09:30:00.000Z"
[[nodiscard]] std::string utc_time(Clock::time_point time);

// "synchronised" if the kernel says that its clock follows one that is right, else "free". adjtimex(2).
[[nodiscard]] std::string clock_source();

} // namespace acredita::office
