// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/issue/target.hpp"

#include "pcsc/reader/connection.hpp"
#include "pkcs11/client/route.hpp"

#include <algorithm>

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

Result<Target> find_target(const std::filesystem::path& path, std::string_view wanted) {
    auto card = find_card(wanted);
    if (!card && !may_be_elsewhere(card.error())) return fail(std::move(card).error());
    ACREDITA_TRY(module, client::Module::load(path));

    Target target;
    target.module = module;
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

Result<void> find_again(Target& target) {
    if (!still_there(target)) return fail(issue_errc::card_removed);
    ACREDITA_TRY(token, target.module->token(target.slot));
    if (token.serial != target.token.serial) return fail(issue_errc::another_card);
    target.token = std::move(token);
    return {};
}

Result<void> restart_card(const Target& target) {
    if (!target.reader) return {};
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
