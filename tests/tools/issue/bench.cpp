// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/issue/bench.hpp"

#include "pkcs11/client/vendor.hpp"
#include "tools/issue/target.hpp"
#include "tools/p12/errc.hpp"

#include <cstdlib>

namespace acredita::test {
namespace {

const std::string& nth(const std::vector<std::string>& answers, unsigned index) {
    return answers.at(std::min<std::size_t>(index, answers.size() - 1));
}

practice::Options with_cards(const std::vector<std::string>& cards, practice::Options options) {
    options.cards = practice_options(cards).cards;
    return options;
}

} // namespace

Result<Secret> ScriptedPeople::passphrase(unsigned wrong_before) {
    ++asked_passphrase;
    if (wrong_before >= most_passphrases) return fail(p12::p12_errc::wrong_password);
    return Secret(as_bytes(nth(passphrases, wrong_before)));
}

Result<std::size_t> ScriptedPeople::choose(std::span<const issue::CertificateSummary>) {
    ++asked_choice;
    return choice;
}

Result<void> ScriptedPeople::review(const issue::CertificateSummary&) { return {}; }

Result<bool> ScriptedPeople::allow_expired(const issue::CertificateSummary&) {
    ++asked_expired;
    return expired;
}

Result<bool> ScriptedPeople::allow_overwrite(const issue::Loss& lost) {
    ++asked_overwrite;
    loss = lost;
    return overwrite;
}

Result<bool> ScriptedPeople::allow_last_try(const issue::PinQuestion&) {
    ++asked_last_try;
    return last_try;
}

Result<Secret> ScriptedPeople::pin(const issue::PinQuestion& question) {
    ++asked_pin;
    tries_shown.push_back(question.tries_left);
    if (question.asked_before >= most_pins)
        return fail(question.malformed_before ? issue::issue_errc::pin_malformed
                                              : issue::issue_errc::pin_wrong,
                    question.tries_left ? std::to_string(*question.tries_left) : "?");
    return Secret(as_bytes(nth(pins, question.asked_before)));
}

void ScriptedPeople::look_at_reader(bool) {}

void RecordedProgress::started(issue::Step step) {
    begun.push_back(step);
    if (at_start) at_start(step);
}
void RecordedProgress::finished(issue::Step step, std::string_view) { done.push_back(step); }
void RecordedProgress::skipped(issue::Step) {}

bool RecordedProgress::cancelled() {
    return cancel_before && begun.size() < issue::all_steps.size() &&
           issue::all_steps.at(begun.size()) == *cancel_before;
}

Bench::Bench(const std::vector<std::string>& cards, const practice::Options& options)
    : practice_(with_cards(cards, options)) {
    // What the module remembers of cards lies with the practice and ends with it.
    ::setenv("XDG_CACHE_HOME", (practice_->socket().parent_path() / "cache").c_str(), 1);
}

issue::Request Bench::request(ByteView backup) const {
    return {.module = practice::Session::module(),
            .backup = backup,
            .administration = issue::factory_administration_key(),
            .allow_factory_key = true,
            .version = "test",
            .practice = true};
}

Result<issue::Receipt> Bench::run(ByteView backup) { return issue::run(request(backup), people, progress); }

std::optional<unsigned> Bench::tries() {
    const auto target = issue::find_target(practice::Session::module(), "");
    if (!target) return std::nullopt;
    auto session = client::Session::open(target->module, target->slot, client::Access::read_only);
    if (!session) return std::nullopt;
    const auto facts = client::card_facts(*session, client::Ask::pin);
    return facts ? facts->pin_tries_left : std::nullopt;
}

} // namespace acredita::test
