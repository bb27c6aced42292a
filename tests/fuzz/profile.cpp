// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A profile an administrator added: every mistake is said, nothing else happens, and one without mistakes
// serves any card.
#include "firmware-profiles/card/card.hpp"
#include "firmware-profiles/profile/load.hpp"
#include "firmware-profiles/profile/match.hpp"
#include "pkcs11/module/rules.hpp"
#include "tests/fuzz/scripted_card.hpp"

using namespace acredita;
using namespace acredita::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // What stands behind a NUL is said by a card.
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto end = text.find('\0');
    const auto checked = profile::check(text.substr(0, end), "fuzz.toml");
    for (const auto& mistake : checked.mistakes)
        require(mistake.what.size() <= 2 * size + 200, "a mistake is a line, not a book");
    if (!checked.mistakes.empty()) return 0;
    const auto& profile = checked.loaded.profile;
    const auto rules = module::read_rules(profile);
    (void)module::mechanism_list(rules.abilities);
    for (const auto& other : profile::built_in()) (void)profile::overlap(profile, other);
    Feed feed(as_bytes(end == std::string_view::npos ? std::string_view() : text.substr(end + 1)));
    const auto atr = feed.chunk();
    ScriptedCard card(feed, most_in_one_call + stops_soon);
    auto recognised = card::recognise(card, atr, std::span(&profile, 1));
    if (!recognised) return 0;
    card.renew();
    (void)(*recognised)->identity(card);
    card.renew();
    (void)(*recognised)->directory(card);
    (void)(*recognised)->pin_status(card);
    return 0;
}
