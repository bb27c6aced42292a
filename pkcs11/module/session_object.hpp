// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Objects that a program keeps with us for as long as its session: public keys, certificates and data from a
// template, copies of what is on the card, secrets out of a key agreement. No card hears of them. And what
// may be changed in an object of any kind. Errors: those of templates (PKCS #11 v2.40 base, 4.1.1-4.1.3).
#pragma once

#include "pkcs11/module/object.hpp"

namespace acredita::module {

// TEMPLATE_INCONSISTENT for things that only a card may hold (private keys) or that ask to be stored on one.
[[nodiscard]] Result<Object> read_session_object(const Template& given, const Abilities& abilities);
// A generic secret of `derived`, cut to the length the template wants: KEY_SIZE_RANGE if it wants more.
[[nodiscard]] Result<Object> read_derived_secret(const Template& given, ByteView derived);
// How long the secret is to be, if the template or the type of the key says so.
[[nodiscard]] std::optional<std::size_t> wanted_length(const Template& given);

// The object with the changes: ATTRIBUTE_READ_ONLY, ATTRIBUTE_TYPE_INVALID, ATTRIBUTE_VALUE_INVALID.
[[nodiscard]] Result<Object> changed(const Object& object, const Template& changes);
// As a session object, with the changes that are allowed while copying.
[[nodiscard]] Result<Object> copied(const Object& object, const Template& changes);

} // namespace acredita::module
