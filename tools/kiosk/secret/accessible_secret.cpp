// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/secret/accessible_secret.hpp"

#include "tools/kiosk/secret/secret_field.hpp"

#include <QtGui/QAccessibleObject>
#include <QtQuick/QQuickWindow>

namespace acredita::kiosk {

namespace {

class AccessibleSecret : public QAccessibleObject,
                         public QAccessibleTextInterface,
                         public QAccessibleActionInterface {
public:
    explicit AccessibleSecret(SecretField* field) : QAccessibleObject(field) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::TextInterface) return static_cast<QAccessibleTextInterface*>(this);
        if (type == QAccessible::ActionInterface) return static_cast<QAccessibleActionInterface*>(this);
        return nullptr;
    }

    [[nodiscard]] QAccessibleInterface* parent() const override {
        auto* const root = field()->window() != nullptr ? field()->window()->contentItem() : nullptr;
        for (auto* item = field()->parentItem(); item != nullptr && item != root; item = item->parentItem())
            if (auto* const found = QAccessible::queryAccessibleInterface(item)) return found;
        return QAccessible::queryAccessibleInterface(field()->window());
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return field()->window(); }

    [[nodiscard]] QRect rect() const override {
        if (field()->window() == nullptr) return {};
        const auto place = field()->mapRectToScene(field()->boundingRect()).toRect();
        return {field()->window()->mapToGlobal(place.topLeft()), place.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::EditableText; }
    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state;
        state.passwordEdit = true;
        state.editable = true;
        state.focusable = true;
        state.focused = field()->hasActiveFocus();
        state.disabled = !field()->isEnabled();
        state.invisible = !field()->isVisible();
        state.offscreen = !field()->isVisible();
        return state;
    }
    [[nodiscard]] QString text(QAccessible::Text which) const override {
        if (which == QAccessible::Name) return field()->accessible_name();
        if (which == QAccessible::Description) return field()->accessible_description();
        if (which == QAccessible::Value) return bullets(0, characterCount());
        return {};
    }
    void setText(QAccessible::Text, const QString&) override {}

    // The text interface: as many bullets as characters.
    void selection(int, int* from, int* until) const override { *from = *until = 0; }
    [[nodiscard]] int selectionCount() const override { return 0; }
    void addSelection(int, int) override {}
    void removeSelection(int) override {}
    void setSelection(int, int, int) override {}
    [[nodiscard]] int cursorPosition() const override { return characterCount(); }
    void setCursorPosition(int) override {}
    [[nodiscard]] QString text(int from, int until) const override { return bullets(from, until); }
    [[nodiscard]] int characterCount() const override { return field()->length(); }
    [[nodiscard]] QRect characterRect(int) const override { return rect(); }
    [[nodiscard]] int offsetAtPoint(const QPoint&) const override { return 0; }
    void scrollToSubstring(int, int) override {}
    QString attributes(int, int* from, int* until) const override {
        *from = 0;
        *until = characterCount();
        return {};
    }

    // The action interface: an assistive program may bring the focus here.
    [[nodiscard]] QStringList actionNames() const override { return {setFocusAction()}; }
    void doAction(const QString& name) override {
        if (name == setFocusAction()) field()->forceActiveFocus(Qt::OtherFocusReason);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    [[nodiscard]] SecretField* field() const { return static_cast<SecretField*>(object()); }
    [[nodiscard]] QString bullets(int from, int until) const {
        const int last = until < 0 ? characterCount() : std::min(until, characterCount());
        return {std::max(0, last - std::max(0, from)), SecretField::bullet};
    }
};

} // namespace

QAccessibleInterface* accessible_secret(const QString& /*class_name*/, QObject* object) {
    auto* const field = qobject_cast<SecretField*>(object);
    return field != nullptr ? new AccessibleSecret(field) : nullptr;
}

} // namespace acredita::kiosk
