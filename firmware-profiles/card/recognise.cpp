// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/card/piv_card.hpp"
#include "firmware-profiles/profile/match.hpp"
#include "pcsc/apdu/iso7816.hpp"

#include <deque>

namespace acredita::card {

namespace {

// The directory model decides which class a card is of; everything else is the profile's.
std::unique_ptr<Card> make_card(const profile::Profile& profile, bool selected) {
    switch (profile.objects.directory) {
    case profile::DirectoryKind::piv:
        break;
    }
    return std::make_unique<PivCard>(profile, selected);
}

} // namespace

Result<std::unique_ptr<Card>> recognise(Channel& channel, ByteView atr,
                                        std::span<const profile::Profile> profiles) {
    const auto aids = profile::aids_to_probe(profiles, atr);
    std::deque<ZeroingBytes> kept; // what the answers look at
    std::vector<profile::SelectAnswer> answers;
    const profile::Profile* found = nullptr;
    ByteView selected;
    for (const auto aid : aids) {
        ACREDITA_TRY(answer, exchange(channel, iso7816::select(aid), Transport{}));
        if (answer.sw.ok()) selected = aid;
        kept.push_back(std::move(answer.data));
        answers.push_back({aid, answer.sw, {kept.back().data(), kept.back().size()}});
        found = profile::match(profiles, atr, answers);
        if (found != nullptr && !found->match.generic) break;
    }
    if (found == nullptr) return fail(card_errc::not_recognised);
    return make_card(*found, equal(selected, found->match.aid));
}

} // namespace acredita::card
