// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/first_pin.hpp"

#include "tools/desk/pin_record.hpp"
#include "tools/desk/surroundings.hpp"
#include "tools/issue/target.hpp"
#include "tools/p12/errc.hpp"
#include "tools/p12/isolated.hpp"

namespace acredita::kiosk {
namespace {

// Asked until it opens the backup, as the load does.
Result<p12::Opened> opened(ByteView backup, Questions& people) {
    ACREDITA_TRY(reader, p12::isolated::Session::start());
    ACREDITA_TRY(envelope, reader.sniff(backup));
    if (envelope.refusal) return fail(Error(*envelope.refusal));
    for (unsigned wrong = 0;; ++wrong) {
        ACREDITA_TRY(passphrase, people.passphrase(wrong));
        auto contents = reader.examine(passphrase);
        const Result<void> usable = contents ? p12::require_credential(*contents) : fail(contents.error());
        if (usable) return contents;
        if (!is(usable.error(), p12::p12_errc::wrong_password) &&
            !is(usable.error(), p12::p12_errc::cannot_decrypt))
            return fail(usable.error());
    }
}

// The certificate the load will be about, seen and agreed to by its people.
Result<std::string> holder_of(ByteView backup, Questions& people) {
    ACREDITA_TRY(contents, opened(backup, people));
    std::vector<issue::CertificateSummary> all;
    for (const auto& credential : contents.credentials) {
        ACREDITA_TRY(summary, issue::summarise(credential.leaf.der, issue::Clock::now()));
        all.push_back(std::move(summary));
    }
    std::size_t index = 0;
    if (all.size() > 1) {
        ACREDITA_TRY(chosen, people.choose(all));
        index = chosen;
    }
    if (index >= all.size()) return fail(issue::issue_errc::no_such_choice);
    ACREDITA_CHECK(people.review(all[index]));
    return issue::identity_number(contents.credentials[index].leaf.der);
}

} // namespace

Result<void> give_first_pin(ByteView backup, const std::string& puk_policy, const Desk& desk) {
    using client::Ask;
    ACREDITA_TRY(target, issue::find_target(desk::module_choice(""), ""));
    ACREDITA_TRY(session, client::Session::open(target.module, target.slot, client::Access::read_write));
    ACREDITA_TRY(facts, client::card_facts(session, Ask::pin | Ask::puk | Ask::storing));
    const auto what = desk::due(facts);
    if (!what.any() || facts.can_import == false) return {};

    ACREDITA_TRY(nif, holder_of(backup, desk.people));
    PinQuestions people(desk.post);
    const desk::PinChoice choice{.person = {.nif = nif, .card = target.token.serial}};
    const auto policy = desk::puk_policy_named(puk_policy).value_or(desk::PukPolicy::holder);
    const auto done = desk::hand_over(session, people, choice, policy, what);
    ACREDITA_TRY(office, desk::open_office("acredita-kiosk"));
    ACREDITA_CHECK(desk::record_hand_over(office ? &office->journal : nullptr, target.token.serial, done));
    if (!done) return fail(Error(done.error()));
    if (done->pin) desk.people.use_pin(people.take_fresh_pin());
    return {};
}

} // namespace acredita::kiosk
