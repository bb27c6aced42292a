// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/diagnosis/recipe.hpp"

#include <algorithm>
#include <array>

namespace acredita::diagnosis {
namespace {

constexpr std::array every = {Recipe::windows, Recipe::firefox, Recipe::chrome, Recipe::macos, Recipe::fnmt};
constexpr std::array<std::string_view, every.size()> names = {"windows", "firefox", "chrome", "macos",
                                                              "fnmt"};

bool new_backup_mends(p12::p12_errc fault) {
    using enum p12::p12_errc;
    switch (fault) {
    case unreadable_file:
    case wrong_password:
    case legacy_provider_missing:
    case no_certificate:
    case unsupported_key:
    case cancelled:
    case crypto_failure:
    case reader_unavailable:
        return false;
    default:
        return true;
    }
}

} // namespace

std::span<const Recipe> all_recipes() noexcept { return every; }

std::string_view name_of(Recipe recipe) noexcept { return names.at(static_cast<std::size_t>(recipe)); }

std::optional<Recipe> recipe_named(std::string_view name) noexcept {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return every.at(static_cast<std::size_t>(found - names.begin()));
}

Page page_of(Recipe recipe, catalogue::Language language) {
    const auto root = "recipe." + std::string(name_of(recipe)) + ".";
    const auto say = [&](const std::string& key) { return catalogue::text(key, language); };
    Page page{.heading = say("recipe.heading"),
              .title = say(root + "title"),
              .steps = {},
              .done = say(root + "done"),
              .trouble = say(root + "trouble"),
              .notes = {say("recipe.password"), say("recipe.bring"), say("recipe.keep")}};
    for (unsigned n = 1; catalogue::has_text(root + "step." + std::to_string(n)); ++n)
        page.steps.push_back(say(root + "step." + std::to_string(n)));
    return page;
}

std::vector<Recipe> fitting(const p12::Inspection& seen) {
    if (!seen.fault || !new_backup_mends(seen.fault->code)) return {};
    using enum p12::Exporter;
    switch (seen.exporter) {
    case windows_old:
    case windows:
        return {Recipe::windows};
    case firefox_old:
    case firefox:
        return {Recipe::firefox};
    case macos:
        return {Recipe::macos};
    default:
        return {Recipe::windows, Recipe::firefox};
    }
}

} // namespace acredita::diagnosis
