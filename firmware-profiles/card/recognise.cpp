// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/card/file_card.hpp"
#include "firmware-profiles/card/openpgp_card.hpp"
#include "firmware-profiles/card/piv_card.hpp"
#include "firmware-profiles/card/pkcs15_card.hpp"
#include "firmware-profiles/profile/match.hpp"
#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>
#include <deque>

namespace acredita::card {

namespace {

// The directory model decides which class a card is of; everything else is the profile's.
std::unique_ptr<Card> make_card(const profile::Profile& profile, ByteView selected,
                                ByteView application_data) {
    switch (profile.objects.directory) {
    case profile::DirectoryKind::pkcs15:
        return std::make_unique<Pkcs15Card>(profile, !selected.empty());
    case profile::DirectoryKind::piv:
        break;
    case profile::DirectoryKind::files:
        return std::make_unique<FileCard>(profile, selected);
    case profile::DirectoryKind::openpgp:
        return std::make_unique<OpenPgpCard>(profile, !selected.empty(), application_data);
    }
    return std::make_unique<PivCard>(profile, !selected.empty());
}

// Recognising may not cost more than this, whatever the card answers; and once a card is known well enough to
// be read, not more than the second for the hope that it is known better.
constexpr std::size_t most_exchanges = profile::most_applications, enough_exchanges = 5;

class Counted final : public Channel {
public:
    explicit Counted(Channel& card) : card_(card) {}
    [[nodiscard]] Result<ZeroingBytes> transmit(const Frame& frame) override {
        if (spent_ == most_exchanges) return fail(apdu_errc::endless_response);
        ++spent_;
        return card_.transmit(frame);
    }
    [[nodiscard]] Protocol protocol() const noexcept override { return card_.protocol(); }
    [[nodiscard]] bool short_only() override { return card_.short_only(); }
    [[nodiscard]] std::size_t spent() const noexcept { return spent_; }

private:
    Channel& card_;
    std::size_t spent_ = 0;
};

// An answer that makes no sense is a no.
Result<ResponseApdu> ask(Channel& channel, ByteView aid) {
    auto answer = exchange(channel, iso7816::select(aid), Transport{});
    if (!answer && answer.error().code.category() == error_category<apdu_errc>())
        return ResponseApdu{.data = {}, .sw = sw::file_not_found};
    return answer;
}

// What an OpenPGP application says of itself tells makers apart that share an AID; the card is asked for it
// next anyhow. Empty where no profile wants it.
Result<ZeroingBytes> application_data(Channel& channel, ByteView aid, ByteView atr,
                                      std::span<const profile::Profile> profiles) {
    const bool wanted = std::ranges::any_of(profiles, [&](const profile::Profile& one) {
        return !one.match.card_historical.empty() && equal(one.match.aid, aid) && profile::possible(one, atr);
    });
    if (!wanted) return ZeroingBytes{};
    auto answer = exchange(channel, dialect::openpgp::get_data(0x006E, 256), Transport{});
    if (!answer && answer.error().code.category() == error_category<apdu_errc>()) return ZeroingBytes{};
    if (!answer) return fail(std::move(answer).error());
    return answer->sw.ok() ? std::move(answer->data) : ZeroingBytes{};
}

// A name in the range that anybody may use (ISO 7816-4:2005 8.2.1.2), and that nobody does.
constexpr std::uint8_t nobody[] = {0xF0, 0x00, 0x6E, 0x6F, 0x62, 0x6F, 0x64, 0x79};

// Known by a yes alone, without a word about itself, and its answer to reset says nothing either.
bool proves_nothing(const profile::Profile& found, std::span<const profile::SelectAnswer> answers) {
    return found.match.atr.empty() && found.match.historical.empty() &&
           std::any_of(answers.begin(), answers.end(), [&](const profile::SelectAnswer& answer) {
               return equal(answer.aid, found.match.aid) && answer.data.empty() &&
                      answer.card_historical.empty();
           });
}

} // namespace

Result<std::unique_ptr<Card>> recognise(Channel& channel, ByteView atr,
                                        std::span<const profile::Profile> profiles) {
    const auto aids = profile::aids_to_probe(profiles, atr);
    std::deque<ZeroingBytes> kept; // what the answers look at
    std::vector<profile::SelectAnswer> answers;
    const profile::Profile* found = nullptr;
    ByteView selected, of_itself;
    Counted counted(channel);
    for (const auto aid : aids) {
        if (counted.spent() >= (found != nullptr ? enough_exchanges : most_exchanges)) break;
        ACREDITA_TRY(answer, ask(counted, aid));
        if (answer.sw.ok()) selected = aid;
        kept.push_back(std::move(answer.data));
        answers.push_back({aid, answer.sw, {kept.back().data(), kept.back().size()}, {}});
        found = profile::match(profiles, atr, answers);
        if (answer.sw.ok() && (found == nullptr || found->match.generic)) {
            ACREDITA_TRY(data, application_data(counted, aid, atr, profiles));
            if (!data.empty()) {
                kept.push_back(std::move(data));
                of_itself = {kept.back().data(), kept.back().size()};
                answers.back().card_historical = find_tlv(of_itself, {0x6E, 0x5F52}).value_or(ByteView{});
            }
        }
        found = profile::match(profiles, atr, answers);
        if (found != nullptr) break; // a better profile for this application would have matched with it
    }
    if (found == nullptr) return fail(card_errc::not_recognised);
    if (proves_nothing(*found, answers)) {
        ACREDITA_TRY(answer, ask(counted, nobody));
        if (answer.sw.ok()) return fail(card_errc::not_recognised, "it says yes to every name");
        selected = {};
    }
    return make_card(*found, profile::names(*found, selected) ? selected : ByteView{}, of_itself);
}

} // namespace acredita::card
