// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Objects on a token through our own session: found by class and CKA_ID, so that a card need not be
// enumerated. Source: PKCS#11 3.0 sections 4 and 5.7. Sizes a module reports are bounded here.
#pragma once

#include "pkcs11/client/session.hpp"

#include <optional>

namespace acredita::client {

using Object = CK_OBJECT_HANDLE;

enum class ObjectClass { certificate, public_key, private_key };

// All of the class, or those with this CKA_ID. Private keys may be hidden before login (SoftHSM), or shown
// (ours).
[[nodiscard]] Result<std::vector<Object>> find_all(Session&, ObjectClass);
[[nodiscard]] Result<std::vector<Object>> find_by_id(Session&, ObjectClass, ByteView id);
// object_not_found or several_objects unless there is exactly one.
[[nodiscard]] Result<Object> find_one(Session&, ObjectClass, ByteView id);
// Any template; at most 1024 objects.
[[nodiscard]] Result<std::vector<Object>> find_matching(Session&, std::span<CK_ATTRIBUTE> pattern);

// The value; attribute_type_invalid and attribute_sensitive are the module's answers.
[[nodiscard]] Result<Bytes> attribute(Session&, Object, CK_ATTRIBUTE_TYPE);
// A module may not know an attribute or may keep it secret: nullopt.
[[nodiscard]] Result<std::optional<Bytes>> attribute_if_any(Session&, Object, CK_ATTRIBUTE_TYPE);

// The same for a CK_ULONG and a CK_BBOOL; a value of another size is as good as none.
[[nodiscard]] Result<std::optional<CK_ULONG>> number_if_any(Session&, Object, CK_ATTRIBUTE_TYPE);
[[nodiscard]] Result<std::optional<bool>> flag_if_any(Session&, Object, CK_ATTRIBUTE_TYPE);

struct CertificateEntry {
    Object object = 0;
    Bytes id;
    std::string label;
    Bytes der;
};
[[nodiscard]] Result<Bytes> certificate_der(Session&, Object);
[[nodiscard]] Result<CertificateEntry> certificate_entry(Session&, Object);
[[nodiscard]] Result<std::vector<CertificateEntry>> certificates(Session&);

// What the module says about a private key; nullopt: it does not say.
struct KeyFacts {
    std::optional<CK_KEY_TYPE> type;
    std::optional<bool> sensitive, extractable, local, always_sensitive, never_extractable,
        always_authenticate;
};
[[nodiscard]] Result<KeyFacts> key_facts(Session&, Object);

// Whether the module gives out private parts of the key to whoever asks now, whatever its attributes say.
// What it gave is wiped.
[[nodiscard]] Result<bool> reveals_key(Session&, Object);

// Whether the module refuses the private part because it is sensitive. Where CKA_EXTRACTABLE is false it
// must, whatever CKA_SENSITIVE says (PKCS#11 2.40 section 4.9); OpenSC 0.23 leaves the latter away for stored
// keys.
[[nodiscard]] Result<bool> refuses_as_sensitive(Session&, Object);

[[nodiscard]] Result<void> destroy(Session&, Object);

} // namespace acredita::client
