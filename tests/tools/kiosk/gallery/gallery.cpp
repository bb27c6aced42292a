// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// kiosk_gallery: every page of the kiosk with sample data and no card, as pictures and as a list of faults.
//
//     QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software kiosk_gallery --out DIR --size 1280x800 --language
//     es
//
// Without --page every scene of FakeVisit.qml. Ends with 1 if a fault was found.
#include "tests/tools/kiosk/gallery/walk.hpp"
#include "tools/kiosk/controller/words.hpp"
#include "tools/kiosk/secret/register.hpp"
#include "tools/kiosk/view/register.hpp"

#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQmlComponent>
#include <QQmlContext>
#include <QQuickItem>
#include <QQuickWindow>
#include <iostream>

namespace {

using namespace acredita;

// Contrast of what is written on what, both palettes (WCAG 2.2, 1.4.3: 4.5:1).
int look_at_colours(QObject& theme) {
    int faults = 0;
    for (const char* name : {"calm", "high"}) {
        auto* palette = theme.property(name).value<QObject*>();
        for (const auto& pair : theme.property("pairs").toList()) {
            const auto one = pair.toList().at(0).toString(), other = pair.toList().at(1).toString();
            QVariant ratio;
            QMetaObject::invokeMethod(&theme, "contrast", Q_RETURN_ARG(QVariant, ratio),
                                      Q_ARG(QVariant, palette->property(one.toLatin1())),
                                      Q_ARG(QVariant, palette->property(other.toLatin1())));
            if (ratio.toDouble() >= 4.5) continue;
            ++faults;
            std::cout << name << ": " << one.toStdString() << " on " << other.toStdString() << " has "
                      << ratio.toDouble() << ":1\n";
        }
    }
    return faults;
}

void settle() {
    QElapsedTimer since;
    since.start();
    // A machine that stood still has done nothing meanwhile: rounds count as well as time.
    for (int rounds = 0; rounds < 12 || since.elapsed() < 30; ++rounds)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
}

} // namespace

int main(int count, char** arguments) {
    QGuiApplication program(count, arguments);
    QCommandLineParser options;
    options.addOptions(
        {{"out", "folder for the pictures; without it none are made", "folder"},
         {"page", "a scene; may be repeated", "name"},
         {"size", "of the window", "WxH", "1280x800"},
         {"language", "es or en", "language", "es"},
         {"scale", "of the text", "factor", "1"},
         {"contrast", "high contrast"},
         {"sheet", "help, support or contact is open", "sheet"},
         {"idle", "the warning of nobody being there is open"},
         {"leaving", "the question before leaving is open"},
         {"import", "another place of Acredita/Kiosk, to look at files before they are built", "folder"}});
    options.addHelpOption();
    options.process(program);

    kiosk::register_secret_types();
    kiosk::register_view_types();
    kiosk::Words words(catalogue::Language::spanish);
    words.choose(options.value("language"));
    QQmlApplicationEngine engine;
    engine.addImportPath("qrc:/qt/qml");
    if (options.isSet("import")) engine.addImportPath(options.value("import"));
    engine.rootContext()->setContextProperty("words", &words);
    QQmlComponent component(&engine, QUrl::fromLocalFile(QString(GALLERY_FOLDER) + "/FakeVisit.qml"));
    auto* const visit = component.create();
    if (!visit) {
        std::cerr << component.errorString().toStdString();
        return 2;
    }
    visit->setParent(&engine); // outlives the window
    engine.rootContext()->setContextProperty("visit", visit);
    engine.rootContext()->setContextProperty("office", visit->property("office"));
    for (const char* name : {"idleTime", "preflight", "arrivals", "papers", "support", "browser"})
        engine.rootContext()->setContextProperty(name, visit->property(name).value<QObject*>());
    engine.rootContext()->setContextProperty("practice", visit->property("practiceDesk").value<QObject*>());
    const auto main_file =
        options.isSet("import")
            ? QUrl::fromLocalFile(options.value("import") + "/Acredita/Kiosk/view/Main.qml")
            : QUrl("qrc:/qt/qml/Acredita/Kiosk/view/Main.qml");
    engine.load(main_file);
    auto* const window =
        engine.rootObjects().isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(engine.rootObjects().first());
    auto* const frame = window == nullptr ? nullptr : window->findChild<QObject*>("frame");
    auto* const theme = frame == nullptr ? nullptr : frame->property("theme").value<QObject*>();
    if (theme == nullptr) return 2;

    const auto size = options.value("size").split('x');
    window->setMinimumSize({});
    window->resize(size.at(0).toInt(), size.at(1).toInt());
    theme->setProperty("scale", options.value("scale").toDouble());
    theme->setProperty("highContrast", options.isSet("contrast"));
    if (options.isSet("idle")) visit->property("idleTime").value<QObject*>()->setProperty("warning", true);

    auto scenes = options.values("page");
    if (scenes.isEmpty()) scenes = visit->property("scenes").toStringList();
    int faults = look_at_colours(*theme);
    for (const auto& scene : scenes) {
        QMetaObject::invokeMethod(visit, "play", Q_ARG(QVariant, scene));
        settle();
        if (options.isSet("sheet")) frame->setProperty("sheet", options.value("sheet"));
        if (options.isSet("leaving")) visit->setProperty("leaving", true);
        settle();
        auto picture = window->grabWindow(); // lays out what waits for a frame
        settle();
        picture = window->grabWindow();
        const auto list = test::faults_of(*window, theme->property("zoom").toDouble());
        faults += static_cast<int>(list.size());
        for (const auto& fault : list)
            std::cout << scene.toStdString() << ": " << fault.toStdString() << '\n';
        if (!options.isSet("out")) continue;
        QDir().mkpath(options.value("out"));
        const auto name = scene + "-" + options.value("language") + "-" + options.value("size") + "-" +
                          options.value("scale") + (options.isSet("contrast") ? "-contrast" : "") + ".png";
        if (!picture.save(options.value("out") + "/" + name)) return 2;
    }
    std::cout << scenes.size() << " scenes, " << faults << " faults\n";
    return faults == 0 ? 0 : 1;
}
