// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The kinds of PDF that a letter may be, each made for the test that asks for it.
#pragma once

#include "tests/tools/letter/support.hpp"

namespace acredita::letter::test {

struct Fixture {
    std::string name;
    std::string bytes;
};

// Everything that must be signed: cross-reference tables and streams, linearized, forms and annotations in
// each place.
[[nodiscard]] std::vector<Fixture> signable(const Scratch& scratch);

// simple_letter() with an empty signature field of that name, and entries of the test's own in the field.
[[nodiscard]] PdfParts with_ready_field(const std::string& name, const std::string& entries = "");

// simple_letter() certified by its author with that P.
[[nodiscard]] PdfParts certified(int level);

} // namespace acredita::letter::test
