// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The fuzzer is the card: the module's whole stack above a card whose answers are the input's, first under
// what every client does and then under calls of the input's choice.
#include "tests/fuzz/host.hpp"

using namespace acredita;
using namespace acredita::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed feed(data, size);
    Feed calls(feed.bytes(feed.byte()));
    World world(feed);
    Host host(world, calls);
    host.everyday();
    host.run(64);
    return 0;
}
