// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// BER-TLV: an element lies where it says and nowhere else, and what we write we read.
#include "pcsc/base/tlv.hpp"

#include "tests/fuzz/target.hpp"

using namespace acredita;
using namespace acredita::fuzz;

namespace {

bool inside(ByteView part, ByteView whole) {
    return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

// Every level, down to where a depth of a card's would end long before.
std::size_t walk(ByteView data, int depth) {
    std::size_t seen = 0;
    TlvReader reader(data);
    while (!reader.at_end()) {
        const auto before = reader.rest().size();
        const auto element = reader.next();
        if (!element) break;
        ++seen;
        require(reader.rest().size() < before, "each element takes something");
        require(inside(element->whole, data) && inside(element->value, element->whole),
                "an element lies within its data");
        require(element->whole.size() + reader.rest().size() == before, "an element is what was taken");
        const auto again = make_tlv(element->tag, element->value);
        const auto back = TlvReader(again).next();
        require(back && equal(back->value, element->value), "what is written can be read");
        if (depth > 0) seen += walk(element->value, depth - 1);
    }
    return seen;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView whole(data, size);
    require(walk(whole, 8) <= 9 * size, "no more elements than bytes");
    Feed feed(whole);
    const Tag first = feed.word(), second = feed.byte();
    if (const auto found = find_tlv(whole, {first, second})) require(inside(*found, whole), "found within");
    for (const Tag tag : {0x53U, 0x70U, 0x7CU, 0x7F49U, 0x5FC105U}) (void)find_tlv(whole, tag);
    const auto hex = to_hex(whole);
    const auto bytes = from_hex(hex);
    require(bytes && equal(*bytes, whole), "hexadecimal there and back");
    (void)from_hex(as_text(whole));
    return 0;
}
