// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can end a command besides the errors of the libraries below it.
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::cli {

enum class cli_errc {
    no_terminal = 1, // a secret is needed and nobody can be asked; detail: the option that would give it
    descriptor_unreadable, // detail: the number
    secret_empty,
    answer_needed,  // a question has no terminal to be asked at; detail: the option that would answer it
    secrets_differ, // the new PIN was not typed the same way twice
    file_unusable,  // detail: why
    no_certificate_on_card,
    several_certificates, // detail: how many
    signature_not_sound,  // detail: the field
    signer_not_trusted,   // detail: the field
    signer_revoked,       // detail: the field
    signed_after_expiry,  // detail: the days
    time_unproven,        // detail: the field
    not_signed,
    file_unreadable,    // detail: its name
    report_unusable,    // of a card probe; detail: which part
    draft_without_base, // detail: the card's ATR
    card_not_blank,
    puk_malformed,
};

} // namespace acredita::cli

template <>
struct acredita::ErrorTable<acredita::cli::cli_errc> {
    using enum cli::cli_errc;
    static constexpr std::string_view family = "cli";
    static constexpr ErrorRow<cli::cli_errc> rows[] = {
        {no_terminal, "no_terminal", "there is no terminal to ask for a secret"},
        {descriptor_unreadable, "descriptor_unreadable", "the file descriptor cannot be read"},
        {secret_empty, "secret_empty", "nothing was typed"},
        {answer_needed, "answer_needed", "there is no terminal to ask a question"},
        {secrets_differ, "secrets_differ", "the two entries differ"},
        {file_unusable, "file_unusable", "the file cannot be used"},
        {no_certificate_on_card, "no_certificate_on_card", "the card holds no certificate"},
        {several_certificates, "several_certificates",
         "the card holds several certificates and none was chosen"},
        {signature_not_sound, "signature_not_sound", "a signature is not sound"},
        {signer_not_trusted, "signer_not_trusted", "a signer's certificate is not trusted"},
        {signer_revoked, "signer_revoked", "a signer's certificate was revoked"},
        {signed_after_expiry, "signed_after_expiry", "a certificate had expired before it signed"},
        {time_unproven, "time_unproven",
         "a certificate has expired and nothing proves that it signed before"},
        {not_signed, "not_signed", "the document carries no signature"},
        {file_unreadable, "file_unreadable", "a file cannot be read"},
        {report_unusable, "report_unusable", "the file is no report of a card probe"},
        {draft_without_base, "draft_without_base", "no application of the card is one we can read"},
        {card_not_blank, "card_not_blank",
         "the card is prepared already, or is of a kind that nobody prepares"},
        {puk_malformed, "puk_malformed", "the card takes no PUK of this length"},
    };
};
