// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What it costs to find out which card it is: over everything that is built in, whoever adds to it.
#include "firmware-profiles/card/card.hpp"
#include "firmware-profiles/profile/match.hpp"
#include "pcsc/base/tlv.hpp"
#include "tools/practice/card_spec.hpp"
#include "tools/practice/foreign/options.hpp"

#include <algorithm>
#include <functional>
#include <iostream>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::card;
using profile::Profile;

namespace {

constexpr std::size_t most_with_exact_atr = 2, most_without = 5, most_unknown = 8;

// Counts, and keeps what was sent.
class AnswerChannel final : public Channel {
public:
    explicit AnswerChannel(std::function<Bytes(ByteView)> card) : card_(std::move(card)) {}
    [[nodiscard]] Result<ZeroingBytes> transmit(const Frame& frame) override {
        commands.emplace_back(frame.bytes.begin(), frame.bytes.end());
        const auto answer = card_(frame.bytes);
        return ZeroingBytes(answer.begin(), answer.end());
    }
    [[nodiscard]] Protocol protocol() const noexcept override { return Protocol::t1; }
    // Nothing but SELECT by name, and GET RESPONSE for its answer: nothing that could spend a try or write.
    [[nodiscard]] bool harmless() const {
        return std::all_of(commands.begin(), commands.end(), [](const Bytes& one) {
            const bool reads =
                one[1] == 0xCA && one[2] == 0x00 && one[3] == 0x6E; // what OpenPGP cards tell everybody
            return (one[1] == 0xA4 && one[2] == 0x04) || one[1] == 0xC0 || reads;
        });
    }
    std::vector<Bytes> commands{};

private:
    std::function<Bytes(ByteView)> card_;
};

Bytes name_in(ByteView select) {
    const auto size = select.size() > 4 ? std::size_t{select[4]} : 0;
    const auto name = select.subspan(std::min<std::size_t>(5, select.size()));
    return Bytes(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(std::min(size, name.size())));
}

// What the profile waits for.
Bytes answer_of(const profile::Match& match) {
    if (match.no_answer) return {};
    if (!match.answer.empty()) return copy(match.answer);
    Bytes inner = make_tlv(0x4F, match.aid);
    if (!match.label_prefix.empty()) append_tlv(inner, 0x50, as_bytes(match.label_prefix));
    return make_tlv(match.answer_tag != 0 ? match.answer_tag : 0x61, inner);
}

// A card with this one application. Where its answer has to be fetched (T=0), that is one exchange more.
AnswerChannel card_of(const profile::Match& match, bool fetched) {
    return AnswerChannel([match, fetched](ByteView command) {
        auto answer = answer_of(match);
        const auto length = static_cast<std::uint8_t>(answer.size());
        append(answer, Bytes{0x90, 0x00});
        if (command[1] == 0xC0) return answer;
        if (command[1] != 0xA4 || !equal(name_in(command), match.aid)) return Bytes{0x6A, 0x82};
        return fetched ? Bytes{0x61, length} : answer;
    });
}

struct Reset {
    Bytes atr;
    bool exact = false;
};

// Every answer to reset that a profile names, with its free bytes as they stand in the file.
std::vector<Reset> resets_of(const Profile& one) {
    std::vector<Reset> all;
    for (const auto& rule : one.match.atr) {
        Bytes atr(rule.value.begin(), rule.value.end());
        const auto range = rule.from.empty() ? ByteView{} : rule.from;
        std::copy(range.begin(), range.end(), atr.begin() + static_cast<std::ptrdiff_t>(rule.at));
        all.push_back(
            {atr, std::all_of(rule.mask.begin(), rule.mask.end(), [](auto m) { return m == 0xFF; })});
    }
    for (const auto& bytes : one.match.historical) {
        Bytes atr{0x3B, static_cast<std::uint8_t>(0x80U | bytes.size()), 0x80, 0x01};
        append(atr, bytes);
        atr.push_back(0x00);
        all.push_back({atr, true});
    }
    return all;
}

void expect_recognised(const Profile& one, ByteView atr, std::size_t most, bool fetched) {
    BOOST_TEST_CONTEXT(one.name << (fetched ? " with T=0" : "")) {
        auto channel = card_of(one.match, fetched);
        const auto card = recognise(channel, atr, profile::built_in());
        BOOST_REQUIRE_MESSAGE(card, (card ? "" : describe(card.error())));
        BOOST_TEST((*card)->profile().name == one.name);
        BOOST_TEST(channel.commands.size() <= most);
        BOOST_TEST(channel.harmless());
    }
}

const Bytes stranger{0x3B, 0x00};

} // namespace

BOOST_AUTO_TEST_SUITE(recognising_a_card)

BOOST_AUTO_TEST_CASE(with_an_exact_answer_to_reset_costs_two_exchanges_at_most) {
    for (const auto& one : profile::built_in())
        for (const auto& [atr, exact] : resets_of(one))
            for (const bool fetched : {false, true}) {
                // The second application of a chip whose first one is asked for before it, on T=0.
                const std::size_t behind = fetched && one.match.probe_order > 100 ? 1 : 0;
                expect_recognised(one, atr, exact ? most_with_exact_atr + behind : most_without, fetched);
            }
}

BOOST_AUTO_TEST_CASE(without_one_costs_five_at_most) {
    for (const auto& one : profile::built_in()) {
        if (!one.match.atr.empty() || !one.match.historical.empty()) continue;
        if (!one.match.card_historical.empty()) continue; // known by more than its answer to SELECT
        expect_recognised(one, stranger, most_without, false);
    }
}

BOOST_AUTO_TEST_CASE(that_nobody_knows_costs_eight_at_most_and_nothing_but_selections) {
    AnswerChannel channel([](ByteView) { return Bytes{0x6A, 0x82}; });
    const auto card = recognise(channel, stranger, profile::built_in());
    BOOST_TEST(is(card.error(), card_errc::not_recognised));
    BOOST_TEST(channel.commands.size() <= most_unknown);
    BOOST_TEST(channel.harmless());
    std::cout << "an unknown card: " << channel.commands.size() << " exchanges\n";
}

BOOST_AUTO_TEST_CASE(of_every_kind_of_practice_card_keeps_to_these) {
    std::vector<std::string> cards;
    for (const auto kind : practice::card_kinds()) cards.emplace_back(kind);
    for (const auto make : practice::foreign::makes()) cards.push_back("foreign:make=" + std::string(make));
    for (const auto& text : cards) {
        const auto spec = practice::parse_card(text);
        BOOST_REQUIRE_MESSAGE(spec, text);
        const auto chip = spec->chip.make(4711);
        if (!chip || chip->atr().empty()) continue;
        const auto atr = chip->atr();
        AnswerChannel channel([&](ByteView command) { return chip->exchange(command); });
        const auto card = recognise(channel, atr, profile::built_in());
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(channel.harmless());
            const auto exact = [&](const Profile& one) {
                const auto resets = resets_of(one);
                return std::any_of(resets.begin(), resets.end(), [&](const Reset& reset) {
                    return reset.exact && profile::possible(one, atr) &&
                           (reset.atr == atr || !one.match.historical.empty());
                });
            };
            const auto most = !card                       ? most_unknown
                              : exact((*card)->profile()) ? most_with_exact_atr
                                                          : most_without;
            BOOST_TEST(channel.commands.size() <= most);
            std::cout << text << ": " << (card ? (*card)->profile().name : "unknown") << ", "
                      << channel.commands.size() << " exchanges\n";
        }
    }
}

BOOST_AUTO_TEST_CASE(that_says_yes_to_everything_believes_none_of_it) {
    for (const auto* answer : {"9000", "6F009000", "6100", "FF9000", "0000000000009000"}) {
        const auto yes = from_hex(answer).value();
        AnswerChannel channel([&](ByteView) { return yes; });
        const auto card = recognise(channel, stranger, profile::built_in());
        BOOST_TEST_CONTEXT(answer) {
            BOOST_TEST(!card);
            BOOST_TEST(channel.commands.size() <= most_unknown);
            BOOST_TEST(channel.harmless());
        }
    }
}

BOOST_AUTO_TEST_CASE(that_has_two_applications_takes_the_one_asked_for_first) {
    const auto& profiles = profile::built_in();
    const auto aids = profile::aids_to_probe(profiles, stranger);
    AnswerChannel channel([&](ByteView command) {
        for (const auto& one : profiles)
            if (profile::possible(one, stranger) && equal(name_in(command), one.match.aid)) {
                auto answer = answer_of(one.match);
                append(answer, Bytes{0x90, 0x00});
                return answer;
            }
        return Bytes{0x6A, 0x82};
    });
    const auto card = recognise(channel, stranger, profiles);
    BOOST_REQUIRE(card);
    BOOST_TEST(!aids.empty());
    BOOST_TEST(channel.commands.size() <= most_without);
}

BOOST_AUTO_TEST_SUITE_END()
