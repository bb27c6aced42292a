// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How a person makes the backup again: the menus of one program, step by step, out of the catalogue
// (texts/recipe.toml). Source: FNMT's instructions for copies and the programs' own menus.
#pragma once

#include "tools/catalogue/catalogue.hpp"
#include "tools/p12/inspection.hpp"

#include <span>
#include <vector>

namespace acredita::diagnosis {

enum class Recipe { windows, firefox, chrome, macos, fnmt };

[[nodiscard]] std::span<const Recipe> all_recipes() noexcept;
[[nodiscard]] std::string_view name_of(Recipe recipe) noexcept;
[[nodiscard]] std::optional<Recipe> recipe_named(std::string_view name) noexcept;

// One page of words.
struct Page {
    std::string heading, title;
    std::vector<std::string> lead{}; // before the steps
    std::vector<std::string> steps;
    std::string done, trouble; // how a person knows that it worked; what to do if it does not
    std::vector<std::string> notes;
};

[[nodiscard]] Page page_of(Recipe recipe, catalogue::Language language);

// Does making the backup again mend this, and in which program? Empty if it does not (a wrong password is
// typed again, a stick is put in again). The program that seems to have written the file comes alone; where
// none is known Windows and Firefox, which FNMT's own instructions name.
[[nodiscard]] std::vector<Recipe> fitting(const p12::Inspection& seen);

} // namespace acredita::diagnosis
