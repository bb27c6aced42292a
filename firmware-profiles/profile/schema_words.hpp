// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The words of the TOML schema beside the values they stand for: one table for reading, writing and
// explaining.
#pragma once

#include "firmware-profiles/profile/family.hpp"

namespace acredita::profile {

template <class E>
struct Word {
    std::string_view word;
    E value;
    std::string_view code; // how the compiled table spells it
};

template <class E>
struct Words;

#define ACREDITA_WORDS(type, ...)                                                                            \
    template <>                                                                                              \
    struct Words<type> {                                                                                     \
        using E = type;                                                                                      \
        static constexpr Word<E> rows[] = {__VA_ARGS__};                                                     \
    }

ACREDITA_WORDS(Evidence, {"documents", E::documents, "Evidence::documents"},
               {"simulation", E::simulation, "Evidence::simulation"}, {"card", E::card, "Evidence::card"});
ACREDITA_WORDS(Verdict, {"no-application", E::no_application, "Verdict::no_application"},
               {"makers-module", E::makers_module, "Verdict::makers_module"});
ACREDITA_WORDS(VersionFrom, {"nowhere", E::nowhere, "VersionFrom::nowhere"},
               {"yubico-fd", E::yubico_fd, "VersionFrom::yubico_fd"});
ACREDITA_WORDS(SerialFrom, {"yubico-f8", E::yubico_f8, "SerialFrom::yubico_f8"},
               {"bcd-f8", E::bcd_f8, "SerialFrom::bcd_f8"},
               {"chuid-guid", E::chuid_guid, "SerialFrom::chuid_guid"},
               {"token-info", E::token_info, "SerialFrom::token_info"});
ACREDITA_WORDS(AdminKind, {"piv-mutual", E::piv_mutual, "AdminKind::piv_mutual"},
               {"openpgp-pw3", E::openpgp_pw3, "AdminKind::openpgp_pw3"});
ACREDITA_WORDS(Purpose, {"authentication", E::authentication, "Purpose::authentication"},
               {"signature", E::signature, "Purpose::signature"},
               {"decryption", E::decryption, "Purpose::decryption"},
               {"card-authentication", E::card_authentication, "Purpose::card_authentication"},
               {"retired", E::retired, "Purpose::retired"});
ACREDITA_WORDS(Role, {"nobody", E::nobody, "Role::nobody"}, {"user", E::user, "Role::user"},
               {"admin", E::admin, "Role::admin"});
ACREDITA_WORDS(DirectoryKind, {"piv", E::piv, "DirectoryKind::piv"},
               {"files", E::files, "DirectoryKind::files"}, {"pkcs15", E::pkcs15, "DirectoryKind::pkcs15"},

               {"openpgp", E::openpgp, "DirectoryKind::openpgp"});
ACREDITA_WORDS(CertificateForm, {"plain", E::plain, "CertificateForm::plain"},
               {"zlib", E::zlib, "CertificateForm::zlib"});
ACREDITA_WORDS(PathForm, {"binary", E::binary, "PathForm::binary"}, {"text", E::text, "PathForm::text"});
ACREDITA_WORDS(Pairing, {"id", E::id, "Pairing::id"}, {"modulus", E::modulus, "Pairing::modulus"});
ACREDITA_WORDS(Input, {"hash", E::hash, "Input::hash"}, {"digest-info", E::digest_info, "Input::digest_info"},
               {"block", E::block, "Input::block"});
ACREDITA_WORDS(HashName, {"any", E::any, "HashName::any"}, {"sha1", E::sha1, "HashName::sha1"},
               {"sha256", E::sha256, "HashName::sha256"}, {"sha384", E::sha384, "HashName::sha384"},
               {"sha512", E::sha512, "HashName::sha512"});
ACREDITA_WORDS(Expect, {"status", E::status, "Expect::status"}, {"all", E::all, "Expect::all"},
               {"modulus", E::modulus, "Expect::modulus"});
ACREDITA_WORDS(ImportKind, {"yubico-fe", E::yubico_fe, "ImportKind::yubico_fe"},
               {"iso-7f48", E::iso_7f48, "ImportKind::iso_7f48"},
               {"openpgp-4d", E::openpgp_4d, "ImportKind::openpgp_4d"});
ACREDITA_WORDS(GenerateKind, {"piv-47", E::piv_47, "GenerateKind::piv_47"},
               {"iso-46", E::iso_46, "GenerateKind::iso_46"},
               {"openpgp-47", E::openpgp_47, "GenerateKind::openpgp_47"});
ACREDITA_WORDS(DeleteKind, {"none", E::none, "DeleteKind::none"},
               {"yubico-f6", E::yubico_f6, "DeleteKind::yubico_f6"},
               {"overwrite", E::overwrite, "DeleteKind::overwrite"},
               {"algorithm-flip", E::algorithm_flip, "DeleteKind::algorithm_flip"});
ACREDITA_WORDS(Quirk,
               {"imported-key-metadata-6f00", E::imported_key_metadata_6f00,
                "Quirk::imported_key_metadata_6f00"},
               {"origin-from-zero", E::origin_from_zero, "Quirk::origin_from_zero"},
               {"wipes-keys-when-blocked", E::wipes_keys_when_blocked, "Quirk::wipes_keys_when_blocked"},
               {"new-key-ends-certificate", E::new_key_ends_certificate, "Quirk::new_key_ends_certificate"});
ACREDITA_WORDS(StoresAs, {"user", E::user, "StoresAs::user"}, {"so", E::so, "StoresAs::so"},
               {"nobody", E::nobody, "StoresAs::nobody"});
ACREDITA_WORDS(TemplateForm, {"full", E::full, "TemplateForm::full"},
               {"no-subject", E::no_subject, "TemplateForm::no_subject"},
               {"no-protection", E::no_protection, "TemplateForm::no_protection"},
               {"bare", E::bare, "TemplateForm::bare"});
ACREDITA_WORDS(ResetRule, {"process", E::process, "ResetRule::process"}, {"card", E::card, "ResetRule::card"},
               {"nothing", E::nothing, "ResetRule::nothing"});
ACREDITA_WORDS(WordOf, {"certificate", E::certificate, "WordOf::certificate"},
               {"refusal", E::refusal, "WordOf::refusal"},
               {"protection", E::protection, "WordOf::protection"});
ACREDITA_WORDS(card::KeyType, {"rsa", E::rsa, "card::KeyType::rsa"}, {"ec", E::ec, "card::KeyType::ec"});
ACREDITA_WORDS(card::PinPolicy, {"never", E::never, "card::PinPolicy::never"},
               {"once", E::once, "card::PinPolicy::once"}, {"always", E::always, "card::PinPolicy::always"});
ACREDITA_WORDS(card::Operation, {"rsa-raw", E::rsa_raw, "card::Operation::rsa_raw"},
               {"rsa-pkcs1", E::rsa_pkcs1, "card::Operation::rsa_pkcs1"},
               {"ecdsa", E::ecdsa, "card::Operation::ecdsa"}, {"ecdh", E::ecdh, "card::Operation::ecdh"},
               {"rsa-decrypt", E::rsa_decrypt, "card::Operation::rsa_decrypt"},
               {"rsa-pss", E::rsa_pss, "card::Operation::rsa_pss"},
               {"ecdsa-sha1", E::ecdsa_sha1, "card::Operation::ecdsa_sha1"});

ACREDITA_WORDS(ImportFormat, {"standard", E::standard, "ImportFormat::standard"},
               {"standard-n", E::standard_n, "ImportFormat::standard_n"},
               {"crt", E::crt, "ImportFormat::crt"}, {"crt-n", E::crt_n, "ImportFormat::crt_n"});

#undef ACREDITA_WORDS

} // namespace acredita::profile
