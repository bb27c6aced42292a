// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The sheet a person takes home: how the new certificate takes the place of the old one in a portal. The same
// words on the screen and as one page to print, a PDF that keeps as our letters do (PDF/A-3a, PDF/UA-1).
#pragma once

#include "pcsc/base/bytes.hpp"
#include "tools/letter/document/template.hpp"
#include "tools/letter/document/values.hpp"
#include "tools/portals/portal.hpp"

#include <chrono>
#include <optional>

namespace acredita::portals {

// Whose sheet it is. The identity number is masked.
struct Holder {
    struct Certificate {
        std::string serial{};
        std::string not_after{}; // "2030-11-20"
    };
    std::string name{};
    std::string masked_id{};
    std::string issuer{};
    Certificate renewed{};
    std::optional<Certificate> previous{};
};

// What a step may ask for: {name}, {renewed_serial}, {renewed_not_after}.
[[nodiscard]] letter::Values values_of(const Holder& holder);

struct Section {
    Part part;
    std::string heading;
    std::vector<std::string> steps;
};

struct Sheet {
    std::string title;
    std::string url;                                          // "" if the portal has none
    std::string beside_code;                                  // what is said of the address
    std::vector<std::pair<std::string, std::string>> facts{}; // of the holder and both certificates
    std::vector<Section> sections{};
    std::string closing;
    std::string alt_code; // the QR code, for who cannot see it
    std::string language; // BCP 47
};

// Without a holder: the steps as they are for anybody.
[[nodiscard]] Result<Sheet> sheet_of(const Portal& portal, const std::optional<Holder>& holder,
                                     catalogue::Language language);

// The bytes of the PDF; `office`: who hands it out, if it says so. portals.too_long, document.not_drawn,
// document.bad_value.
[[nodiscard]] Result<Bytes> draw_sheet(const Sheet& sheet, const std::optional<letter::Office>& office,
                                       std::chrono::sys_seconds made);

} // namespace acredita::portals
