// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/library.hpp"

#include <algorithm>

namespace acredita::module {

namespace {

// How long a waiter sleeps before it looks whether C_Finalize wants it back. SCardCancel is not used: it can
// meet the moment between two waits and then nobody wakes.
constexpr std::chrono::milliseconds slice{250};

// pcscd's own trouble with this one question, not a sign that anything has changed at the readers.
bool says_nothing(const Error& error) {
    using enum reader::reader_errc;
    for (const auto passing : {no_memory, server_too_many, reader_gone, timeout, internal})
        if (is(error, passing)) return true;
    return false;
}

} // namespace

void Library::refresh() {
    const std::scoped_lock looking(looking_);
    auto states = surroundings_->readers();
    if (!states && says_nothing(states.error())) return;
    // No service is no readers: every card is out of reach, and the slots stay.
    std::vector<reader::ReaderState> now;
    if (states) now = std::move(*states);
    std::vector<std::shared_ptr<Slot>> known;
    {
        const std::scoped_lock lock(maps_);
        for (const auto& state : now) {
            const bool there = std::ranges::any_of(
                slots_, [&](const auto& slot) { return slot->reader() == state.name.text; });
            if (!there)
                slots_.push_back(std::make_shared<Slot>(slots_.size(), state.name.text, *surroundings_));
        }
        known = slots_;
    }
    for (const auto& slot : known) {
        const auto state =
            std::ranges::find_if(now, [&](const auto& s) { return s.name.text == slot->reader(); });
        slot->see(state == now.end() ? nullptr : &*state);
    }
    last_ = std::move(now);
}

std::vector<std::shared_ptr<Slot>> Library::slots() const {
    const std::scoped_lock lock(maps_);
    return slots_;
}

Result<std::shared_ptr<Slot>> Library::slot(CK_SLOT_ID id) {
    if (slots().empty()) refresh();
    const std::scoped_lock lock(maps_);
    if (id >= slots_.size()) return fail(CKR_SLOT_ID_INVALID);
    return slots_[id];
}

CK_SESSION_HANDLE Library::add(std::shared_ptr<Session> session) {
    const std::scoped_lock lock(maps_);
    // Those of cards that are gone, which many programs never close.
    sessions_.erase_if([](auto, const Session& old) { return !old.alive(); });
    return sessions_.add(std::move(session));
}

Result<std::shared_ptr<Session>> Library::session(CK_SESSION_HANDLE handle) const {
    const std::scoped_lock lock(maps_);
    auto found = sessions_.find(handle);
    if (!found) return fail(CKR_SESSION_HANDLE_INVALID);
    if (!found->alive()) {
        sessions_.take(handle);
        return fail(CKR_SESSION_HANDLE_INVALID);
    }
    return found;
}

Result<void> Library::close(CK_SESSION_HANDLE handle) {
    const std::scoped_lock lock(maps_);
    const auto closed = sessions_.take(handle);
    if (!closed || !closed->alive()) return fail(CKR_SESSION_HANDLE_INVALID);
    const bool last = std::none_of(sessions_.begin(), sessions_.end(), [&](const auto& item) {
        return item.second->slot == closed->slot && item.second->alive();
    });
    if (last) closed->slot->drop_login();
    return {};
}

void Library::close_all(const Slot& slot) {
    const std::scoped_lock lock(maps_);
    sessions_.erase_if([&](auto, const Session& session) { return session.slot.get() == &slot; });
    slots_[slot.id()]->drop_login();
}

Library::Count Library::count(const Slot& slot) const {
    const std::scoped_lock lock(maps_);
    Count count;
    for (const auto& [handle, session] : sessions_) {
        if (session->slot.get() != &slot || !session->alive()) continue;
        ++count.all;
        if (session->read_write) ++count.read_write;
    }
    return count;
}

std::optional<CK_SLOT_ID> Library::next_event() const {
    for (const auto& slot : slots())
        if (slot->take_event()) return slot->id();
    return std::nullopt;
}

Result<CK_SLOT_ID> Library::wait_for_event(bool block) {
    std::unique_ptr<Waiter> waiter;
    for (;;) {
        if (stopping_) return fail(CKR_CRYPTOKI_NOT_INITIALIZED);
        refresh();
        if (const auto id = next_event()) return *id;
        if (!block) return fail(CKR_NO_EVENT);
        std::vector<reader::ReaderState> known;
        {
            const std::scoped_lock looking(looking_);
            known = last_;
        }
        if (!waiter) waiter = surroundings_->make_waiter();
        waiter->wait(known, slice);
    }
}

void Library::stop() { stopping_ = true; }

} // namespace acredita::module
