// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/browser_desk.hpp"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace acredita::kiosk {
namespace {

constexpr int longest_test = 180; // seconds
constexpr qint64 longest_answer = 64 * 1024;
constexpr int patience_at_end = 3000; // milliseconds

// Beside this program; where it was built, in the folder of its own.
QString tester() {
    const auto here = QCoreApplication::applicationDirPath();
    for (const auto* const place : {"/acredita", "/../cli/acredita"})
        if (const QFileInfo file(here + place); file.isExecutable() && file.isFile())
            return file.canonicalFilePath();
    return {};
}

} // namespace

BrowserDesk::BrowserDesk(Words& words) : words_(words) {
    process_.setStandardErrorFile(QProcess::nullDevice());
    process_.setStandardInputFile(QProcess::nullDevice());
    connect(&process_, &QProcess::finished, this, &BrowserDesk::ended);
    connect(&process_, &QProcess::stateChanged, this, &BrowserDesk::changed);
}

BrowserDesk::~BrowserDesk() {
    process_.disconnect(this);
    if (!running()) return;
    process_.terminate(); // the browser and its profile go with it
    if (!process_.waitForFinished(patience_at_end)) process_.kill();
}

bool BrowserDesk::possible() const { return !tester().isEmpty(); }

void BrowserDesk::open() {
    if (running() || !possible()) return;
    outcome_.clear();
    fault_.clear();
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("LC_ALL", words_.tag() == "es" ? "es_ES.UTF-8" : "en_GB.UTF-8");
    process_.setProcessEnvironment(environment);
    process_.start(tester(), {"browser-test", "--json", "--timeout", QString::number(longest_test)});
}

void BrowserDesk::close() {
    if (running()) process_.terminate();
}

void BrowserDesk::forget() {
    close();
    outcome_.clear();
    fault_.clear();
    Q_EMIT changed();
}

void BrowserDesk::ended() {
    const auto answer = QJsonDocument::fromJson(process_.read(longest_answer)).object();
    bool proven = false;
    for (const auto& visit : answer["visits"].toArray())
        proven = proven || visit.toObject()["proven"].toBool();
    outcome_ = proven ? "proven" : "failed";
    if (!proven) fault_ = answer["error"].toObject().toVariantMap();
    Q_EMIT changed();
}

} // namespace acredita::kiosk
