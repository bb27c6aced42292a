// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita-kiosk: the window of the office.
#include "tools/kiosk/controller/visit.hpp"
#include "tools/kiosk/secret/register.hpp"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQmlContext>
#include <cstdlib>

namespace {

using namespace acredita;
using namespace std::chrono_literals;

class NoSticks final : public kiosk::StickDesk {
public:
    void release() override {}
};

client::Choice choice() {
    const char* const file = std::getenv("ACREDITA_MODULE");
    return client::Choice(file == nullptr ? "" : file);
}

} // namespace

int main(int count, char** arguments) {
    QGuiApplication program(count, arguments);
    QGuiApplication::setApplicationName("acredita-kiosk");
    kiosk::register_secret_types();
    kiosk::Words words(catalogue::language_from_environment());
    kiosk::CardWatch watch;
    NoSticks sticks;
    kiosk::IdleTime idle(120s, 60s);
    program.installEventFilter(&idle);
    kiosk::Visit visit(words, watch, sticks, idle, kiosk::Jobs{choice, {}}, true);

    QQmlApplicationEngine engine;
    engine.rootContext()->setContextProperty("words", &words);
    engine.rootContext()->setContextProperty("visit", &visit);
    engine.rootContext()->setContextProperty("idleTime", &idle);
    engine.addImportPath("qrc:/qt/qml");
    engine.load(QUrl("qrc:/qt/qml/Acredita/Kiosk/view/Main.qml"));
    if (engine.rootObjects().isEmpty()) return 1;
    return QGuiApplication::exec();
}
