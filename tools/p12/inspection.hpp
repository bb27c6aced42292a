// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Everything a person may be told of a file, before and after its password: what the command line and the
// kiosk print. No secret and no full identity number is in it.
//
// Every file ends in one outcome of a closed set: needs_password, needs_no_password, opens, or the name of a
// p12_errc. Names are stable.
#pragma once

#include "tools/p12/examination.hpp"
#include "tools/p12/exporter.hpp"
#include "tools/p12/open.hpp"

namespace acredita::p12 {

// One figure that belongs to a fault. Names: missing_bytes, offset, part (what was expected there),
// iterations, algorithm, kind (the encoding or format), bytes, signal, reason.
struct Known {
    std::string name, value;
};

struct Fault {
    p12_errc code{};
    std::string name; // that of the ErrorTable
    std::vector<Known> known;
};

// Errors of other families keep their own name, and code is crypto_failure.
[[nodiscard]] Fault fault_of(const Error& error);
[[nodiscard]] std::vector<Known> known_of(const Error& error);

// What was found inside.
struct Found {
    std::optional<PasswordForm> form;
    struct Pair {
        KeyFacts key;
        Certificate leaf;
        std::size_t chain = 0; // certificates above the leaf
        bool chain_complete = false;
        KeyHealth health;
        std::optional<Examination> examination; // add_examination()
    };
    std::vector<Pair> pairs;
    std::vector<KeyFacts> lone_keys;
    std::vector<Certificate> lone_certificates;
    std::size_t keys = 0, certificates = 0, repeated_certificates = 0, locked_keys = 0, locked_safes = 0;
    std::vector<Warning> warnings;
};

struct Inspection {
    std::size_t size = 0; // bytes of the file
    std::string outcome;
    std::optional<Fault> fault;
    std::optional<Envelope> envelope; // none if the file is not even a backup
    Exporter exporter = Exporter::unknown;
    std::optional<Found> found; // none before the password
};

// Without a password.
[[nodiscard]] Inspection inspect(ByteView file);
// The same from what sniff() said.
[[nodiscard]] Inspection inspect(std::size_t size, const Result<Envelope>& envelope);
// Adds what examine() said. A backup that holds no complete credential keeps what was found beside its fault.
void add_opened(Inspection& to, const Result<Opened>& opened);

// Adds what examine_pair() says of every pair.
void add_examination(Inspection& to, const Crypto& crypto, const Opened& opened, const Evidence& evidence);

[[nodiscard]] std::string_view name_of(Warning warning) noexcept;
[[nodiscard]] std::string_view name_of(PasswordForm form) noexcept;
[[nodiscard]] std::string_view name_of(MacKind kind) noexcept;
[[nodiscard]] std::string_view name_of(KeyType type) noexcept;

} // namespace acredita::p12
