// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/diagnosis/card_verdict.hpp"

namespace acredita::diagnosis {
namespace {

using profile::Verdict;

std::string joined(std::span<const std::string_view> names) {
    std::string all;
    for (const auto name : names) all += (all.empty() ? "" : ", ") + std::string(name);
    return all;
}

} // namespace

std::string_view name_of(Verdict verdict) noexcept {
    switch (verdict) {
    case Verdict::no_application:
        return "no-application";
    case Verdict::makers_module:
        return "makers-module";
    case Verdict::unknown:
        break;
    }
    return "unknown";
}

Page page_of(const profile::Family* family, ByteView atr, const std::string& contact,
             catalogue::Language language) {
    const auto verdict = family != nullptr ? family->verdict : Verdict::unknown;
    const auto root = "verdict." + std::string(name_of(verdict)) + ".";
    const auto modules = family != nullptr ? joined(family->modules) : std::string();
    const auto say = [&](const std::string& key) {
        return catalogue::text(key, language, {{"modules", modules}});
    };
    Page page{.heading = say(root + "heading"),
              .title = family != nullptr ? std::string(family->title) : say("verdict.no_family"),
              .lead = {say(root + "why")},
              .steps = {},
              .done = say(root + "meanwhile"),
              .trouble =
                  catalogue::text("verdict.contact", language,
                                  {{"contact", contact.empty() ? say("verdict.nobody_named") : contact}}),
              .notes = {}};
    if (family != nullptr) page.lead.push_back(say("verdict.family." + std::string(family->name)));
    const auto steps = root + (family != nullptr && family->import_never ? "never." : "ask.");
    for (unsigned n = 1; catalogue::has_text(steps + std::to_string(n)); ++n)
        page.steps.push_back(say(steps + std::to_string(n)));
    page.notes.push_back(catalogue::text("verdict.mark", language, {{"atr", to_hex(atr)}}));
    return page;
}

} // namespace acredita::diagnosis
