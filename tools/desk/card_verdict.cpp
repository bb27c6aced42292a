// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/card_verdict.hpp"

#include "pkcs11/client/cryptoki_error.hpp"
#include "tools/desk/surroundings.hpp"
#include "tools/issue/target.hpp"

namespace acredita::desk {
namespace {

bool not_served(const Error& error) {
    return is(error, issue::issue_errc::card_not_usable) ||
           is(error, client::cryptoki_errc::token_not_recognized);
}

} // namespace

diagnosis::Page CardVerdict::page(catalogue::Language language) const {
    return diagnosis::page_of(family, atr, contact(), language);
}

std::optional<CardVerdict> verdict_on(const Error& error, const std::string& reader) {
    const bool no_import = is(error, issue::issue_errc::import_not_possible);
    if (!not_served(error) && !no_import) return std::nullopt;
    auto card = issue::find_card(reader);
    if (!card) return std::nullopt;
    const auto* family = profile::family_of(profile::built_in_families(), card->atr);
    if (no_import && family == nullptr) return std::nullopt;
    return CardVerdict{family, std::move(card->atr)};
}

} // namespace acredita::desk
