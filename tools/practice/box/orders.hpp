// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a session tells the box, the small process that holds the namespaces and the private pcscd. One byte a
// packet, on the SOCK_SEQPACKET socket that is the box's standard input; the box answers each with one byte,
// and `join` with a socket besides (SCM_RIGHTS). The end of the connection ends the box.
#pragma once

#include <cstdint>

namespace acredita::practice::box {

enum class Order : std::uint8_t {
    start = 's', // pcscd starts; answered when it accepts clients
    stop = 't',  // SIGTERM, and wait
    kill = 'k',  // SIGKILL, and wait
    join = 'j'   // + port, 2 bytes, big-endian: a TCP connection to 127.0.0.1 made inside the namespaces
};

enum class Outcome : std::uint8_t { done = 0, failed = 1, no_namespace = 2 };

} // namespace acredita::practice::box
