// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The fuzzer is the host: any calls in any order with any arguments, above a well-behaved card.
#include "tests/fuzz/host.hpp"

using namespace acredita;
using namespace acredita::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed calls(data, size);
    const auto start = calls.bytes(3); // the card's firmware and protocol; no meddling
    Bytes card(start.begin(), start.end());
    card.resize(2);
    card[1] = card[1] & 0x23U;
    World world((Feed(card)));
    Host host(world, calls);
    if (start.size() == 3 && (start[2] & 1U) == 0) host.everyday();
    host.run(256);
    return 0;
}
