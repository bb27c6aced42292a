// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Signs a PDF as PAdES B-B or B-T (EN 319 142-1 V1.1.1): the file's bytes stay as they are, one revision is
// appended. The signed file appears complete and checked, or not at all; the private key is used exactly
// once.
#pragma once

#include "tools/letter/append/place.hpp"
#include "tools/letter/cms/signer.hpp"
#include "tools/letter/cms/timestamp.hpp"
#include "tools/letter/errors.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace acredita::letter {

struct SignOptions {
    std::string field; // empty: the only empty signature field, or a new invisible one
    std::optional<std::string> reason;
    std::optional<std::string> location;
    std::optional<std::chrono::sys_seconds> time; // the claimed time; now if not given
    bool pss = false;
    DrawSignature draw{};       // what a visible field shows; nothing if not set
    bool allow_expired = false; // for the letter that proves possession of the old key; reported
    std::optional<std::size_t> contents_room; // bytes; computed from the certificates if not given
    bool sign_again_if_too_small =
        false; // one more use of the key, with the room that was found to be needed
    std::uint64_t max_size = std::uint64_t{4} << 30; // of the input, bytes
    std::optional<TimestampOrder> timestamp{};       // level T; B without it
};

struct SignReport {
    std::string field;
    std::chrono::sys_seconds time{};
    std::optional<std::int64_t> expired_days; // set if the certificate had expired when it signed
    std::uint64_t original_size = 0;
    std::uint64_t signed_size = 0;
    std::size_t cms_size = 0;
    std::size_t contents_room = 0;
    int key_uses = 0;
    Bytes sha256;                                      // of the whole signed file
    std::optional<std::chrono::sys_seconds> stamped{}; // by the timestamp authority
    std::optional<Error> unstamped{};                  // why not, where the order does without
};

// Errors: all of letter_errc. `output` must not exist yet; it may lie beside `input` but is never the same
// file.
[[nodiscard]] Result<SignReport> sign_pdf(const std::filesystem::path& input,
                                          const std::filesystem::path& output, const Signer& signer,
                                          const SignOptions& options);

// Signs any file as CAdES B-B or B-T (EN 319 122-1 V1.1.1): the output is the SignedData alone, in DER, for
// `input` beside it. Of the options, field, reason, location, draw and contents_room mean nothing here.
// Errors: as above.
[[nodiscard]] Result<SignReport> sign_beside(const std::filesystem::path& input,
                                             const std::filesystem::path& output, const Signer& signer,
                                             const SignOptions& options);

} // namespace acredita::letter
