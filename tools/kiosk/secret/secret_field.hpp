// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The field a PIN or a password is typed into. What is typed goes character by character into an Entry (a
// Secret on locked pages of fixed size) and leaves it once, by take(). Nothing of it is ever text of Qt, of
// QML or of the desktop: no string property, no selection, no clipboard, no drag, no undo, and assistive
// programs get bullets.
//
// On X11 the characters are made from the X server's key events by X11Keys, before Qt makes a QString of
// them. Where there is no X11, and for what an input method commits, Qt has made one: the field takes the
// event before any other filter of the application (the accessibility bridge has one that tells its listeners
// each key) and overwrites that string. What stays then is Qt's own event memory, freed, one character at a
// time. Deployments that want none of it run the program on X11 or Xwayland.
//
// A key pressed here reaches filters of the application as a KeyPress of Qt::Key_unknown without text, so
// that whoever counts idle time sees a person at work and no more.
#pragma once

#include "tools/kiosk/controller/secret_source.hpp"
#include "tools/kiosk/secret/entry.hpp"

#include <QtGui/QColor>
#include <QtGui/QFont>
#include <QtQuick/QQuickPaintedItem>

namespace acredita::kiosk {

class SecretField : public QQuickPaintedItem, public SecretSource {
    Q_OBJECT
    Q_INTERFACES(acredita::kiosk::SecretSource)
    Q_PROPERTY(int length READ length NOTIFY lengthChanged)
    Q_PROPERTY(bool empty READ empty NOTIFY lengthChanged)
    Q_PROPERTY(bool full READ full NOTIFY lengthChanged)
    // Most characters; a change forgets what was typed.
    Q_PROPERTY(int limit READ limit WRITE set_limit NOTIFY limitChanged)
    // Only 0 to 9: a PIN or PUK. A change forgets what was typed.
    Q_PROPERTY(bool digitsOnly READ digits_only WRITE set_digits_only NOTIFY digitsOnlyChanged)
    // The characters themselves instead of dots, painted glyph by glyph. Never with digitsOnly.
    Q_PROPERTY(bool shown READ shown WRITE set_shown NOTIFY shownChanged)
    // Of the dots, the glyphs and the cursor. The frame around the field is the page's own.
    Q_PROPERTY(QColor color MEMBER color_ NOTIFY colorChanged)
    Q_PROPERTY(QFont font MEMBER font_ NOTIFY fontChanged)

public:
    static constexpr QChar bullet{0x2022};
    static constexpr int longest = 512;

    explicit SecretField(QQuickItem* parent = nullptr);
    ~SecretField() override;

    [[nodiscard]] Secret take() override;

    // For the keypad on the screen: 0 to 9.
    Q_INVOKABLE void press(int digit);
    Q_INVOKABLE void erase();
    Q_INVOKABLE void clear();

    // One character from a keyboard. Refused aloud if the entry refuses it.
    void type(char32_t character);
    void refuse() { Q_EMIT refused(); }
    // For whoever counts idle time: a KeyPress of Qt::Key_unknown.
    void say_somebody_typed();

    [[nodiscard]] int length() const noexcept { return static_cast<int>(entry_.length()); }
    [[nodiscard]] bool empty() const noexcept { return entry_.length() == 0; }
    [[nodiscard]] bool full() const noexcept { return entry_.length() == entry_.limit(); }
    [[nodiscard]] int limit() const noexcept { return static_cast<int>(entry_.limit()); }
    void set_limit(int limit);
    [[nodiscard]] bool digits_only() const noexcept { return digits_only_; }
    void set_digits_only(bool digits_only);
    [[nodiscard]] bool shown() const noexcept { return shown_ && !digits_only_; }
    void set_shown(bool shown);

    // What the page says by Accessible.name and Accessible.description.
    [[nodiscard]] QString accessible_name() const;
    [[nodiscard]] QString accessible_description() const;

    void paint(QPainter* painter) override;
    [[nodiscard]] QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
    bool eventFilter(QObject* target, QEvent* event) override;

Q_SIGNALS:
    void lengthChanged();
    void limitChanged();
    void digitsOnlyChanged();
    void shownChanged();
    void colorChanged();
    void fontChanged();
    // Return or Enter was pressed.
    void accepted();
    // A key was pressed that changes nothing: the field is full, or the character does not belong here.
    void refused();

protected:
    void componentComplete() override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void replace(int limit, bool digits_only);
    void changed(int before);
    void type_all(const QString& text);
    // How much of the room they took.
    qreal paint_glyphs(QPainter& painter, qreal room);
    void resize();
    void hold_focus(bool held);

    bool digits_only_ = false;
    bool shown_ = false;
    QColor color_ = Qt::black;
    QFont font_;
    Entry entry_;
};

} // namespace acredita::kiosk
