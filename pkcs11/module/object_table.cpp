// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/object_table.hpp"

#include <algorithm>

namespace acredita::module {

void ObjectTable::clear() {
    objects_.clear();
    slots_.clear();
    places_.clear();
    complete_ = false;
}

void ObjectTable::doubt() noexcept {
    slots_.clear();
    complete_ = false;
}

CK_OBJECT_HANDLE ObjectTable::add(Object object) {
    objects_.erase_if([](auto, const Object& old) { return old.ended(); });
    return objects_.add(std::make_shared<const Object>(std::move(object)));
}

void ObjectTable::replace(CK_OBJECT_HANDLE handle, Object object) {
    if (const auto* id = object.attributes.find(CKA_ID); id != nullptr && object.place)
        remember(*id, *object.place);
    objects_.replace(handle, std::make_shared<const Object>(std::move(object)));
}

// One id for certificate, public and private key of a place: that is how programs find what belongs together.
void ObjectTable::rename(CK_OBJECT_HANDLE handle, const Attributes& names) {
    const auto named = find(handle);
    if (!named) return;
    Attributes id;
    if (const auto* given = names.find(CKA_ID)) id.set(CKA_ID, *given);
    std::vector<std::pair<CK_OBJECT_HANDLE, Object>> renamed;
    for (const auto& [other, object] : objects_)
        if (other == handle || (object->place && object->place == named->place)) {
            renamed.emplace_back(other, *object);
            renamed.back().second.call(other == handle ? names : id);
        }
    for (auto& [other, object] : renamed) replace(other, std::move(object));
}

void ObjectTable::orphan_public_key(card::KeyReference place) {
    const auto handle = handle_of(CKO_PUBLIC_KEY, place);
    const auto known = find(handle);
    if (!known) return;
    Object now = *known;
    now.place.reset();
    now.attributes.set_bool(CKA_DESTROYABLE, true);
    replace(handle, std::move(now));
}

void ObjectTable::forget_private_session_objects() {
    objects_.erase_if([](auto, const Object& object) { return !object.is_token() && object.is_private(); });
}

std::shared_ptr<const Object> ObjectTable::find(CK_OBJECT_HANDLE handle) const {
    auto object = objects_.find(handle);
    return object && !object->ended() ? object : nullptr;
}

void ObjectTable::put(card::KeySlot slot, const Abilities& abilities) {
    auto fresh = build_objects(slot, abilities);
    for (const auto& object : fresh)
        if (const auto* id = object.attributes.find(CKA_ID)) remember(*id, slot.reference);
    std::vector<CK_OBJECT_HANDLE> gone;
    Attributes id;
    for (const auto& [handle, known] : objects_) {
        if (known->place != slot.reference) continue;
        const auto again =
            std::ranges::find_if(fresh, [&](const auto& object) { return object.same_as(*known); });
        if (again == fresh.end()) {
            gone.push_back(handle);
        } else {
            again->call(known->renamed);
            if (const auto* given = known->renamed.find(CKA_ID)) id.set(CKA_ID, *given);
            objects_.replace(handle, std::make_shared<const Object>(std::move(*again)));
            fresh.erase(again);
        }
    }
    for (const auto handle : gone) objects_.take(handle);
    for (auto& object : fresh) {
        object.call(id);
        objects_.add(std::make_shared<const Object>(std::move(object)));
    }
    const auto place = slot.reference;
    slots_.insert_or_assign(place, std::move(slot));
}

void ObjectTable::completed() {
    complete_ = true;
    objects_.erase_if([&](auto, const Object& object) { return !current(object); });
}

const card::KeySlot* ObjectTable::slot(card::KeyReference place) const noexcept {
    const auto found = slots_.find(place);
    return found == slots_.end() ? nullptr : &found->second;
}

bool ObjectTable::current(const Object& object) const noexcept {
    return !object.ended() && (!object.place || slots_.contains(*object.place));
}

std::vector<CK_OBJECT_HANDLE> ObjectTable::search(const Template& wanted, bool private_too) const {
    std::vector<CK_OBJECT_HANDLE> handles;
    for (const auto& [handle, object] : objects_)
        if (current(*object) && (private_too || !object->is_private()) && wanted.matches(object->attributes))
            handles.push_back(handle);
    return handles;
}

CK_OBJECT_HANDLE ObjectTable::handle_of(CK_OBJECT_CLASS kind, card::KeyReference place) const noexcept {
    for (const auto& [handle, object] : objects_)
        if (object->kind == kind && object->place == place) return handle;
    return CK_INVALID_HANDLE;
}

std::optional<card::KeyReference> ObjectTable::place_of(ByteView id) const {
    const auto found = places_.find(copy(id));
    return found == places_.end() ? std::nullopt : std::optional(found->second);
}

} // namespace acredita::module
