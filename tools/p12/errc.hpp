// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The closed set of what can be wrong with a backup. One enumerator is one true fault with one remedy, so
// that tools/catalogue can hold one text for each; names never change once they were published. What is known
// of a fault travels in the Error's detail and is taken apart by known_of() (inspection.hpp).
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::p12 {

enum class p12_errc {
    unreadable_file = 1,
    too_large,
    empty_file,
    only_zeros,
    certificate_only,
    certificate_request,
    pkcs7_only,
    private_key_only,
    java_keystore,
    zip_archive,
    pdf_document,
    revocation_list,
    browser_database,
    windows_shortcut,
    picture,
    web_page,
    not_a_backup,
    truncated,
    damaged,
    altered,
    wrong_password,
    key_password_differs,
    cannot_decrypt,
    unsupported_algorithm,
    public_key_protected,
    legacy_provider_missing,
    too_costly,
    no_private_key,
    no_certificate,
    key_certificate_mismatch,
    unsupported_key,
    self_test_failed,
    cancelled,
    crypto_failure,
    reader_unavailable,
    reader_crashed,
    reader_timed_out,
};

} // namespace acredita::p12

template <>
struct acredita::ErrorTable<acredita::p12::p12_errc> {
    using E = p12::p12_errc;
    static constexpr std::string_view family = "p12";
    static constexpr ErrorRow<E> rows[] = {
        {E::unreadable_file, "unreadable_file", "the file cannot be read"},
        {E::too_large, "too_large", "the file is larger than any backup"},
        {E::empty_file, "empty_file", "the file is empty"},
        {E::only_zeros, "only_zeros", "the file holds nothing but zero bytes"},
        {E::certificate_only, "certificate_only", "the file is a certificate without its private key"},
        {E::certificate_request, "certificate_request", "the file is a certificate request"},
        {E::pkcs7_only, "pkcs7_only", "the file is a PKCS#7 bundle of certificates"},
        {E::private_key_only, "private_key_only", "the file is a private key outside of a backup"},
        {E::java_keystore, "java_keystore", "the file is a Java key store"},
        {E::zip_archive, "zip_archive", "the file is a ZIP archive"},
        {E::pdf_document, "pdf_document", "the file is a PDF document"},
        {E::revocation_list, "revocation_list", "the file is a list of revoked certificates"},
        {E::browser_database, "browser_database", "the file is a browser's own database"},
        {E::windows_shortcut, "windows_shortcut", "the file is a Windows shortcut to another file"},
        {E::picture, "picture", "the file is a picture"},
        {E::web_page, "web_page", "the file is a web page"},
        {E::not_a_backup, "not_a_backup", "the file is nothing that could hold a certificate"},
        {E::truncated, "truncated", "the file ends before its announced end"},
        {E::damaged, "damaged", "the file breaks the rules of its format"},
        {E::altered, "altered", "the password opens the contents, the MAC does not match them"},
        {E::wrong_password, "wrong_password", "the MAC does not match this password"},
        {E::key_password_differs, "key_password_differs",
         "the MAC matches, the contents have another password"},
        {E::cannot_decrypt, "cannot_decrypt", "without a MAC: the password is wrong or the file is damaged"},
        {E::unsupported_algorithm, "unsupported_algorithm",
         "the file uses an algorithm that is not supported"},
        {E::public_key_protected, "public_key_protected", "the file is protected for a key or a group"},
        {E::legacy_provider_missing, "legacy_provider_missing", "OpenSSL's legacy provider is not installed"},
        {E::too_costly, "too_costly", "the file asks for more work than is granted"},
        {E::no_private_key, "no_private_key", "the backup holds no private key"},
        {E::no_certificate, "no_certificate", "the backup holds no certificate"},
        {E::key_certificate_mismatch, "key_certificate_mismatch", "no certificate belongs to the key"},
        {E::unsupported_key, "unsupported_key", "the key is of a kind that is not supported"},
        {E::self_test_failed, "self_test_failed",
         "the key's signature does not verify under its certificate"},
        {E::cancelled, "cancelled", "stopped on request"},
        {E::crypto_failure, "crypto_failure", "OpenSSL failed for a reason of its own"},
        {E::reader_unavailable, "reader_unavailable", "the process that reads backups cannot be started"},
        {E::reader_crashed, "reader_crashed", "the process that reads backups ended unexpectedly"},
        {E::reader_timed_out, "reader_timed_out", "the process that reads backups took too long"},
    };
};
