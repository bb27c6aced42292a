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

// How well a slot's description fits the reader's name; 0: not at all. Makers cut names and put words around
// them.
unsigned fitness(std::string_view description, std::string_view reader) noexcept {
    constexpr std::size_t telling = 8; // shorter ones would fit by chance
    if (description == trimmed(reader.substr(0, description_size))) return 3;
    if (description.size() < telling) return 0;
    if (reader.starts_with(description) || description.starts_with(reader)) return 2;
    return description.find(reader) != std::string_view::npos ? 1U : 0U;
}

// Of a maker's module the slots of a reader count that hold a card it knows: one card may have a slot for
// each of its PINs, and then nobody can say which is meant.
Result<CK_SLOT_ID> slot_apart(const Module& module, std::vector<SlotInfo> slots, std::string_view reader) {
    auto candidates = slots_of_reader(slots, reader);
    // Slots with names of their own: the only token there is must be the only card.
    if (candidates.empty()) candidates = std::move(slots);
    std::erase_if(candidates, [](const SlotInfo& slot) { return !slot.token_present; });
    if (candidates.empty()) return fail(client_errc::slot_not_found, std::string(reader));
    if (candidates.size() == 1) return candidates.front().id;
    std::erase_if(candidates, [&](const SlotInfo& slot) {
        const auto token = module.token(slot.id);
        return !token || !token->has(CKF_TOKEN_INITIALIZED);
    });
    if (candidates.size() == 1) return candidates.front().id;
    if (candidates.empty()) return fail(client_errc::slot_not_found, std::string(reader));
    return fail(client_errc::route_ambiguous, std::to_string(candidates.size()) + " slots");
}

} // namespace

std::vector<SlotInfo> slots_of_reader(const std::vector<SlotInfo>& slots, std::string_view reader) {
    std::vector<SlotInfo> chosen;
    for (unsigned rank = 3; rank > 0 && chosen.empty(); --rank)
        for (const auto& slot : slots)
            if (fitness(slot.description, reader) == rank) chosen.push_back(slot);
    return chosen;
}

Result<CK_SLOT_ID> slot_for_reader(const std::shared_ptr<Module>& module, std::string_view reader) {
    ACREDITA_TRY(slots, module->slots(false));
    if (module->is_apart()) return slot_apart(*module, std::move(slots), reader);
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
