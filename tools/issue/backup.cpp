// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The steps on the backup: what it is, what it holds, whether the card can take it.
#include "tools/issue/work.hpp"
#include "tools/p12/checks.hpp"

#include <algorithm>

namespace acredita::issue {
namespace {

using p12::p12_errc;

Result<void> open_with_passphrase(Work& work) {
    for (unsigned wrong = 0;; ++wrong) {
        ACREDITA_TRY(passphrase, work.people.passphrase(wrong));
        auto opened = work.reader->examine(passphrase);
        const Result<void> usable = opened ? p12::require_credential(*opened) : fail(opened.error());
        if (usable) {
            work.opened = *std::move(opened);
            work.reader.reset();
            return {};
        }
        const bool again =
            is(usable.error(), p12_errc::wrong_password) || is(usable.error(), p12_errc::cannot_decrypt);
        if (!again) return fail(usable.error());
    }
}

// The certificate alone; of its key only the public half is known here.
Result<void> open_certificate(Work& work) {
    ACREDITA_TRY(crypto, p12::Crypto::shared());
    ACREDITA_TRY(parsed, p12::load_certificate(*crypto, work.request.certificate));
    ACREDITA_TRY(leaf, p12::describe_certificate(parsed.get(), work.request.certificate));
    work.key = p12::KeyHandle(X509_get_pubkey(parsed.get()));
    if (!work.key) return fail(p12_errc::unsupported_key);
    p12::Credential credential;
    credential.leaf = std::move(leaf);
    work.opened.credentials.push_back(std::move(credential));
    return {};
}

Result<void> choose(Work& work) {
    const auto& credentials = work.opened.credentials;
    std::vector<CertificateSummary> list;
    for (const auto& credential : credentials) {
        ACREDITA_TRY(summary, summarise(credential.leaf.der, work.request.now));
        list.push_back(std::move(summary));
    }
    std::size_t index = 0;
    if (list.size() > 1) {
        ACREDITA_TRY(answer, work.people.choose(list));
        index = answer;
    }
    if (index >= list.size()) return fail(issue_errc::no_such_choice, std::to_string(index + 1));
    work.chosen = &credentials[index];
    work.receipt.certificate = std::move(list[index]);
    ACREDITA_TRY(holder, identity_number(work.chosen->leaf.der));
    work.holder = std::move(holder);
    return {};
}

Result<void> check_validity(Work& work) {
    const auto& summary = work.receipt.certificate;
    if (summary.not_yet_valid) return fail(issue_errc::not_yet_valid, summary.not_before.substr(0, 10));
    if (!summary.expired) return {};
    ACREDITA_TRY(allowed, work.people.allow_expired(summary));
    if (!allowed) return fail(issue_errc::expired, summary.not_after.substr(0, 10));
    return {};
}

Result<void> check_fit(Work& work) {
    const auto& facts = work.facts;
    ACREDITA_TRY(kind, client::kind_of(work.key.get()));
    if (work.brings_key() && facts.importable &&
        std::ranges::find(*facts.importable, kind) == facts.importable->end())
        return fail(issue_errc::key_not_supported, work.receipt.certificate.key);
    const auto size = work.chosen->leaf.der.size();
    if (facts.max_certificate && size > *facts.max_certificate)
        return fail(issue_errc::certificate_too_large,
                    std::to_string(size) + " > " + std::to_string(*facts.max_certificate));
    return {};
}

} // namespace

Note read_envelope(Work& work) {
    if (!work.brings_key()) return nothing_to_do;
    ACREDITA_TRY(reader, p12::isolated::Session::start());
    work.reader = std::move(reader);
    ACREDITA_TRY(envelope, work.reader->sniff(work.request.backup));
    if (envelope.refusal) return fail(Error(*envelope.refusal));
    return envelope.safes.empty() ? std::string() : envelope.safes.front().algorithm;
}

Note open_backup(Work& work) {
    ACREDITA_CHECK(work.brings_key() ? open_with_passphrase(work) : open_certificate(work));
    ACREDITA_CHECK(choose(work));
    if (work.brings_key()) {
        ACREDITA_TRY(key, p12::load_key(*work.chosen));
        work.key = std::move(key);
        ACREDITA_CHECK(p12::self_test(*work.chosen));
    }
    ACREDITA_CHECK(check_validity(work));
    ACREDITA_CHECK(check_fit(work));
    ACREDITA_CHECK(work.people.review(work.receipt.certificate));

    ACREDITA_TRY(id, key_identifier(work.key.get()));
    work.place.id = std::move(id);
    work.place.label = label_for(work.receipt.certificate);
    work.receipt.key_identifier = to_hex(work.place.id);
    work.receipt.label = work.place.label;
    return work.place.label;
}

} // namespace acredita::issue
