// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A practice card and its reader as one writes them on a command line: KIND[:OPTION[,OPTION]...].
//
//   piv      firmware=4.3|5.4|5.7|pivapplet|noimport|nist (5.4)  extended=yes|no  tries=N  object-limit=N
//            pin=DIGITS  puk=DIGITS  left=N (tries of the PIN that are left)
//            serial=N  t0  blank (no CHUID, no CCC)  admin=3des|aes128|aes192|aes256 (the firmware's)
//            faulty=sign-without-pin|other-certificate
//   isoapplet  version=0|1 (1)  import=yes|no  buffer=N  tries=N  pin=TEXT  puk=TEXT  serial=N  t0
//            contactless  blank (as it is delivered)  faulty=sign-without-pin|other-certificate
//   foreign  make=wg10|mmar|a203|memory|mifare|r5-empty|r7-empty|advantis|bit4id|cns|idprime|cardos|
//            starsign|ceres430|dnie (cards that cannot be served) |parrot (says yes to everything)|impostor
//            (the same with the face of a PIV card)  atr=HEX
//   classic  card=r5|r5-maestro|r5-bare|r7|r7-maestro|r7-bare|r7-contactless (r5)  aid=0E  applet=3|4
//   filler=00|ff safesign card=r7 (else a SmartCafe) ceres    card=tc|st|sle-fn19|sle-fn20 (tc)
//   lists=strict|empty|old  plain
//            all three: atr=HEX  keys=N  bits=1024|2048  credential=FILE (PEM, key and certificate)  pin=,
//            puk= tries=N  buffer=N  cut=N (bytes missing at the end of each certificate)
//   openpgp  firmware=standard|smartpgp|yubikey|gnuk (standard)  extended=yes|no  tries=N  pin=TEXT  serial=N
//            kdf (PINs go over the wire derived)  several (one PIN serves several signatures)
//            blank (not activated yet)  faulty=sign-without-pin|other-certificate
//   unknown  atr=HEX
//   mute     a card that answers to nothing, not even to reset
//   none     an empty reader
// For every kind: pinpad (the reader has keys of its own), name=TEXT (of the reader), out (the card lies
// beside it).
//
// A kind is a row of the table in card_spec.cpp and a folder that reads its options.
#pragma once

#include "tools/practice/card/options.hpp"

#include <string>

namespace acredita::practice {

struct CardSpec {
    Chip chip{};
    bool pinpad = false;
    bool out = false;          // not in the reader at first
    std::string reader_name{}; // empty: the session's
};

// practice.bad_card, with the part that is not understood as detail.
[[nodiscard]] Result<CardSpec> parse_card(std::string_view text);

// The names of all kinds.
[[nodiscard]] std::vector<std::string_view> card_kinds();

} // namespace acredita::practice
