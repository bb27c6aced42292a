// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The two letters of a renewal as files in the office's folder. A letter is made of the record alone, so what
// a run that was interrupted has left undone is made again with the same bytes; a file of the same name that
// is something else is put aside, never overwritten.
#pragma once

#include "tools/letter/cms/signer.hpp"
#include "tools/letter/document/document.hpp"
#include "tools/letter/sign.hpp"
#include "tools/office/letters.hpp"
#include "tools/renewal/record.hpp"

#include <filesystem>

namespace acredita::renewal {

struct Folder {
    std::filesystem::path letters;   // where they are kept
    std::filesystem::path templates; // where their wording is
    letter::Office office{};
    unsigned days = 30; // in which a letter must be signed
};

enum class Part { first = 1, second = 2 };

// "carta-1-R-2026-000123-C.pdf", "carta-1-R-2026-000123-C-firmada.pdf"
[[nodiscard]] std::filesystem::path letter_file(const Folder& folder, const Record& record, Part part);
[[nodiscard]] std::filesystem::path signed_file(const Folder& folder, const Record& record, Part part);

// A number used once that ties both letters together.
[[nodiscard]] Result<Bytes> new_nonce();

// From folio, nonce and time of the record. Errors: document_errc.
[[nodiscard]] Result<letter::MadeLetter> compose(const Folder& folder, const Record& record, Part part);
// As the office's memory keeps it.
[[nodiscard]] office::Letter to_remember(const letter::MadeLetter& made, std::int64_t case_number);

// The file is there afterwards, with these bytes. folder_needed, letter_errc.
[[nodiscard]] Result<void> deliver(const letter::MadeLetter& made, const std::filesystem::path& file);

// Is the file of that name the letter to be signed by this key? match_errc ("error 71").
[[nodiscard]] Result<void> check_turn(const Folder& folder, const Record& record, Part part,
                                      const office::Letter& issued, ByteView signing_spki, Time now);

// SHA-256 of the letter as signed. What is there already and is exactly this letter with one sound signature
// of this key is taken for it; whatever else has its name is put aside.
[[nodiscard]] Result<std::optional<Bytes>> signed_before(const Folder& folder, const Record& record,
                                                         Part part, const office::Letter& issued,
                                                         ByteView signing_spki);
[[nodiscard]] Result<letter::SignReport> sign(const Folder& folder, const Record& record, Part part,
                                              const letter::Signer& signer, const letter::DrawSignature& draw,
                                              std::optional<letter::TimestampOrder> timestamp);

} // namespace acredita::renewal
