// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What on a stick could be the backup, and what people bring instead. Only names, sizes and times are looked
// at; no file is opened.
#pragma once

#include "tools/stick/error.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace acredita::stick {

// By the end of the name alone; what a file really is, tools/p12 says when it has been read.
enum class Kind {
    backup,      // .p12 .pfx
    certificate, // .cer .crt .der .pem .p7b .p7c .spc
    key,         // .key .pvk .jks .keystore .kdb .kdbx
    request,     // .csr .req .p10
    archive,     // .zip .rar .7z .gz .tar
    document,    // .pdf .doc .docx .odt .txt .jpg .jpeg .png
    shortcut,    // .lnk .url .desktop
};

[[nodiscard]] std::optional<Kind> kind_of(std::string_view name) noexcept;

struct Entry {
    std::string path;   // beneath the stick, raw bytes; for Mounted::read() alone
    std::string name;   // the file's own name, made safe to show
    std::string folder; // the folders above it, made safe to show; empty at the top
    Kind kind = Kind::backup;
    std::uint64_t size = 0;    // bytes
    std::int64_t modified = 0; // seconds since 1970, as the stick says

    friend bool operator==(const Entry&, const Entry&) = default;
};

struct Listing {
    std::vector<Entry> entries;     // backups first, the newest first
    std::uint64_t seen = 0;         // names looked at
    std::optional<Error> cut_short; // too_many_files or damaged: there may be more than `entries` shows

    // Is there a backup to open? Otherwise the one sentence about this stick: no_backup_file,
    // certificate_only, or why the search was cut short.
    [[nodiscard]] std::optional<Error> verdict() const;
};

// Where the search ends; then `entries` is what was found so far.
struct Limits {
    std::uint64_t names = 50'000;
    std::size_t folders = 2'000;
    std::size_t depth = 8; // folders above a file
    std::size_t backups = 200;
    std::size_t others = 100; // of the kinds that are no backup; more are only counted
    std::chrono::milliseconds time{15'000};
};

} // namespace acredita::stick
