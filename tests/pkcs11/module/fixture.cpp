// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/pkcs11/module/fake_card.hpp"

#include <algorithm>

#include <boost/test/unit_test.hpp>

namespace acredita::test {

std::size_t World::count(std::string_view verb) {
    const std::scoped_lock lock(mutex);
    return static_cast<std::size_t>(std::ranges::count(asked, verb));
}
void World::ask(std::string_view verb) {
    const std::scoped_lock lock(mutex);
    asked.emplace_back(verb);
}
void World::reset() {
    verified = false;
    admin = false;
    begin_errors.push_back(fail(reader::reader_errc::card_reset).value());
}
void World::pull() {
    const std::scoped_lock lock(mutex);
    readers.front().present = false;
    ++readers.front().events;
    verified = false;
    admin = false;
}
void World::put_in() {
    const std::scoped_lock lock(mutex);
    readers.front().present = true;
    ++readers.front().events;
}
void World::count_late() {
    const std::scoped_lock lock(mutex);
    ++readers.front().events;
}
void World::give(card::KeyReference place, const KeyPair& pair) {
    slots[place] = {.reference = place,
                    .certificate = pair.certificate,
                    .key_present = card::Known::yes,
                    .origin = card::Origin::imported};
    if (always.contains(place)) slots[place].pin_policy = card::PinPolicy::always;
    keys[place] = &pair;
}

Initialised::Initialised() {
    world = &own;
    own.readers.push_back({.name = {"Reader 00 00"}, .present = true, .events = 1, .atr = {0x3B, 0x00}});
    module::lifecycle::use_surroundings(&make_fake);
    BOOST_REQUIRE_EQUAL(C_GetFunctionList(&p11), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_Initialize(nullptr), CKR_OK);
}
Initialised::~Initialised() { p11->C_Finalize(nullptr); }

Opened::Opened(CK_FLAGS flags) {
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_OpenSession(0, flags, nullptr, nullptr, &session), CKR_OK);
}
CK_RV Opened::login(const char* pin, CK_USER_TYPE user) {
    std::string copy(pin);
    return p11->C_Login(session, user, reinterpret_cast<unsigned char*>(copy.data()), copy.size());
}
std::vector<CK_OBJECT_HANDLE> Opened::find(std::vector<CK_ATTRIBUTE> wanted) {
    BOOST_REQUIRE_EQUAL(p11->C_FindObjectsInit(session, wanted.data(), wanted.size()), CKR_OK);
    std::vector<CK_OBJECT_HANDLE> found(32);
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(p11->C_FindObjects(session, found.data(), found.size(), &count), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_FindObjectsFinal(session), CKR_OK);
    found.resize(count);
    return found;
}
CK_OBJECT_HANDLE Opened::find_one(CK_OBJECT_CLASS kind) {
    const auto found = find({attribute_of(CKA_CLASS, kind)});
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    return found.front();
}
std::optional<Bytes> Opened::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
    CK_ATTRIBUTE item{type, nullptr, 0};
    if (p11->C_GetAttributeValue(session, object, &item, 1) != CKR_OK) return std::nullopt;
    Bytes value(item.ulValueLen);
    item.pValue = value.data();
    if (p11->C_GetAttributeValue(session, object, &item, 1) != CKR_OK) return std::nullopt;
    return value;
}
CK_STATE Opened::state() {
    CK_SESSION_INFO info{};
    BOOST_REQUIRE_EQUAL(p11->C_GetSessionInfo(session, &info), CKR_OK);
    return info.state;
}

} // namespace acredita::test
