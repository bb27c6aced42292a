// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the process that reads backups may say once a backup has taken it over: any bytes. Nothing of it harms
// the program that asked, and what it takes for an answer it can say again.
#include "tests/fuzz/target.hpp"
#include "tools/p12/crypto.hpp"
#include "tools/p12/inspection.hpp"
#include "tools/p12/key.hpp"
#include "tools/p12/wire.hpp"

using namespace acredita;
using namespace acredita::fuzz;

namespace {

// Of our own and freed at the end: what the one that programs share keeps in OpenSSL's locked heap is lost to
// a leak checker, which does not look there.
const p12::Crypto& crypto() {
    static const auto own = p12::Crypto::create();
    return own.value();
}

void of_an_envelope(ByteView said) {
    const auto answer = p12::unpack_envelope(said);
    if (!answer) return;
    const auto again = p12::unpack_envelope(p12::pack(*answer));
    require(again && again->has_value() == answer->has_value(), "an answer can be said again");
    require(!p12::inspect(said.size(), *answer).outcome.empty(), "every answer has an outcome");
}

void of_contents(ByteView said) {
    const auto answer = p12::unpack_opened(said);
    if (!answer) return;
    const auto packed = p12::pack(*answer);
    const auto again = p12::unpack_opened(packed);
    require(again && equal(p12::pack(*again), packed), "an answer can be said again");
    p12::Inspection inspection;
    p12::add_opened(inspection, *answer);
    require(!inspection.outcome.empty(), "every answer has an outcome");
    if (!*answer) return;
    p12::Evidence at_hand;
    at_hand.now = p12::Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21));
    p12::add_examination(inspection, crypto(), **answer, at_hand);
    for (const auto warning : (*answer)->warnings)
        require(!p12::name_of(warning).empty(), "a warning has a name");
    p12::keep_private_numbers_locked();
    for (const auto& credential : (*answer)->credentials)
        (void)p12::load_key(crypto(), credential.pkcs8.view());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    of_an_envelope({data, size});
    of_contents({data, size});
    return 0;
}
