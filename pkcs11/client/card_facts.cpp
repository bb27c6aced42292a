// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/template.hpp"
#include "pkcs11/client/vendor.hpp"
#include "pkcs11/extensions.h"

#include <cstring>

namespace acredita::client {

namespace {

PinLight light_of(const TokenInfo& token) noexcept {
    if (token.has(CKF_USER_PIN_LOCKED)) return PinLight::locked;
    if (token.has(CKF_USER_PIN_FINAL_TRY)) return PinLight::last_try;
    if (token.has(CKF_USER_PIN_COUNT_LOW)) return PinLight::low;
    return PinLight::good;
}

// One object's attributes read into optionals; the first real failure is kept and ends the reading.
class Reader {
public:
    Reader(Session& session, Object object) noexcept : session_(session), object_(object) {}

    void flag(CK_ATTRIBUTE_TYPE type, std::optional<bool>& into) {
        keep(flag_if_any(session_, object_, type), into);
    }
    template <class Number>
    void number(CK_ATTRIBUTE_TYPE type, std::optional<Number>& into) {
        std::optional<CK_ULONG> value;
        keep(number_if_any(session_, object_, type), value);
        if (value) into = static_cast<Number>(*value);
    }
    void bytes(CK_ATTRIBUTE_TYPE type, std::optional<Bytes>& into) {
        keep(attribute_if_any(session_, object_, type), into);
    }
    void text(CK_ATTRIBUTE_TYPE type, std::optional<std::string>& into) {
        std::optional<Bytes> value;
        bytes(type, value);
        if (value) into = std::string(as_text(*value));
    }
    // Pairs of CK_ULONG: type of key, bits.
    void kinds(CK_ATTRIBUTE_TYPE type, std::optional<std::vector<KeyKind>>& into) {
        std::optional<Bytes> value;
        bytes(type, value);
        if (!value) return;
        into.emplace();
        CK_ULONG pair[2];
        for (std::size_t at = 0; at + sizeof pair <= value->size(); at += sizeof pair) {
            std::memcpy(pair, value->data() + at, sizeof pair);
            into->push_back({pair[0], static_cast<unsigned>(pair[1])});
        }
    }
    [[nodiscard]] Result<void> outcome() const { return outcome_; }

private:
    template <class T>
    void keep(Result<std::optional<T>> value, std::optional<T>& into) {
        if (value)
            into = std::move(*value);
        else if (outcome_)
            outcome_ = fail(std::move(value).error());
    }

    Session& session_;
    Object object_;
    Result<void> outcome_;
};

void read_destination(Reader& reader, CardFacts& facts) {
    std::optional<Bytes> place;
    std::optional<Bytes> certificate;
    reader.bytes(CKA_ACREDITA_DESTINATION, place);
    reader.bytes(CKA_ACREDITA_PLACES, facts.places);
    if (!place || place->size() != 1) return;
    facts.destination.emplace();
    facts.destination->place = place->front();
    reader.bytes(CKA_ACREDITA_HOLDS_CERTIFICATE, certificate);
    reader.flag(CKA_ACREDITA_HOLDS_KEY, facts.destination->key_present);
    if (certificate) facts.destination->certificate = std::move(*certificate);
}

void read_storing(Reader& reader, CardFacts& facts) {
    std::optional<CK_USER_TYPE> role;
    reader.flag(CKA_ACREDITA_CAN_IMPORT, facts.can_import);
    reader.number(CKA_ACREDITA_STORE_ROLE, role);
    if (role == CKU_SO) facts.storing_role = Role::administrator;
    if (role == CKU_USER) facts.storing_role = Role::user;
    reader.bytes(CKA_ACREDITA_ADMIN_KEY_DELIVERED, facts.delivered_admin);
    reader.kinds(CKA_ACREDITA_IMPORTABLE, facts.importable);
    reader.kinds(CKA_ACREDITA_GENERATABLE, facts.generatable);
    reader.number(CKA_ACREDITA_MAX_CERTIFICATE, facts.max_certificate);
    reader.number(CKA_ACREDITA_ROOM, facts.room);
}

Result<std::optional<Object>> card_object(Session& session) {
    Template pattern;
    pattern.add_number(CKA_CLASS, CKO_ACREDITA_CARD);
    auto found = find_matching(session, pattern.span());
    // Some modules refuse classes they do not know instead of finding nothing.
    if (!found && return_value(found.error()) == CKR_ATTRIBUTE_VALUE_INVALID) return std::optional<Object>{};
    if (!found) return fail(std::move(found).error());
    return found->empty() ? std::optional<Object>{} : std::optional<Object>(found->front());
}

} // namespace

Result<CardFacts> card_facts(Session& session, Ask what) {
    ACREDITA_TRY(token, session.token());
    CardFacts facts;
    facts.pin = light_of(token);
    facts.pin_must_change = token.has(CKF_USER_PIN_TO_BE_CHANGED);
    facts.pinpad = token.has(CKF_PROTECTED_AUTHENTICATION_PATH);
    if (!has_vendor_interface(*session.module())) return facts;
    ACREDITA_TRY(object, card_object(session));
    if (!object) return facts;

    facts.vendor_object = true;
    Reader reader(session, *object);
    if (asks(what, Ask::pin)) {
        reader.number(CKA_ACREDITA_PIN_TRIES_LEFT, facts.pin_tries_left);
        reader.number(CKA_ACREDITA_PIN_TRIES_TOTAL, facts.pin_tries_total);
        reader.flag(CKA_ACREDITA_PIN_FACTORY, facts.factory_pin);
    }
    if (asks(what, Ask::puk)) {
        reader.number(CKA_ACREDITA_PUK_TRIES_LEFT, facts.puk_tries_left);
        reader.number(CKA_ACREDITA_PUK_TRIES_TOTAL, facts.puk_tries_total);
        reader.flag(CKA_ACREDITA_PUK_FACTORY, facts.factory_puk);
        reader.flag(CKA_ACREDITA_PUK_CHANGEABLE, facts.puk_changeable);
    }
    if (asks(what, Ask::admin)) reader.flag(CKA_ACREDITA_ADMIN_KEY_FACTORY, facts.factory_admin);
    if (asks(what, Ask::storing)) read_storing(reader, facts);
    if (asks(what, Ask::destination)) read_destination(reader, facts);
    if (asks(what, Ask::names)) {
        reader.text(CKA_ACREDITA_READER, facts.reader);
        reader.text(CKA_ACREDITA_PROFILE, facts.profile);
    }
    ACREDITA_CHECK(reader.outcome());
    return facts;
}

Result<Destination> destination_at(Session& session, std::uint8_t place) {
    if (!has_vendor_interface(*session.module())) return fail(client_errc::vendor_absent);
    const auto find_there = [&](CK_OBJECT_CLASS which) {
        Template pattern;
        pattern.add_number(CKA_CLASS, which).add(CKA_ACREDITA_PLACE, {&place, 1});
        return find_matching(session, pattern.span());
    };
    Destination there;
    there.place = place;
    ACREDITA_TRY(certificates, find_there(CKO_CERTIFICATE));
    if (!certificates.empty()) {
        ACREDITA_TRY(der, certificate_der(session, certificates.front()));
        there.certificate = std::move(der);
    }
    // A private key shows itself after a login only, so its absence says nothing; its public half shows
    // before.
    for (const auto half : {CKO_PRIVATE_KEY, CKO_PUBLIC_KEY}) {
        ACREDITA_TRY(keys, find_there(half));
        if (keys.empty()) continue;
        there.key_present = true;
        ACREDITA_TRY(id, attribute(session, keys.front(), CKA_ID));
        there.key = std::move(id);
    }
    return there;
}

} // namespace acredita::client
