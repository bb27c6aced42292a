// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can end the signing or the checking of a letter. Family "letter"; sentences for people are in
// tools/catalogue.
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::letter {

enum class letter_errc {
    not_pdf = 1,
    damaged,
    encrypted,
    certified,
    unsafe_content,
    too_large,
    too_complex,
    read_failed,
    write_failed,
    output_exists,
    field_signed,
    field_locked,
    field_ambiguous,
    field_unsuitable,
    unsupported_seed_value,
    unsupported_key,
    bad_certificate,
    bad_option,
    key_mismatch,
    certificate_expired,
    certificate_not_yet_valid,
    signing_failed,
    contents_too_small,
    self_check_failed,
    timestamp_unreachable,
    timestamp_refused,
    timestamp_bad,
    bad_signature_file,
    content_missing,
};

} // namespace acredita::letter

namespace acredita {

template <>
struct ErrorTable<letter::letter_errc> {
    using enum letter::letter_errc;
    static constexpr std::string_view family = "letter";
    static constexpr ErrorRow<letter::letter_errc> rows[] = {
        {not_pdf, "not_pdf", "the file is not a PDF document"},
        {damaged, "damaged", "the PDF document is damaged or not written to the rules"},
        {encrypted, "encrypted", "the PDF document is encrypted or needs a password"},
        {certified, "certified", "the PDF document is certified and allows no further signature"},
        {unsafe_content, "unsafe_content", "what the PDF document shows is not what a signature would cover"},
        {too_large, "too_large", "the file is larger than allowed"},
        {too_complex, "too_complex", "the PDF document has more structure than is read from a stranger"},
        {read_failed, "read_failed", "the file cannot be read"},
        {write_failed, "write_failed", "the signed file cannot be written"},
        {output_exists, "output_exists", "the output file exists already"},
        {field_signed, "field_signed", "the signature field is signed already"},
        {field_locked, "field_locked", "an earlier signature locks the signature field"},
        {field_ambiguous, "field_ambiguous", "several signature fields are empty and none was named"},
        {field_unsuitable, "field_unsuitable", "the named field cannot carry a signature"},
        {unsupported_seed_value, "unsupported_seed_value", "the field demands a signature of another kind"},
        {unsupported_key, "unsupported_key", "the key is of a kind or size that letters are not signed with"},
        {bad_certificate, "bad_certificate", "a certificate cannot be read"},
        {bad_option, "bad_option", "an option has a value that cannot be written into a signature"},
        {key_mismatch, "key_mismatch", "the private key does not belong to the certificate"},
        {certificate_expired, "certificate_expired", "the certificate had expired at the time of signing"},
        {certificate_not_yet_valid, "certificate_not_yet_valid", "the certificate is not valid yet"},
        {signing_failed, "signing_failed", "the private key did not sign"},
        {contents_too_small, "contents_too_small", "the signature does not fit the room reserved for it"},
        {self_check_failed, "self_check_failed", "the signed file did not pass its own check"},
        {timestamp_unreachable, "timestamp_unreachable", "the timestamp authority cannot be reached"},
        {timestamp_refused, "timestamp_refused", "the timestamp authority gave no timestamp"},
        {timestamp_bad, "timestamp_bad",
         "what the timestamp authority answered is no timestamp for this signature"},
        {bad_signature_file, "bad_signature_file", "the file is no signature of the kind CMS"},
        {content_missing, "content_missing", "what the signature is about is not there"},
    };
};

} // namespace acredita
