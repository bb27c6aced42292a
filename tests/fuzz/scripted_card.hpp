// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card that says whatever the input says. Each answer is two bytes of length and that many bytes, status
// word and all; a few lengths mean more:
//
//     FFxx  the line breaks as reader_errc xx says      FExx  the last answer, xx + 1 times more
//     FDxx  64 KiB of xx and 9000                       FCxx  one byte and 61xx
//
// As on a real line the time for exchanges runs out (pcsc/reader/transaction.hpp): here after so many of
// them, and from then on each is a timeout. What comes when the input is used up is said by its first byte:
// 6D00, the last answer for ever, one byte and 61FF for ever, or a card that is gone.
#pragma once

#include "pcsc/apdu/channel.hpp"
#include "pcsc/reader/error.hpp"
#include "tests/fuzz/target.hpp"

namespace acredita::fuzz {

inline constexpr std::size_t most_in_one_call = 2000;
// Some verbs go on to the next object after an error; not for long.
inline constexpr std::size_t stops_soon = 100;

class ScriptedCard final : public Channel {
public:
    // Looks at the feed as long as it lives.
    ScriptedCard(Feed& feed, std::size_t most_exchanges, std::size_t budget = most_in_one_call)
        : feed_(feed), most_(most_exchanges), budget_(budget) {
        const auto first = feed_.byte();
        ending_ = first & 3U;
        protocol_ = (first & 4U) != 0 ? Protocol::t0 : Protocol::t1;
        short_only_ = (first & 8U) != 0;
    }

    Result<ZeroingBytes> transmit(const Frame& frame) override {
        require(frame.bytes.size() >= 4 && frame.bytes.size() <= 65544, "a command is one");
        require(frame.secret_from + frame.secret_size <= frame.bytes.size(), "a secret lies in its command");
        require(++exchanges_ <= most_, "a call ends, whatever the card says");
        if (budget_ == 0) return fail(reader::reader_errc::timeout);
        --budget_;
        if (repeats_ > 0) {
            --repeats_;
            return last_;
        }
        if (feed_.empty()) return at_end();
        const auto length = feed_.word();
        const auto low = static_cast<std::uint8_t>(length);
        switch (length >> 8U) {
        case 0xFF:
            return broken(low);
        case 0xFE:
            repeats_ = low;
            return last_;
        case 0xFD:
            last_.assign(65536, low);
            last_.push_back(0x90);
            last_.push_back(0x00);
            return last_;
        case 0xFC:
            last_ = {0x2A, 0x61, low};
            return last_;
        default:
            const auto bytes = feed_.bytes(length);
            last_.assign(bytes.begin(), bytes.end());
            return last_;
        }
    }
    [[nodiscard]] Protocol protocol() const noexcept override { return protocol_; }
    [[nodiscard]] bool short_only() override { return short_only_; }
    // Another call begins.
    void renew() noexcept {
        exchanges_ = 0;
        budget_ = most_in_one_call;
    }

private:
    static tl::unexpected<Error> broken(std::uint8_t how) {
        const auto& rows = ErrorTable<reader::reader_errc>::rows;
        return fail(rows[how % std::size(rows)].value);
    }
    Result<ZeroingBytes> at_end() {
        switch (ending_) {
        case 0:
            return ZeroingBytes{0x6D, 0x00};
        case 1:
            return last_;
        case 2:
            return ZeroingBytes{0x2A, 0x61, 0xFF};
        default:
            return fail(reader::reader_errc::card_removed);
        }
    }

    Feed& feed_;
    std::size_t most_;
    std::size_t budget_;
    std::size_t exchanges_ = 0;
    std::size_t repeats_ = 0;
    unsigned ending_ = 0;
    Protocol protocol_ = Protocol::t1;
    bool short_only_ = false;
    ZeroingBytes last_{0x90, 0x00};
};

} // namespace acredita::fuzz
