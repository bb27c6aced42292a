// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Directory files of PKCS#15 cards: whatever they say, entries lie within them, the bounds hold, a good entry
// behind them is still found, and what is written is read again.
#include "firmware-profiles/dialect/pkcs15_read.hpp"
#include "firmware-profiles/dialect/pkcs15_write.hpp"
#include "tests/fuzz/target.hpp"

using namespace acredita;
using namespace acredita::fuzz;
namespace p15 = acredita::dialect::pkcs15;

namespace {

const Bytes home{0x3F, 0x00, 0x50, 0x15};

template <class Entry>
void check(const p15::Listing<Entry>& listing, std::size_t size) {
    require(listing.entries.size() <= p15::max_entries, "no more entries than anybody needs");
    require(listing.end <= size, "the next entry would come within the file");
    for (const auto& entry : listing.entries) {
        require(entry.common.label.size() <= p15::max_text, "labels are short");
        require(entry.common.span.offset + entry.common.span.size <= size, "an entry lies within its file");
        require(p15::resolve(entry.path, home).size() <= p15::max_path, "paths are short");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView whole(data, size);
    const auto keys = p15::read_private_keys(whole);
    check(keys, size);
    check(p15::read_public_keys(whole), size);
    check(p15::read_certificates(whole), size);
    check(p15::read_data(whole), size);
    check(p15::read_pins(whole), size);
    for (const auto& directory : p15::read_odf(whole).entries)
        require(p15::resolve(directory.path, home).size() <= p15::max_path, "paths are short");
    (void)p15::read_token_info(whole);
    (void)p15::read_public_key_value(whole);
    if (const auto der = p15::certificate_in(whole))
        require(der->size() <= size, "a certificate lies within");
    const auto progress = p15::progress(whole);
    require(progress.complete || progress.wanted > size || size >= p15::max_file,
            "more is wanted than is there");
    for (const auto& key : keys.entries) {
        auto again = p15::read_private_keys(p15::write_private_key(key));
        require(again.entries.size() == 1 && again.entries.front().id == key.id,
                "what is written is read again");
        const auto less = p15::without(whole, key.common.span);
        require(less.size() == size, "a file keeps its size");
    }
    return 0;
}
