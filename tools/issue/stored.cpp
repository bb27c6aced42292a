// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/issue/stored.hpp"

#include <thread>

namespace acredita::issue {
namespace {

using client::Object;
using client::ObjectClass;
using Found = Result<std::vector<Object>>;

Found settled(const Work& work, const auto& find) {
    constexpr std::chrono::milliseconds pause(50);
    const auto last = work.target.changed + work.target.road.manners.settle;
    for (;;) {
        auto found = find();
        if (!found || !found->empty() || std::chrono::steady_clock::now() >= last) return found;
        std::this_thread::sleep_for(pause);
    }
}

Found certificates_now(Work& work) {
    ACREDITA_TRY(by_id, client::find_by_id(*work.session, ObjectClass::certificate, work.place.id));
    if (!by_id.empty() || !work.target.road.apart) return by_id;
    ACREDITA_TRY(all, client::certificates(*work.session));
    for (const auto& one : all) {
        if (one.der != work.chosen->leaf.der) continue;
        work.place.id = one.id;
        work.receipt.key_identifier = to_hex(one.id);
        return std::vector{one.object};
    }
    return by_id;
}

} // namespace

Found stored_certificates(Work& work) {
    return settled(work, [&] { return certificates_now(work); });
}

Found stored_keys(Work& work) {
    return settled(
        work, [&] { return client::find_by_id(*work.session, ObjectClass::private_key, work.place.id); });
}

} // namespace acredita::issue
