// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The judge of layouts is judged: each fault alone is found, and a page without one is let through.
#include "tests/tools/kiosk/probe/layout.hpp"

#include <boost/test/unit_test.hpp>

#include <QtCore/QJsonArray>
#include <QtGui/QGuiApplication>
#include <QtQml/QQmlComponent>
#include <QtQuick/QQuickItem>
#include <QtQuick/QQuickView>
#include <QtTest/QTest>

namespace {

using acredita::probe::judge;

struct Application {
    Application() {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        qputenv("QT_QUICK_BACKEND", "software");
        application = std::make_unique<QGuiApplication>(arguments, names);
    }
    int arguments = 1;
    char name[5] = "spec";
    char* names[2] = {name, nullptr};
    std::unique_ptr<QGuiApplication> application;
};

// The faults of a white page of 400 by 300 with these items on it.
std::vector<std::string> faults_of(const QByteArray& items) {
    QQuickView view;
    QQmlComponent component(view.engine());
    component.setData(
        "import QtQuick\nRectangle { width: 400; height: 300; color: \"white\"\n" + items + "\n}", {});
    auto* const page = qobject_cast<QQuickItem*>(component.create());
    BOOST_REQUIRE_MESSAGE(page != nullptr, component.errorString().toStdString());
    view.setContent({}, &component, page);
    view.show();
    BOOST_REQUIRE(QTest::qWaitForWindowExposed(&view, 60000));
    std::vector<std::string> kinds;
    const auto faults = judge(view)["faults"].toArray();
    for (const auto& fault : faults) kinds.push_back(fault.toObject()["kind"].toString().toStdString());
    return kinds;
}

using Kinds = std::vector<std::string>;

} // namespace

BOOST_TEST_GLOBAL_FIXTURE(Application);

BOOST_AUTO_TEST_CASE(a_page_that_is_well_has_no_fault) {
    BOOST_TEST(faults_of(R"(
        Text { x: 20; y: 20; text: "bien" }
        Rectangle { x: 20; y: 60; width: 120; height: 50; color: "#004488"; Accessible.role: Accessible.Button
            Text { anchors.centerIn: parent; text: "Seguir"; color: "white" } })") == Kinds());
}

BOOST_AUTO_TEST_CASE(text_that_is_cut_off_is_found) {
    BOOST_TEST(
        faults_of(
            R"(Text { width: 60; elide: Text.ElideRight; text: "demasiado largo para sesenta puntos" })") ==
        Kinds{"cut off"});
    BOOST_TEST(
        faults_of(
            R"(Item { width: 50; height: 30; clip: true; Text { text: "demasiado largo para cincuenta" } })") ==
        Kinds{"cut off"});
}

BOOST_AUTO_TEST_CASE(text_outside_of_the_window_is_found) {
    BOOST_TEST(faults_of(R"(Text { x: 20; y: 600; text: "fuera" })") == Kinds{"outside"});
}

BOOST_AUTO_TEST_CASE(text_that_is_larger_than_its_box_is_found) {
    BOOST_TEST(
        faults_of(
            R"(Text { y: 50; width: 100; height: 8; wrapMode: Text.Wrap; text: "dos o tres líneas en una sola" })") ==
        Kinds{"too large"});
}

BOOST_AUTO_TEST_CASE(text_that_sticks_out_of_its_button_is_found) {
    BOOST_TEST(
        faults_of(
            R"(Rectangle { x: 50; y: 50; width: 60; height: 50; color: "#eee"; Accessible.role: Accessible.Button
        Text { text: "más ancho que el botón" } })") == Kinds{"sticks out"});
}

BOOST_AUTO_TEST_CASE(two_texts_on_top_of_each_other_are_found_unless_one_is_hidden) {
    BOOST_TEST(
        faults_of(R"(Text { x: 20; y: 20; text: "uno encima" } Text { x: 24; y: 22; text: "del otro" })") ==
        Kinds{"overlap"});
    BOOST_TEST(
        faults_of(R"(Text { x: 20; y: 20; text: "debajo" } Rectangle { width: 200; height: 100; color: "white"
        Text { x: 24; y: 22; text: "encima" } })") == Kinds());
}

BOOST_AUTO_TEST_CASE(letters_too_like_what_is_behind_them_are_found) {
    BOOST_TEST(faults_of(R"(Text { text: "gris"; color: "#999999" })") == Kinds{"contrast"});
    BOOST_TEST(faults_of(R"(Text { text: "tenue"; color: "black"; opacity: 0.4 })") == Kinds{"contrast"});
    BOOST_TEST(
        faults_of(
            R"(Rectangle { width: 200; height: 60; color: "#222"; Text { text: "negro sobre negro" } })") ==
        Kinds{"contrast"});
}

BOOST_AUTO_TEST_CASE(a_button_too_small_for_a_finger_is_found) {
    BOOST_TEST(
        faults_of(R"(Rectangle { width: 100; height: 20; color: "#eee"; Accessible.role: Accessible.Button
        Text { text: "aquí" } })") == Kinds{"small"});
}
