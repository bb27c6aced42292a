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

void ObjectTable::put_static(Object object) {
    objects_.add(std::make_shared<const Object>(std::move(object)));
}

void ObjectTable::put(card::KeySlot slot, const Abilities& abilities) {
    auto fresh = build_objects(slot, abilities);
    for (const auto& object : fresh)
        if (const auto* id = object.attributes.find(CKA_ID)) remember(*id, slot.reference);
    std::vector<CK_OBJECT_HANDLE> gone;
    for (const auto& [handle, known] : objects_) {
        if (known->place != slot.reference) continue;
        const auto again =
            std::ranges::find_if(fresh, [&](const auto& object) { return object.same_as(*known); });
        if (again == fresh.end()) {
            gone.push_back(handle);
        } else {
            objects_.replace(handle, std::make_shared<const Object>(std::move(*again)));
            fresh.erase(again);
        }
    }
    for (const auto handle : gone) objects_.take(handle);
    for (auto& object : fresh) objects_.add(std::make_shared<const Object>(std::move(object)));
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
    return !object.place || slots_.contains(*object.place);
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
