// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/route.hpp"

#include "pkcs11/client/vendor.hpp"

namespace acredita::client {

namespace {

constexpr std::size_t description_size = 64; // CK_SLOT_INFO.slotDescription

std::string_view trimmed(std::string_view text) noexcept {
    const auto last = text.find_last_not_of(' ');
    return last == std::string_view::npos ? std::string_view{} : text.substr(0, last + 1);
}

// The reader's whole name, where the module tells it; needs a recognised card.
Result<std::optional<std::string>> whole_name(const std::shared_ptr<Module>& module, CK_SLOT_ID slot) {
    ACREDITA_TRY(session, Session::open(module, slot, Access::read_only));
    ACREDITA_TRY(facts, card_facts(session, Ask::names));
    return facts.reader;
}

} // namespace

Result<CK_SLOT_ID> slot_for_reader(const std::shared_ptr<Module>& module, std::string_view reader) {
    ACREDITA_TRY(slots, module->slots(false));
    const auto wanted = trimmed(reader.substr(0, description_size));
    std::vector<CK_SLOT_ID> candidates;
    for (const auto& slot : slots)
        if (slot.description == wanted) candidates.push_back(slot.id);
    if (candidates.empty()) return fail(client_errc::slot_not_found, std::string(reader));
    if (candidates.size() == 1) return candidates.front();

    // Two readers whose names differ behind the 64th byte only: the vendor object knows the whole name.
    for (const auto slot : candidates) {
        const auto name = whole_name(module, slot);
        if (name && *name == reader) return slot;
    }
    return fail(client_errc::route_ambiguous, std::string(reader));
}

} // namespace acredita::client
