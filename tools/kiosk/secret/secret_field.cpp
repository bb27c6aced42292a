// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/secret/secret_field.hpp"

#include "tools/kiosk/secret/x11_keys.hpp"

#include <algorithm>

#include <QtQml/qqml.h>

#include <QtGui/QAccessible>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtQml/QQmlContext>
#include <QtQml/QQmlProperty>
#include <QtQuick/QQuickWindow>

namespace acredita::kiosk {

namespace {

constexpr int usual_limit = 128;

// Overwrites the characters where they lie, whoever else refers to them. Literals have no owner and are left.
void wipe(const QString& text) {
    auto& characters = const_cast<QString&>(text).data_ptr();
    if (characters.d_ptr() != nullptr)
        explicit_bzero(characters.data(), static_cast<std::size_t>(text.size()) * sizeof(QChar));
}

bool is_character(const QKeyEvent& key) {
    const auto command = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    if ((key.modifiers() & command) != 0 || key.text().isEmpty()) return false;
    const auto first = key.text().front();
    return first.isPrint() || first.isSurrogate();
}

// As the page wrote it: Accessible.name and the like.
QString attached(const SecretField* field, const QString& property) {
    auto* const context = qmlContext(field);
    return context == nullptr
               ? QString()
               : QQmlProperty(const_cast<SecretField*>(field), property, context).read().toString();
}

} // namespace

SecretField::SecretField(QQuickItem* parent) : QQuickPaintedItem(parent), entry_(usual_limit, false) {
    setFlag(ItemAcceptsInputMethod);
    setActiveFocusOnTab(true);
    setAcceptedMouseButtons(Qt::LeftButton);
    setAntialiasing(true);
    for (const auto change : {&SecretField::colorChanged, &SecretField::shownChanged})
        connect(this, change, this, [this] { update(); });
    connect(this, &SecretField::fontChanged, this, &SecretField::resize);
    resize();
}

SecretField::~SecretField() { X11Keys::of_application().leave(this); }

Secret SecretField::take() {
    const int before = length();
    auto secret = entry_.take();
    changed(before);
    return secret;
}

void SecretField::press(int digit) {
    if (digit >= 0 && digit <= 9) type(U'0' + static_cast<char32_t>(digit));
}

void SecretField::erase() {
    const int before = length();
    entry_.erase();
    changed(before);
}

void SecretField::clear() {
    const int before = length();
    entry_.clear();
    changed(before);
}

void SecretField::type(char32_t character) {
    const int before = length();
    if (entry_.add(character))
        changed(before);
    else
        refuse();
}

void SecretField::type_all(const QString& text) {
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text[i];
        if (unit.isHighSurrogate() && i + 1 < text.size())
            type(QChar::surrogateToUcs4(unit, text[++i]));
        else
            type(unit.unicode());
    }
    wipe(text);
}

void SecretField::changed(int before) {
    if (before == length()) return;
    update();
    updateInputMethod(Qt::ImCursorPosition);
    Q_EMIT lengthChanged();
    if (!QAccessible::isActive()) return;
    const QString bullets(std::abs(length() - before), bullet);
    if (length() > before) {
        QAccessibleTextInsertEvent event(this, before, bullets);
        QAccessible::updateAccessibility(&event);
    } else {
        QAccessibleTextRemoveEvent event(this, length(), bullets);
        QAccessible::updateAccessibility(&event);
    }
}

void SecretField::replace(int limit, bool digits_only) {
    const int before = length();
    digits_only_ = digits_only;
    entry_ = Entry(static_cast<std::size_t>(std::clamp(limit, 1, longest)), digits_only);
    changed(before);
}

void SecretField::set_limit(int limit) {
    if (limit == this->limit()) return;
    replace(limit, digits_only_);
    Q_EMIT limitChanged();
    Q_EMIT lengthChanged(); // `full` may have changed with it
}

void SecretField::set_digits_only(bool digits_only) {
    if (digits_only == digits_only_) return;
    replace(limit(), digits_only);
    Q_EMIT digitsOnlyChanged();
    Q_EMIT shownChanged();
}

void SecretField::set_shown(bool shown) {
    if (shown == shown_) return;
    shown_ = shown;
    Q_EMIT shownChanged();
}

QString SecretField::accessible_name() const { return attached(this, QStringLiteral("Accessible.name")); }

QString SecretField::accessible_description() const {
    return attached(this, QStringLiteral("Accessible.description"));
}

void SecretField::componentComplete() {
    QQuickPaintedItem::componentComplete();
    // Qt Quick puts an item into the tree of assistive programs if it has the attached object, and only then.
    if (auto* const context = qmlContext(this))
        QQmlProperty::write(this, QStringLiteral("Accessible.role"),
                            static_cast<int>(QAccessible::EditableText), context);
}

void SecretField::itemChange(ItemChange change, const ItemChangeData& data) {
    if (change == ItemActiveFocusHasChanged) hold_focus(data.boolValue);
    QQuickPaintedItem::itemChange(change, data);
}

void SecretField::hold_focus(bool held) {
    // The filter installed last is asked first: before the one that tells assistive programs each key.
    qApp->removeEventFilter(this);
    if (held) {
        qApp->installEventFilter(this);
        X11Keys::of_application().enter(this);
    } else {
        X11Keys::of_application().leave(this);
    }
    update();
}

bool SecretField::eventFilter(QObject* target, QEvent* event) {
    const auto type = event->type();
    const bool key =
        type == QEvent::KeyPress || type == QEvent::KeyRelease || type == QEvent::ShortcutOverride;
    if (!key || !hasActiveFocus() || (target != window() && target != this)) return false;
    auto& pressed = static_cast<QKeyEvent&>(*event);
    if (!is_character(pressed)) return false;
    pressed.accept();
    // The KeyPress that follows a ShortcutOverride has the same string and still needs it.
    const QString text = pressed.text();
    if (type == QEvent::KeyPress) {
        type_all(text);
        say_somebody_typed();
    }
    if (type == QEvent::KeyRelease) wipe(text);
    return true;
}

void SecretField::say_somebody_typed() {
    QKeyEvent some(QEvent::KeyPress, Qt::Key_unknown, Qt::NoModifier);
    QCoreApplication::sendEvent(window() != nullptr ? static_cast<QObject*>(window()) : qApp, &some);
}

void SecretField::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
        erase();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!event->isAutoRepeat()) Q_EMIT accepted();
        break;
    default:
        event->ignore();
    }
}

void SecretField::inputMethodEvent(QInputMethodEvent* event) {
    type_all(event->commitString());
    wipe(event->preeditString());
    event->accept();
}

QVariant SecretField::inputMethodQuery(Qt::InputMethodQuery query) const {
    switch (query) {
    case Qt::ImEnabled:
        return true;
    case Qt::ImHints: {
        const auto hints = Qt::ImhSensitiveData | Qt::ImhHiddenText | Qt::ImhNoPredictiveText |
                           Qt::ImhNoAutoUppercase | Qt::ImhNoTextHandles | Qt::ImhNoEditMenu;
        return static_cast<int>(digits_only_ ? hints | Qt::ImhDigitsOnly : hints);
    }
    case Qt::ImCursorRectangle:
        return boundingRect();
    default:
        return {}; // no text around the cursor, no selection
    }
}

void SecretField::mousePressEvent(QMouseEvent* event) {
    forceActiveFocus(Qt::MouseFocusReason);
    event->accept();
}

} // namespace acredita::kiosk
