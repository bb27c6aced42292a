// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A window with a SecretField, a keypad and little else. "Take" takes what was typed and prints how long it
// was and its SHA-256 under a salt from the command line, so that a test can tell what it was and nobody else
// can.
#include "tools/kiosk/secret/register.hpp"
#include "tools/kiosk/secret/secret_field.hpp"

#include <cstdio>

#include <QtCore/QCryptographicHash>
#include <QtGui/QGuiApplication>
#include <QtQml/QQmlApplicationEngine>
#include <QtQml/QQmlContext>

namespace {

using namespace acredita;

class Taker : public QObject {
    Q_OBJECT

public:
    explicit Taker(QByteArray salt) : salt_(std::move(salt)) {}

    Q_INVOKABLE void take(QObject* field) {
        const auto secret = qobject_cast<kiosk::SecretSource*>(field)->take();
        QCryptographicHash hash(QCryptographicHash::Sha256);
        hash.addData(salt_);
        hash.addData(QByteArrayView(secret.text().data(), static_cast<qsizetype>(secret.size())));
        std::printf("taken %zu %s\n", secret.size(), hash.result().toHex().constData());
        hash.addData(QByteArray(256, '\0')); // over the block that has the secret in it
        (void)std::fflush(stdout);
    }
    Q_INVOKABLE void say(const QString& what) {
        std::printf("%s\n", qPrintable(what));
        (void)std::fflush(stdout);
    }

private:
    QByteArray salt_;
};

constexpr auto window = R"(
import QtQuick
import QtQuick.Window
import Acredita.Kiosk
Window {
    visible: true; width: 800; height: 600; title: "secret window"
    component Key: Rectangle {
        property string label
        signal pressed()
        width: 90; height: 50; color: "#ddd"; border.width: activeFocus ? 3 : 1
        activeFocusOnTab: true
        Accessible.role: Accessible.Button
        Accessible.name: label
        Accessible.onPressAction: pressed()
        Keys.onSpacePressed: pressed()
        Text { anchors.centerIn: parent; text: parent.label; Accessible.ignored: true }
        TapHandler { onTapped: parent.pressed() }
    }
    Column {
        x: 20; y: 20; spacing: 10
        Rectangle {
            width: 500; height: 60; border.width: 2
            SecretField {
                id: field
                anchors.fill: parent; anchors.margins: 8; focus: true; font.pixelSize: 30
                Accessible.name: "Clave"
                onAccepted: taker.take(field)
                onRefused: taker.say("refused")
                onLengthChanged: taker.say("length " + length)
            }
        }
        Row {
            spacing: 10
            Key { label: "Take"; onPressed: taker.take(field) }
            Key { label: "Show"; onPressed: field.shown = !field.shown }
            Key { label: "Erase"; onPressed: field.erase() }
            Key { label: "Digits"; onPressed: field.digitsOnly = !field.digitsOnly }
            Key { label: "Shuffle"; onPressed: keypad.shuffle() }
        }
        Grid {
            columns: 3; spacing: 10
            Repeater {
                model: KeypadModel { id: keypad }
                Key { required property int digit; label: digit; onPressed: field.press(digit) }
            }
        }
    }
    Component.onCompleted: requestActivate()
})";

} // namespace

int main(int count, char** arguments) {
    QGuiApplication program(count, arguments);
    kiosk::register_secret_types();
    Taker taker(count > 1 ? arguments[1] : "");
    QQmlApplicationEngine engine;
    engine.rootContext()->setContextProperty("taker", &taker);
    engine.loadData(window);
    return engine.rootObjects().isEmpty() ? 1 : QGuiApplication::exec();
}

#include "secret_window.moc"
