// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/support_desk.hpp"

#include "tools/desk/surroundings.hpp"
#include "tools/kiosk/controller/trouble.hpp"

namespace acredita::kiosk {

SupportDesk::SupportDesk(Words& words, StickDesk& sticks) : words_(words), sticks_(sticks) {
    connect(&words_, &Words::languageChanged, this, &SupportDesk::changed);
}

void SupportDesk::forget() {
    ++troubles_;
    incident_.reset();
    error_.reset();
    fault_.reset();
    bundle_.clear();
    file_.clear();
    busy_ = false;
    Q_EMIT changed();
}

void SupportDesk::take(const Error& error, std::vector<desk::TimedStep> steps, std::string profile) {
    forget();
    auto drawn = desk::Incident::draw();
    if (!drawn) return; // the page does without
    incident_ = *drawn;
    error_ = error;
    Q_EMIT changed();
    worker_.run(
        this,
        [incident = *drawn, error, steps = std::move(steps), profile = std::move(profile)] {
            if (const auto office = desk::open_office("acredita-kiosk"); office && *office)
                static_cast<void>(desk::record_incident(&(*office)->journal, incident, error));
            const auto checks = desk::preflight({.module = desk::module_choice("")});
            desk::SupportCase what{.incident = incident, .program = "acredita-kiosk", .error = error};
            what.steps = steps;
            what.checks = checks;
            if (!profile.empty()) what.card_profile = profile;
            what.practice = desk::practising();
            return desk::support_bundle(what);
        },
        [this, trouble = troubles_](const std::string& bundle) {
            if (trouble != troubles_) return;
            bundle_ = QString::fromStdString(bundle);
            Q_EMIT changed();
        });
}

QString SupportDesk::incident() const {
    return incident_ ? QString::fromStdString(incident_->code()) : QString();
}

QString SupportDesk::code() const {
    return incident_ && error_ ? QString::fromStdString(incident_->as_code(*error_)) : QString();
}

QVariantMap SupportDesk::fault() const {
    return fault_ ? as_map(kiosk::told(*fault_, words_.language())) : QVariantMap{};
}

void SupportDesk::save() {
    if (busy_ || bundle_.isEmpty()) return;
    busy_ = true;
    fault_.reset();
    Q_EMIT changed();
    const auto text = bundle_.toStdString();
    sticks_.save("acredita-" + incident_->code() + ".json", Bytes(text.begin(), text.end()), this,
                 [this, trouble = troubles_](const Result<std::string>& file) {
                     if (trouble != troubles_) return;
                     busy_ = false;
                     if (file)
                         file_ = QString::fromStdString(*file);
                     else
                         fault_ = file.error();
                     Q_EMIT changed();
                 });
}

} // namespace acredita::kiosk
