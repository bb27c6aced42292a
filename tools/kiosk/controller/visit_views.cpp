// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What stands on the pages (visit.hpp), in the language of the moment.
#include "tools/desk/holder_match.hpp"
#include "tools/desk/surroundings.hpp"
#include "tools/diagnosis/card_verdict.hpp"
#include "tools/diagnosis/diagnosis.hpp"
#include "tools/diagnosis/sheet.hpp"
#include "tools/kiosk/controller/visit.hpp"

#include <QDateTime>
#include <QLocale>

namespace acredita::kiosk {
namespace {

QVariantMap as_map(const issue::CertificateSummary& s) {
    return {{"holder", from(s.holder)},
            {"id", from(s.masked_id)},
            {"issuer", from(s.issuer)},
            {"serial", from(s.serial)},
            {"from", from(s.not_before.substr(0, std::min<std::size_t>(10, s.not_before.size())))},
            {"until", from(s.not_after.substr(0, std::min<std::size_t>(10, s.not_after.size())))},
            {"key", from(s.key)},
            {"expired", s.expired},
            {"notYetValid", s.not_yet_valid}};
}

QStringList lines(const std::vector<std::string>& all) {
    QStringList list;
    for (const auto& one : all) list.push_back(from(one));
    return list;
}

QVariant count(std::optional<unsigned> number) { return number ? QVariant(*number) : QVariant(); }

} // namespace

QVariantMap Visit::card() const {
    QVariantMap map{{"service", watch_.service()},
                    {"readers", static_cast<int>(watch_.readers())},
                    {"cards", static_cast<int>(watch_.cards())},
                    {"looking", looking_},
                    {"known", card_.has_value()}};
    if (!card_) return map;
    const auto language = words_.language();
    QVariantList holds;
    for (const auto& held : card_->holds) {
        auto one = as_map(held.certificate);
        one["hasKey"] = held.key;
        holds.push_back(one);
    }
    const auto& facts = card_->facts;
    map.insert({{"good", !card_->fault},
                {"model", from(card_->model.empty() ? card_->label : card_->model)},
                {"maker", from(card_->maker)},
                {"reader", from(card_->reader)},
                {"holds", holds},
                {"factoryPin", facts.factory_pin.value_or(false)},
                {"factoryPuk", facts.factory_puk.value_or(false)},
                {"pinpad", facts.pinpad},
                {"tries", count(facts.pin_tries_left)}});
    if (card_->fault) map["fault"] = kiosk::as_map(told(*card_->fault, language));
    return map;
}

// The sheet of a card of a family that cannot be served; empty for any other fault, which has its words.
QVariantMap Visit::sheet() const {
    if (!card_ || !card_->fault) return {};
    const bool family_matters = is(*card_->fault, issue::issue_errc::card_not_usable) ||
                                is(*card_->fault, client::cryptoki_errc::token_not_recognized) ||
                                is(*card_->fault, issue::issue_errc::import_not_possible);
    if (!family_matters) return {};
    const auto* family = profile::family_of(profile::built_in_families(), card_->atr);
    if (family == nullptr && is(*card_->fault, issue::issue_errc::import_not_possible)) return {};
    const auto page = diagnosis::page_of(family, card_->atr, desk::contact(), words_.language());
    return {{"heading", from(page.heading)}, {"title", from(page.title)}, {"lead", lines(page.lead)},
            {"steps", lines(page.steps)},    {"done", from(page.done)},   {"trouble", from(page.trouble)},
            {"notes", lines(page.notes)}};
}

std::optional<Paper> Visit::refusal_paper() const {
    const auto draw = [](auto page_of) {
        return [page_of](catalogue::Language language) {
            return diagnosis::draw_sheet(page_of(language), language);
        };
    };
    if (card_ && card_->fault) {
        const auto* family = profile::family_of(profile::built_in_families(), card_->atr);
        return Paper{draw([family, atr = card_->atr, contact = desk::contact()](auto language) {
                         return diagnosis::page_of(family, atr, contact, language);
                     }),
                     "kiosk.refusal.file"};
    }
    for (const auto& backup : sticks_.backups()) {
        const auto recipes = diagnosis::fitting(backup.inspection);
        if (backup.usable() || backup.unreadable || recipes.empty()) continue;
        return Paper{
            draw([recipe = recipes.front()](auto language) { return diagnosis::page_of(recipe, language); }),
            "kiosk.recipe.file"};
    }
    return std::nullopt;
}

QVariantList Visit::sticks() const {
    QVariantList list;
    for (const auto& stick : sticks_.sticks()) {
        QVariantMap map{
            {"label", from(stick.volume.label)},
            {"drive", from(stick.volume.drive_name)},
            {"system", from(stick.volume.file_system)},
            {"size", QLocale(words_.tag()).formattedDataSize(static_cast<qint64>(stick.volume.size), 0)},
            {"reading", stick.reading}};
        if (stick.fault) map["fault"] = kiosk::as_map(told(*stick.fault, words_.language()));
        list.push_back(map);
    }
    return list;
}

QVariantMap Visit::stickTrouble() const {
    return sticks_.trouble() ? kiosk::as_map(told(*sticks_.trouble(), words_.language())) : QVariantMap{};
}

QVariantList Visit::backups() const {
    QVariantList list;
    const QLocale locale(words_.tag());
    int index = 0;
    for (const auto& backup : sticks_.backups()) {
        const auto seconds =
            std::chrono::duration_cast<std::chrono::seconds>(backup.written.time_since_epoch());
        QVariantMap map{{"index", index++},
                        {"name", from(backup.name)},
                        {"folder", from(backup.folder)},
                        {"usable", backup.usable()},
                        {"date", locale.toString(QDateTime::fromSecsSinceEpoch(seconds.count()).date(),
                                                 QLocale::ShortFormat)}};
        const auto language = words_.language();
        if (backup.unreadable) {
            map["fault"] = kiosk::as_map(told(*backup.unreadable, language));
        } else {
            const auto diagnosed = diagnosis::diagnose(backup.inspection, language);
            map["remarks"] = lines(diagnosed.remarks);
            if (diagnosed.message.code != 0) map["fault"] = kiosk::as_map(diagnosed.message);
            QStringList recipes;
            for (const auto recipe : diagnosed.recipes) recipes.push_back(from(diagnosis::name_of(recipe)));
            map["recipes"] = recipes;
        }
        list.push_back(map);
    }
    return list;
}

QVariantMap Visit::question() const {
    if (!question_) return {};
    const auto& q = *question_;
    QVariantList certificates;
    for (const auto& one : q.certificates) certificates.push_back(as_map(one));
    QVariantMap map{{"wrongBefore", q.wrong_before},
                    {"certificates", certificates},
                    {"tries", count(q.pin.tries_left)},
                    {"lastTry", q.pin.last_try},
                    {"factory", q.pin.factory},
                    {"askedBefore", q.pin.asked_before},
                    {"malformed", q.pin.malformed_before},
                    {"lostKey", q.loss.key}};
    if (q.refused) map["refused"] = from(told(*q.refused, words_.language()).what);
    if (differ_) map["refused"] = words_.say("kiosk.newSecret.differ");
    map["which"] = q.which == desk::PinKind::pin ? "pin" : "puk";
    map["reader"] = q.kind == Question::Kind::look_at_reader;
    if (q.certificates.size() == 1) {
        map["certificate"] = as_map(q.certificates.front());
        map["match"] = match(q.certificates.front().holder);
    }
    if (q.loss.certificate) map["lost"] = as_map(*q.loss.certificate);
    return map;
}

// Whose card it is as far as it says so itself: by its label, or by a certificate that is on it already.
QVariantMap Visit::match(const std::string& holder) const {
    if (!card_) return {};
    auto on_card = desk::holder_in_label(card_->label);
    if (!on_card && !card_->holds.empty()) on_card = card_->holds.front().certificate.holder;
    if (!on_card) return {};
    const auto match = desk::compare_names(*on_card, holder);
    static constexpr const char* standings[] = {"good", "warning", "bad"};
    QStringList why;
    for (const auto& one : desk::explain(match, words_.language())) why.push_back(from(one));
    return {{"standing", standings[static_cast<std::size_t>(match.likeness)]},
            {"text", words_.say("kiosk.person.match." + std::string(desk::name_of(match.likeness)),
                                {{"name", *on_card}})},
            {"detail", why.join(" ")}};
}

QVariantList Visit::progress() const {
    static constexpr const char* states[] = {"waiting", "now", "done", "skipped", "failed"};
    QVariantList list;
    for (const auto step : issue::all_steps) {
        const auto at = steps_.find(step);
        const auto state = at == steps_.end() ? StepState::waiting : at->second;
        list.push_back(QVariantMap{{"key", from(issue::name(step))},
                                   {"words", words_.say("step." + std::string(issue::name(step)))},
                                   {"state", states[static_cast<std::size_t>(state)]}});
    }
    return list;
}

QVariantMap Visit::receipt() const {
    if (!receipt_) return {};
    const auto language = words_.language();
    return {{"certificate", as_map(receipt_->certificate)},
            {"proofs", lines(issue::proof_sentences(*receipt_, language))},
            {"remarks", lines(issue::remark_sentences(*receipt_, language))},
            {"text", from(issue::to_text(*receipt_, language))},
            {"card", from(receipt_->card_model + " " + receipt_->card_serial)},
            {"journal", from(receipt_->journal_head)},
            {"resumed", receipt_->resumed}};
}

std::string Visit::profile() const { return card_ ? card_->facts.profile.value_or("") : std::string(); }

QString Visit::purpose() const {
    static constexpr const char* names[] = {"load", "changePin", "unblockPin"};
    return names[static_cast<std::size_t>(purpose_)];
}

QVariantMap Visit::trouble() const {
    return trouble_ ? kiosk::as_map(*trouble_, words_.language()) : QVariantMap{};
}

QVariantMap Visit::away() const {
    if (page_ != Page::away) return {};
    // What state things are in: before the first write, in the middle, or done and being proven.
    const auto reached = [this](issue::Step step) { return steps_.contains(step); };
    const char* state = !reached(issue::Step::store_certificate) ? "untouched"
                        : !reached(issue::Step::restart)         ? "writing"
                                                                 : "proving";
    return {{"what", stick_away_ ? "stick" : "card"}, {"state", state}, {"canGoOn", stick_away_}};
}

QString Visit::notice() const { return stick_gone_quietly_ ? "stickRead" : QString(); }

} // namespace acredita::kiosk
