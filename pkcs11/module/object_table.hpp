// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The objects of one token and their handles. What is known of a place of the card comes and goes as a whole;
// a handle stays the same as long as the place turns out to hold the same thing, so a reset by another
// program does not take a program's keys away. Guarded by the slot's turn.
#pragma once

#include "pkcs11/module/handle_map.hpp"
#include "pkcs11/module/object.hpp"

namespace acredita::module {

class ObjectTable {
public:
    // Another card: no handle given out so far means anything.
    void clear();
    // The card was reset or changed behind our back: contents have to be read again, handles are kept.
    void doubt() noexcept;

    void put_static(Object object) { add(std::move(object)); }
    CK_OBJECT_HANDLE add(Object object);
    void replace(CK_OBJECT_HANDLE handle, Object object);
    // What a caller calls it from now on; nothing if the handle is none.
    void rename(CK_OBJECT_HANDLE handle, const Attributes& names);
    // The private key is gone, and its public half is no more than an object of ours.
    void orphan_public_key(card::KeyReference place);
    void remove(CK_OBJECT_HANDLE handle) { objects_.take(handle); }
    [[nodiscard]] std::size_t size() const noexcept { return objects_.size(); }
    // After C_Logout there are no private session objects any more.
    void forget_private_session_objects();
    // All that this place holds, freshly read or just written.
    void put(card::KeySlot slot, const Abilities& abilities);
    void doubt(card::KeyReference place) noexcept { slots_.erase(place); }
    // put() has been called for every place that has something; others lose their objects.
    void completed();
    [[nodiscard]] bool complete() const noexcept { return complete_; }

    [[nodiscard]] const card::KeySlot* slot(card::KeyReference place) const noexcept;
    [[nodiscard]] std::shared_ptr<const Object> find(CK_OBJECT_HANDLE handle) const;
    // In the order of their handles; only what is known to be there now.
    [[nodiscard]] std::vector<CK_OBJECT_HANDLE> search(const Template& wanted, bool private_too) const;
    [[nodiscard]] CK_OBJECT_HANDLE handle_of(CK_OBJECT_CLASS kind, card::KeyReference place) const noexcept;

    // Where an object with this id was last seen in this card's life, whether that is still known or not.
    [[nodiscard]] std::optional<card::KeyReference> place_of(ByteView id) const;
    void remember(ByteView id, card::KeyReference place) { places_[copy(id)] = place; }

private:
    [[nodiscard]] bool current(const Object& object) const noexcept;

    HandleMap<const Object> objects_;
    std::map<card::KeyReference, card::KeySlot> slots_; // current contents
    std::map<Bytes, card::KeyReference> places_;
    bool complete_ = false;
};

} // namespace acredita::module
