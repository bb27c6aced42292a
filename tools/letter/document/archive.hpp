// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Makes of drawn, tagged sheets a document that keeps: PDF/A-3a (ISO 19005-3:2012) and PDF/UA-1
// (ISO 14289-1:2014), with its data as an associated file and its empty signature fields inside the structure
// tree. The same input gives the same bytes.
#pragma once

#include "tools/letter/document/paper.hpp"

#include <chrono>

namespace acredita::letter {

struct Archive {
    std::string title;
    std::string language;
    std::chrono::sys_seconds made{};
    std::string alt_code;  // what the figure of the letter is, for who cannot see it
    std::string data_name{}; // "carta.json"; "" if nothing is embedded
    std::string data_description{};
    std::string data{};
    std::vector<FieldPlace> fields{};
};

// not_drawn if libqpdf cannot make it; its complaint is the detail.
[[nodiscard]] Result<Bytes> archive(ByteView drawn, const Archive& about);

// The XMP packet (ISO 16684-1) that says so.
[[nodiscard]] std::string metadata_of(const Archive& about);

} // namespace acredita::letter
