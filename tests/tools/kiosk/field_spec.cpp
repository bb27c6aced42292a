// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The field in a window without a display: what keyboards, input methods and assistive programs can do with
// it.
#include "tools/kiosk/secret/register.hpp"
#include "tools/kiosk/secret/secret_field.hpp"

#include <boost/test/unit_test.hpp>

#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtQml/QQmlComponent>
#include <QtQuick/QQuickView>
#include <QtTest/QTest>

using namespace acredita;
using acredita::kiosk::SecretField;
using acredita::kiosk::SecretSource;

namespace {

struct Qt6 {
    Qt6() {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        qputenv("QT_QUICK_BACKEND", "software");
        application = std::make_unique<QGuiApplication>(arguments, names);
        kiosk::register_secret_types();
    }
    int arguments = 1;
    char name[5] = "spec";
    char* names[2] = {name, nullptr};
    std::unique_ptr<QGuiApplication> application;
};

constexpr auto page = R"(
import QtQuick
import Acredita.Kiosk
Rectangle {
    width: 400; height: 200
    Accessible.role: Accessible.Pane
    Accessible.name: "page"
    SecretField {
        objectName: "field"
        width: 300; height: 40; focus: true; limit: 12
        Accessible.name: "Contraseña"
    }
    Rectangle { objectName: "other"; y: 60; width: 10; height: 10; activeFocusOnTab: true }
})";

struct Window {
    Window() : component(view.engine()) {
        component.setData(page, {});
        auto* const item = qobject_cast<QQuickItem*>(component.create());
        BOOST_REQUIRE_MESSAGE(item != nullptr, component.errorString().toStdString());
        view.setContent({}, &component, item);
        field = item->findChild<SecretField*>("field");
        other = item->findChild<QQuickItem*>("other");
        view.show();
        view.requestActivate();
        BOOST_REQUIRE(QTest::qWaitForWindowActive(&view, 60000));
        BOOST_REQUIRE(QTest::qWaitFor([&] { return field->hasActiveFocus(); }, 60000));
    }
    void type(const QString& text) {
        for (const auto character : text) QTest::keyClick(&view, character.toLatin1());
    }
    QQuickView view;
    QQmlComponent component;
    SecretField* field = nullptr;
    QQuickItem* other = nullptr;
};

std::string said(QAccessible::Text which, SecretField* field) {
    return QAccessible::queryAccessibleInterface(field)->text(which).toStdString();
}

} // namespace

BOOST_TEST_GLOBAL_FIXTURE(Qt6);

BOOST_AUTO_TEST_CASE(what_is_typed_is_taken_once) {
    Window window;
    window.type("Clave 1");
    BOOST_TEST(window.field->length() == 7);
    auto* const source = qobject_cast<SecretSource*>(static_cast<QObject*>(window.field));
    BOOST_REQUIRE(source != nullptr);
    BOOST_TEST(source->take().text() == "Clave 1");
    BOOST_TEST(source->take().empty());
    BOOST_TEST(window.field->empty());
}

BOOST_AUTO_TEST_CASE(an_input_method_commits_its_characters_and_its_string_is_overwritten) {
    Window window;
    QString commit = QString::fromUtf8("ñandú");
    QInputMethodEvent event;
    event.setCommitString(commit);
    QCoreApplication::sendEvent(window.field, &event);
    BOOST_TEST(window.field->take().text() == "\xC3\xB1"
                                              "and\xC3\xBA");
    BOOST_TEST(commit.toStdString() == std::string(5, '\0'));
}

BOOST_AUTO_TEST_CASE(backspace_takes_back_one_character_and_return_says_that_it_is_done) {
    Window window;
    int accepted = 0;
    QObject::connect(window.field, &SecretField::accepted, [&] { ++accepted; });
    window.type("abc");
    QTest::keyClick(&window.view, Qt::Key_Backspace);
    QTest::keyClick(&window.view, Qt::Key_Return);
    BOOST_TEST(accepted == 1);
    BOOST_TEST(window.field->take().text() == "ab");
}

BOOST_AUTO_TEST_CASE(a_key_it_cannot_take_is_refused_aloud) {
    Window window;
    int refused = 0;
    QObject::connect(window.field, &SecretField::refused, [&] { ++refused; });
    window.field->set_digits_only(true);
    window.field->set_limit(4);
    window.type("12a34");
    BOOST_TEST(refused == 1);
    BOOST_TEST(window.field->full());
    window.type("5");
    BOOST_TEST(refused == 2);
    BOOST_TEST(window.field->take().text() == "1234");
}

BOOST_AUTO_TEST_CASE(the_keypad_and_the_keyboard_write_into_the_same_field) {
    Window window;
    window.type("1");
    window.field->press(2);
    window.field->press(10);
    window.field->press(-1);
    window.type("3");
    window.field->erase();
    BOOST_TEST(window.field->take().text() == "12");
}

BOOST_AUTO_TEST_CASE(nothing_can_be_pasted_cut_or_copied) {
    Window window;
    QGuiApplication::clipboard()->setText("pegado");
    window.type("abc");
    for (const auto key : {Qt::Key_V, Qt::Key_C, Qt::Key_X, Qt::Key_A, Qt::Key_Z, Qt::Key_Insert})
        QTest::keyClick(&window.view, key, Qt::ControlModifier);
    QTest::keyClick(&window.view, Qt::Key_Insert, Qt::ShiftModifier);
    QTest::mouseClick(&window.view, Qt::MiddleButton, {}, {20, 20});
    BOOST_TEST(QGuiApplication::clipboard()->text().toStdString() == "pegado");
    BOOST_TEST(window.field->take().text() == "abc");
}

BOOST_AUTO_TEST_CASE(tab_leaves_the_field) {
    Window window;
    QTest::keyClick(&window.view, Qt::Key_Tab);
    BOOST_TEST(window.other->hasActiveFocus());
    window.type("abc");
    BOOST_TEST(window.field->empty());
}

BOOST_AUTO_TEST_CASE(assistive_programs_get_a_password_field_its_name_and_bullets) {
    Window window;
    window.type("abc");
    auto* const found = QAccessible::queryAccessibleInterface(window.field);
    BOOST_REQUIRE(found != nullptr);
    BOOST_TEST(bool(found->state().passwordEdit));
    BOOST_TEST(bool(found->state().focusable));
    BOOST_TEST(bool(found->state().focused));
    BOOST_TEST(said(QAccessible::Name, window.field) == "Contrase\xC3\xB1"
                                                        "a");
    BOOST_TEST(said(QAccessible::Value, window.field) == "\u2022\u2022\u2022");
    BOOST_TEST(found->textInterface()->text(0, -1).toStdString() == "\u2022\u2022\u2022");
    BOOST_TEST(found->textInterface()->text(1, 2).toStdString() == "\u2022");
    BOOST_TEST(found->editableTextInterface() == nullptr);
    BOOST_TEST(found->valueInterface() == nullptr);
    found->setText(QAccessible::Value, "puesto");
    BOOST_TEST(window.field->take().text() == "abc");
}

BOOST_AUTO_TEST_CASE(assistive_programs_find_it_in_its_page) {
    Window window;
    auto* const found = QAccessible::queryAccessibleInterface(window.field);
    auto* const parent = found->parent();
    BOOST_REQUIRE(parent != nullptr);
    BOOST_TEST(parent->text(QAccessible::Name).toStdString() == "page");
    bool listed = false;
    for (int i = 0; i < parent->childCount(); ++i) listed = listed || parent->child(i) == found;
    BOOST_TEST(listed);
}

BOOST_AUTO_TEST_CASE(none_of_its_properties_holds_what_was_typed) {
    Window window;
    window.field->set_shown(true);
    window.type("abcdef");
    const auto* const meta = window.field->metaObject();
    for (int i = 0; i < meta->propertyCount(); ++i)
        BOOST_TEST(!meta->property(i).read(window.field).toString().contains("abc"),
                   meta->property(i).name());
}

BOOST_AUTO_TEST_CASE(showing_paints_something_else_than_hiding_and_a_pin_is_never_shown) {
    Window window;
    const auto picture = [&] { return window.view.grabWindow(); };
    window.type("abcdef");
    const auto hidden = picture();
    window.field->set_shown(true);
    BOOST_TEST((picture() != hidden));
    window.field->set_shown(false);
    BOOST_TEST((picture() == hidden));
    window.field->set_digits_only(true);
    window.field->set_shown(true);
    BOOST_TEST(!window.field->shown());
}
