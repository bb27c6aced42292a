// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can go wrong between a program and a PKCS#11 module, apart from what the module itself answers
// (cryptoki_error.hpp) and what OpenSSL says (detail of openssl_failed).
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::client {

enum class client_errc {
    module_not_found = 1, // no such file
    not_a_module,         // a file, but it cannot be loaded or has no C_GetFunctionList
    module_too_old,       // speaks no Cryptoki 2.x
    slot_not_found,       // the reader is not among the module's slots
    object_not_found,     // no object of this class with this CKA_ID
    several_objects,      // more than one where exactly one must be
    key_type_unknown,     // neither RSA nor EC on a named curve
    scheme_not_for_key,   // an RSA scheme for an EC key, or the digest has another size
    pin_malformed,        // empty, or holds a NUL byte; was not sent
    answer_malformed,     // the module's answer contradicts the standard
    vendor_absent,        // the module has no vendor interface of ours
    too_many,             // more objects than any card holds
    openssl_failed,       // detail: OpenSSL's own words
    route_none,           // no profile recognises the card in this reader
    route_ambiguous,      // two profiles name two different modules, or two slots the same reader
    module_unsafe,        // somebody else than root could have written its file
    module_other_machine, // built for another architecture
    module_replaced,      // not the file whose SHA-256 the profile names
    module_host_missing,  // the process apart, or p11-kit's client module, cannot be had
    module_hung,          // did not answer in time; its process was ended
    module_crashed,       // detail: the signal
    module_exited,        // ended itself in the middle
    store_refused,        // takes no key under this login, or in none of the forms tried
};

} // namespace acredita::client

namespace acredita {
template <>
struct ErrorTable<client::client_errc> {
    using enum client::client_errc;
    static constexpr std::string_view family = "client";
    static constexpr ErrorRow<client::client_errc> rows[] = {
        {module_not_found, "module_not_found", "the PKCS#11 module's file does not exist"},
        {not_a_module, "not_a_module", "the file is not a PKCS#11 module that can be loaded"},
        {module_too_old, "module_too_old", "the module speaks no supported version of Cryptoki"},
        {slot_not_found, "slot_not_found", "the module does not serve this reader"},
        {object_not_found, "object_not_found", "there is no such object on the token"},
        {several_objects, "several_objects", "there are several such objects on the token"},
        {key_type_unknown, "key_type_unknown", "the key is neither RSA nor EC on a named curve"},
        {scheme_not_for_key, "scheme_not_for_key", "the signature scheme does not fit the key or the digest"},
        {pin_malformed, "pin_malformed", "the PIN is empty or holds a NUL and was not sent"},
        {answer_malformed, "answer_malformed", "the module's answer contradicts the standard"},
        {vendor_absent, "vendor_absent", "the module lacks the vendor interface"},
        {too_many, "too_many", "the module reports more objects than any card holds"},
        {openssl_failed, "openssl_failed", "OpenSSL failed"},
        {route_none, "route_none", "no profile recognises the card in this reader"},
        {route_ambiguous, "route_ambiguous", "several modules or slots claim the card in this reader"},
        {module_unsafe, "module_unsafe", "somebody else than root could have written the module"},
        {module_other_machine, "module_other_machine", "the module is built for another architecture"},
        {module_replaced, "module_replaced", "the module is not the one whose SHA-256 was noted"},
        {module_host_missing, "module_host_missing", "the process for the module cannot be started"},
        {module_hung, "module_hung", "the module did not answer in time"},
        {module_crashed, "module_crashed", "the module crashed"},
        {module_exited, "module_exited", "the module ended itself"},
        {store_refused, "store_refused", "the module refuses to store the key"},
    };
};
} // namespace acredita
