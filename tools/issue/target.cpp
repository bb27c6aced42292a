// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/issue/target.hpp"

#include "pcsc/reader/connection.hpp"
#include "pkcs11/client/route.hpp"

#include <algorithm>
#include <thread>

namespace acredita::issue {
namespace {

using client::cryptoki_errc;

// What the module says about a card it cannot serve, in words of ours.
Error translated(const Error& error) {
    if (is(error, cryptoki_errc::token_not_recognized)) return fail(issue_errc::card_not_usable).value();
    if (is(error, cryptoki_errc::token_not_present)) return fail(issue_errc::no_card).value();
    return error;
}

// Modules whose tokens are no cards in readers have slots of their own.
Result<CK_SLOT_ID> slot_without_reader(const client::Module& module, std::string_view wanted,
                                       const Error& why) {
    ACREDITA_TRY(slots, module.slots(true));
    std::vector<CK_SLOT_ID> fitting;
    for (const auto& slot : slots) {
        const auto token = module.token(slot.id);
        if (!token || !token->has(CKF_TOKEN_INITIALIZED)) continue;
        if (slot.description.find(wanted) != std::string::npos || token->label == wanted)
            fitting.push_back(slot.id);
    }
    if (fitting.empty()) return fail(Error(why));
    if (fitting.size() > 1) return fail(issue_errc::several_cards, std::to_string(fitting.size()));
    return fitting.front();
}

bool may_be_elsewhere(const Error& error) {
    return is(error, issue_errc::no_reader) || is(error, issue_errc::no_card) ||
           is(error, issue_errc::reader_not_found) || is(error, reader::reader_errc::service_not_running);
}

} // namespace

Result<reader::ReaderState> find_card(std::string_view wanted) {
    reader::Context context;
    ACREDITA_TRY(all, context.snapshot());
    std::erase_if(all, [](const auto& state) { return state.unavailable; });
    if (all.empty()) return fail(issue_errc::no_reader);
    std::erase_if(all, [&](const auto& state) { return state.name.text.find(wanted) == std::string::npos; });
    if (all.empty()) return fail(issue_errc::reader_not_found, std::string(wanted));
    const auto alive =
        std::count_if(all.begin(), all.end(), [](const auto& s) { return s.present && !s.mute; });
    if (alive > 1) return fail(issue_errc::several_cards, std::to_string(alive));
    for (const auto& state : all)
        if (state.present && !state.mute) return state;
    for (const auto& state : all)
        if (state.present) return fail(reader::reader_errc::card_mute);
    return fail(issue_errc::no_card);
}

namespace {

Result<Target> target_on(client::Road road, const Result<reader::ReaderState>& card,
                         std::string_view wanted) {
    Target target;
    ACREDITA_TRY(module, client::open(road));
    target.road = std::move(road);
    target.module = module;
    target.changed = std::chrono::steady_clock::now();
    if (card) {
        target.reader = *card;
        ACREDITA_TRY(slot, client::slot_for_reader(module, card->name.text));
        target.slot = slot;
    } else {
        ACREDITA_TRY(slot, slot_without_reader(*module, wanted, card.error()));
        target.slot = slot;
    }
    auto token = module->token(target.slot);
    if (!token) return fail(translated(token.error()));
    target.token = *std::move(token);
    return target;
}

// A module that was begun again may number its slots anew.
Result<CK_SLOT_ID> slot_again(const Target& target) {
    if (target.reader) return client::slot_for_reader(target.module, target.reader->name.text);
    ACREDITA_TRY(slots, target.module->slots(true));
    for (const auto& slot : slots)
        if (const auto token = target.module->token(slot.id); token && token->serial == target.token.serial)
            return slot.id;
    return fail(cryptoki_errc::token_not_present, target.token.label);
}

Result<void> find_again(Target& target) {
    if (!still_there(target)) return fail(issue_errc::card_removed);
    if (target.road.apart) {
        ACREDITA_TRY(slot, slot_again(target));
        target.slot = slot;
    }
    ACREDITA_TRY(token, target.module->token(target.slot));
    if (token.serial != target.token.serial) return fail(issue_errc::another_card);
    target.token = std::move(token);
    return {};
}

// Not a fault: the module is here for other cards.
bool serves_others(const Error& error) {
    return is(error, issue_errc::card_not_usable) || is(error, issue_errc::no_card) ||
           is(error, client::client_errc::slot_not_found);
}

bool may_come_late(const Error& error) {
    return is(error, cryptoki_errc::token_not_present) || is(error, cryptoki_errc::token_not_recognized) ||
           is(error, client::client_errc::slot_not_found);
}

} // namespace

Result<std::optional<Target>> makers_target(const client::Choice& choice, const reader::ReaderState& card) {
    if (choice.forced) return std::nullopt;
    std::optional<Target> found;
    std::optional<Error> fault;
    for (auto& road : client::maker_roads(choice, card.atr)) {
        const auto name = road.manners.name;
        auto target = target_on(std::move(road), card, {});
        if (target && found)
            return fail(client::client_errc::route_ambiguous, found->road.manners.name + ", " + name);
        if (target)
            found = *std::move(target);
        else if (!serves_others(target.error()) && !fault)
            fault = std::move(target).error();
    }
    if (!found && fault) return fail(*std::move(fault));
    return found;
}

Result<Target> find_target(const client::Choice& choice, std::string_view wanted) {
    auto card = find_card(wanted);
    if (!card && !may_be_elsewhere(card.error())) return fail(std::move(card).error());
    auto target = target_on(client::chosen_road(choice), card, wanted);
    if (target || choice.forced || !card || !is(target.error(), issue_errc::card_not_usable)) return target;
    ACREDITA_TRY(other, makers_target(choice, *card));
    return other ? Result<Target>(*std::move(other)) : target;
}

Result<void> begin_afresh(Target& target) {
    const auto& manners = target.road.manners;
    if (target.road.apart && manners.restart == client::Restart::process) target.module.reset();
    ACREDITA_CHECK(restart_card(target));
    if (!target.module) {
        ACREDITA_TRY(module, client::open(target.road));
        target.module = std::move(module);
    }
    target.changed = std::chrono::steady_clock::now();
    constexpr std::chrono::milliseconds pause(50);
    const auto last = target.changed + manners.settle;
    for (;;) {
        auto found = find_again(target);
        if (found || !may_come_late(found.error()) || std::chrono::steady_clock::now() >= last) return found;
        std::this_thread::sleep_for(pause);
    }
}

Result<void> restart_card(const Target& target) {
    if (!target.reader || target.road.manners.restart == client::Restart::nothing) return {};
    ACREDITA_TRY(connection, reader::Connection::open(target.reader->name));
    if (connection->events() != target.reader->events) return fail(issue_errc::card_removed);
    return connection->close(reader::Disposition::reset);
}

bool still_there(const Target& target) {
    if (!target.reader) return true;
    reader::Context context;
    const auto now = context.state(target.reader->name);
    return now && now->present && !now->mute && now->events == target.reader->events;
}

} // namespace acredita::issue
