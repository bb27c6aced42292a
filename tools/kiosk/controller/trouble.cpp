// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/trouble.hpp"

#include "tools/diagnosis/diagnosis.hpp"
#include "tools/issue/error.hpp"
#include "tools/kiosk/controller/words.hpp"

namespace acredita::kiosk {

using issue::issue_errc;

Remedy remedy_for(const Error& error) {
    if (is(error, issue_errc::pin_blocked)) return Remedy::unblock;
    // Nothing about the backup or the card has to change: the same once more.
    for (const auto again : {issue_errc::card_removed, issue_errc::pin_wrong, issue_errc::pin_malformed,
                             issue_errc::last_try, issue_errc::overwrite_refused, issue_errc::proof_missing,
                             issue_errc::proof_certificate, issue_errc::proof_signature})
        if (is(error, again)) return Remedy::again;
    return Remedy::bring;
}

namespace {

// A step's name in a detail becomes the words people know it by, and so do the figures of a backup's fault.
catalogue::Message worded(const Error& error, catalogue::Language language) {
    const std::string key = "step." + error.detail;
    if (!catalogue::has_text(key)) return catalogue::message(diagnosis::in_words(error, language), language);
    return catalogue::message(Error{error.code, catalogue::text(key, language), error.where}, language);
}

} // namespace

// Before this window nobody types commands: where the catalogue names one, there is a sentence instead.
catalogue::Message told(const Error& error, catalogue::Language language) {
    auto message = worded(error, language);
    const auto instead = "kiosk.instead." + error_name(error.code);
    if (catalogue::has_text(instead)) message.action = catalogue::text(instead, language);
    return message;
}

QVariantMap as_map(const catalogue::Message& message) {
    return {{"code", message.code},
            {"what", from(message.what)},
            {"means", from(message.means)},
            {"action", from(message.action)}};
}

QVariantMap as_map(const Trouble& trouble, catalogue::Language language) {
    auto map = as_map(told(trouble.error, language));
    static constexpr const char* names[] = {"again", "bring", "unblock", "end"};
    map["remedy"] = names[static_cast<std::size_t>(trouble.remedy)];
    map["name"] = from(error_name(trouble.error.code));
    return map;
}

} // namespace acredita::kiosk
