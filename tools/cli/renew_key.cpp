// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/renew_key.hpp"

#include "tools/cli/dialogue.hpp"
#include "tools/desk/journalled.hpp"

#include <algorithm>

namespace acredita::cli {
namespace {

using renewal::Event;

// Answers what the renewal knows already; everything else is asked of the person.
class RenewalPeople final : public issue::People {
public:
    RenewalPeople(issue::People& people, const NewBackup* backup, std::string old_fingerprint, bool in_place)
        : people_(people), backup_(backup), old_(std::move(old_fingerprint)), in_place_(in_place) {}

    [[nodiscard]] Result<Secret> passphrase(unsigned wrong_before) override {
        if (backup_ == nullptr || wrong_before > 0) return people_.passphrase(wrong_before);
        return backup_->passphrase.clone();
    }
    [[nodiscard]] Result<std::size_t>
    choose(std::span<const issue::CertificateSummary> credentials) override {
        for (std::size_t i = 0; backup_ != nullptr && i < credentials.size(); ++i)
            if (credentials[i].fingerprint == backup_->fingerprint) return i;
        return people_.choose(credentials);
    }
    [[nodiscard]] Result<void> review(const issue::CertificateSummary& chosen) override {
        return people_.review(chosen);
    }
    [[nodiscard]] Result<bool> allow_expired(const issue::CertificateSummary&) override { return false; }
    // The old key goes in this way only on a card with one place, after it has signed; that was reviewed.
    [[nodiscard]] Result<bool> allow_overwrite(const issue::Loss& loss) override {
        const bool old = loss.certificate && loss.certificate->fingerprint == old_;
        return old ? Result<bool>(in_place_) : people_.allow_overwrite(loss);
    }
    [[nodiscard]] Result<bool> allow_last_try(const issue::PinQuestion& question) override {
        return people_.allow_last_try(question);
    }
    [[nodiscard]] Result<Secret> pin(const issue::PinQuestion& question) override {
        return people_.pin(question);
    }
    void look_at_reader(bool again) override { people_.look_at_reader(again); }

private:
    issue::People& people_;
    const NewBackup* backup_;
    std::string old_;
    bool in_place_;
};

Result<issue::Receipt> run(const Program& program, const LoadOptions& options, Visit& visit,
                           const renewal::Record& record, const NewBackup* backup, ByteView certificate) {
    ACREDITA_TRY(configuration, issue::read_configuration(desk::configuration_file));
    ACREDITA_TRY(key, administration_key(options.card.administration, configuration));
    ACREDITA_TRY(so_pin, makers_administration(options.card.administration, configuration));
    ACREDITA_TRY(old, renewal::party_of(record.old_certificate));
    visit.session.reset(); // the job restarts the card
    const Answers answers{.pin_descriptor = options.card.holder.pin_descriptor,
                          .last_try = options.card.holder.last_try};
    ScreenProgress screen(program);
    TerminalPeople terminal(program, screen, answers);
    desk::JournalledProgress progress(screen, &visit.office->journal);
    desk::JournalledPeople journalled(terminal, progress);
    RenewalPeople people(journalled, backup, old.sha256, record.path == renewal::Path::in_place);
    const issue::Request request{
        .module = program.choice(),
        .reader = program.reader(),
        .backup = backup == nullptr ? ByteView{} : ByteView(backup->file),
        .certificate = certificate,
        .place = certificate.empty() ? std::nullopt : record.place,
        .administration = std::move(key),
        .allow_factory_key = options.card.administration.factory_key || desk::practising(),
        .so_pin = std::move(so_pin),
        .office = configuration.place,
        .version = ACREDITA_VERSION,
        .practice = desk::practising(),
    };
    office::Facts facts;
    if (!options.document.empty()) facts["document"] = options.document;
    progress.begin(facts);
    auto receipt = issue::run(request, people, progress);
    if (receipt)
        progress.end({{"key", receipt->certificate.key}, {"profile", receipt->card_profile}});
    else
        progress.failed(receipt.error());
    if (progress.trouble()) return fail(*progress.trouble());
    if (receipt) receipt->journal_head = progress.head();
    return receipt;
}

} // namespace

Result<Loaded> load_new_key(const Program& program, const LoadOptions& options, Visit& visit,
                            const renewal::Renewal& renewal, const NewBackup& backup) {
    ACREDITA_CHECK(renewal::next(renewal.record.path, renewal.state, Event::load_key));
    auto receipt = run(program, options, visit, renewal.record, &backup, {});
    if (!receipt) return failed_step(visit, renewal, Event::load_key, receipt.error());
    auto record = renewal.record;
    ACREDITA_TRY(identifier, from_hex(receipt->key_identifier));
    record.new_identifier = std::move(identifier);
    record.place = receipt->place;
    ACREDITA_TRY(done, visit.desk.step(renewal, Event::load_key, record, visit.parties));
    return Loaded{std::move(done), *std::move(receipt)};
}

Result<Loaded> store_new_certificate(const Program& program, const LoadOptions& options, Visit& visit,
                                     const renewal::Renewal& renewal, const Bytes& certificate) {
    ACREDITA_CHECK(renewal::next(renewal.record.path, renewal.state, Event::receive_certificate));
    auto receipt = run(program, options, visit, renewal.record, nullptr, certificate);
    if (!receipt) return failed_step(visit, renewal, Event::receive_certificate, receipt.error());
    auto record = renewal.record;
    record.new_certificate = certificate;
    ACREDITA_TRY(done, visit.desk.step(renewal, Event::receive_certificate, record, visit.parties));
    return Loaded{std::move(done), *std::move(receipt)};
}

Result<renewal::Renewal> make_new_key(const Program& program, const CardOptions& options, Visit& visit,
                                      const renewal::Renewal& renewal, client::KeyKind kind) {
    ACREDITA_CHECK(renewal::next(renewal.record.path, renewal.state, Event::generate_key));
    auto seen = renewal;
    auto record = renewal.record;
    if (!record.place) {
        ACREDITA_TRY(room, fresh_room(visit));
        if (room.known && !room.spare) return fail(renewal::renewal_errc::no_spare_place);
        record.place = room.spare;
        // Noted before: a run that ends in the middle makes the key in the same place again.
        ACREDITA_TRY(noted, visit.desk.note(seen, record));
        seen = std::move(noted);
    }
    ACREDITA_TRY(keys, ask_for_keys(program, options, visit));
    auto card = keys.card(program, visit);
    auto made = renewal::make_key(card, kind, record.place, record.old_certificate);
    if (!made) return failed_step(visit, seen, Event::generate_key, made.error());
    ACREDITA_CHECK(issue::restart_card(visit.target));
    record.new_key = std::move(made->spki);
    record.new_identifier = std::move(made->identifier);
    record.request = std::move(made->request);
    return visit.desk.step(seen, Event::generate_key, record, visit.parties);
}

} // namespace acredita::cli
