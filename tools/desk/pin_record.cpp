// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/pin_record.hpp"

namespace acredita::desk {

std::string_view name_of(PukState state) noexcept {
    constexpr std::string_view names[] = {"left", "by_holder", "sealed", "blocked"};
    return names[static_cast<std::size_t>(state)];
}

Result<void> record_pin_change(office::Journal* journal, PinKind with, const std::string& card,
                               const Result<void>& done) {
    if (journal == nullptr) return {};
    office::Entry entry{.action = with == PinKind::pin ? "pin.change" : "pin.unblock", .card = card};
    ACREDITA_CHECK(journal->append(done ? entry : failed(entry, done.error())));
    return {};
}

Result<void> record_hand_over(office::Journal* journal, const std::string& card,
                              const Result<HandedOver>& done) {
    if (journal == nullptr) return {};
    office::Entry entry{.action = "pin.hand_over", .card = card};
    if (done) {
        entry.facts["pin"] = done->pin ? "by_holder" : "left";
        entry.facts["puk"] = std::string(name_of(done->puk));
    }
    ACREDITA_CHECK(journal->append(done ? entry : failed(entry, done.error())));
    return {};
}

} // namespace acredita::desk
