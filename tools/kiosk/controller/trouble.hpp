// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// An error as a page: out of the one catalogue, with what can be done from here.
#pragma once

#include "tools/catalogue/catalogue.hpp"

#include <QVariantMap>

namespace acredita::kiosk {

// What the person may do next; never nothing.
enum class Remedy { again, bring, unblock, end };

struct Trouble {
    Error error;
    Remedy remedy = Remedy::bring;
};

[[nodiscard]] Remedy remedy_for(const Error& error);
[[nodiscard]] catalogue::Message told(const Error& error, catalogue::Language language);
[[nodiscard]] QVariantMap as_map(const catalogue::Message& message);
[[nodiscard]] QVariantMap as_map(const Trouble& trouble, catalogue::Language language);

} // namespace acredita::kiosk
