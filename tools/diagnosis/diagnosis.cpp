// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/diagnosis/diagnosis.hpp"

namespace acredita::diagnosis {
namespace {

using catalogue::Language;

std::string say(std::string_view key, Language language, std::initializer_list<catalogue::Fill> fills = {}) {
    return catalogue::text("diagnosis." + std::string(key), language, fills);
}

std::string figures(const std::vector<p12::Known>& known, Language language) {
    std::string all;
    for (const auto& [name, value] : known) {
        if (!all.empty()) all += ", ";
        all += say("known." + name, language, {{"value", value}});
    }
    return all;
}

// Nothing is wrong: the same three sentences, with no code.
catalogue::Message fine(const std::string& outcome, Language language) {
    return {0, say(outcome + ".what", language), say(outcome + ".means", language),
            say(outcome + ".action", language)};
}

} // namespace

Error in_words(const Error& error, Language language) {
    const auto known = p12::known_of(error);
    if (known.empty()) return error;
    return Error{error.code, figures(known, language), error.where};
}

Diagnosis diagnose(const p12::Inspection& seen, Language language) {
    Diagnosis told;
    if (seen.fault) {
        const auto& fault = *seen.fault;
        const Error error{{static_cast<int>(fault.code), error_category<p12::p12_errc>()},
                          figures(fault.known, language),
                          std::source_location::current()};
        told.message = catalogue::message(error, language);
    } else {
        told.message = fine(seen.outcome, language);
    }
    if (seen.exporter != p12::Exporter::unknown)
        told.remarks.push_back(say("exporter." + std::string(p12::name_of(seen.exporter)), language));
    if (seen.found) {
        using enum p12::PasswordForm;
        const auto& form = seen.found->form;
        if (form && *form != typed && *form != empty_without_terminator)
            told.remarks.push_back(say("form." + std::string(p12::name_of(*form)), language));
        for (const auto warning : seen.found->warnings)
            if (warning != p12::Warning::password_not_as_typed)
                told.remarks.push_back(say("warning." + std::string(p12::name_of(warning)), language));
    } else if (seen.envelope && seen.envelope->plain_keys > 0) {
        told.remarks.push_back(say("warning.plain_key", language));
    }
    told.recipes = fitting(seen);
    return told;
}

} // namespace acredita::diagnosis
