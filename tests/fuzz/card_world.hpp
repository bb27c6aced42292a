// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The module's surroundings for one input: a reader with a practice card inside this process, below the real
// profiles and dialects, and a line to it that the input may meddle with. Before each answer one byte is
// taken: below 80 the card's own answer passes; above, see Meddling.
#pragma once

#include "pkcs11/module/lifecycle.hpp"
#include "tests/fuzz/target.hpp"
#include "tools/practice/piv/application.hpp"

#include <optional>

namespace acredita::fuzz {

// The time for one transaction (module::Budget), in exchanges; and how many of them one call may need in all:
// who found the time spent may look once more at another place.
inline constexpr std::size_t most_in_transaction = 1500;
inline constexpr std::size_t most_in_call = 2000;

enum class Meddling : std::uint8_t {
    replace = 0x80, // chunk: this instead
    status,         // word: another status word
    cut,            // byte: that many bytes less
    change,         // word, byte: one byte of it
    lengthen,       // chunk: before the status word
    endless,        // byte: 61xx and one byte, from now on as long as the input says
    broken,         // byte: the line breaks as that reader_errc
    gigantic,       // byte: 64 KiB of it and 9000
    stale,          // the answer before
    forgetful,      // the card is reset first
    trust,          // byte: that many answers pass
    lie,            // word: a byte of it becomes 82 or FF, as lengths are spelled
};

// A world stands from its construction to its end, one at a time; make_world() gives the module its view.
class World {
public:
    // The first byte says which firmware, whether extended and T=1, whether there is a cache, and what comes
    // when the feed is at its end; an empty feed is a well-behaved card.
    explicit World(Feed feed);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    [[nodiscard]] Result<ZeroingBytes> answer(const Frame& frame);
    [[nodiscard]] Protocol protocol() const noexcept { return t0_ ? Protocol::t0 : Protocol::t1; }
    [[nodiscard]] Bytes atr() const { return card_->atr(); }
    [[nodiscard]] std::filesystem::path cache() const;

    // What happens to readers and cards by itself.
    void pull();
    void put_in();
    void swap(std::uint8_t firmware);
    void reset_by_others();
    void break_next(std::uint8_t how); // the next transaction

    std::vector<reader::ReaderState> readers{};
    std::optional<Error> next_begin{};
    bool service = true;
    std::size_t exchanges = 0;   // of the present call
    std::size_t transaction = 0; // exchanges in the present one
    std::vector<Bytes>* record = nullptr;

private:
    [[nodiscard]] Result<ZeroingBytes> truth(const Frame& frame);
    [[nodiscard]] Result<ZeroingBytes> meddle(std::uint8_t how, const Frame& frame);

    Feed feed_;
    bool t0_ = false;
    bool cached_ = false;
    unsigned ending_ = 0;
    std::size_t trusted_ = 0;
    std::size_t endless_ = 0;
    std::unique_ptr<practice::piv::PivApplication> card_;
    ZeroingBytes last_{0x90, 0x00};
};

[[nodiscard]] std::unique_ptr<module::Surroundings> make_world();

} // namespace acredita::fuzz
