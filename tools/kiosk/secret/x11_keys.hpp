// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The keyboard of an X server, read for a SecretField before Qt reads it.
//
// Qt makes a QString of every key, copies it into its events and hands it to input methods and, over D-Bus,
// to the listeners of assistive programs. So a key that makes a character never gets there while a
// SecretField has the focus: it is turned into a code point here (libxkbcommon, layouts and dead keys
// included) and its event is overwritten. Keys that make none, and all with Control, Alt or the logo key, go
// their usual way: Tab, Return, Backspace, shortcuts.
//
// A key held down counts once (EN 301 549 V3.2.1 clause 5.7): hands that tremble type a PIN, too.
//
// Without X11 this does nothing. Only in the thread of the windows; belongs to the application.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>

#include <QtCore/QAbstractNativeEventFilter>
#include <QtCore/QObject>
#include <QtCore/QPointer>

struct xcb_connection_t;
struct xcb_key_press_event_t;

namespace acredita::kiosk {

class SecretField;

class X11Keys : public QObject, public QAbstractNativeEventFilter {
    Q_OBJECT

public:
    // The one of this QGuiApplication, made when first asked for.
    [[nodiscard]] static X11Keys& of_application();
    ~X11Keys() override;

    // From now on what is typed is this field's, until it leaves or another enters.
    void enter(SecretField* field);
    void leave(SecretField* field) noexcept;

    bool nativeEventFilter(const QByteArray& type, void* message, qintptr* result) override;

private:
    explicit X11Keys(QObject* parent);

    bool pressed(xcb_key_press_event_t& event);
    bool released(xcb_key_press_event_t& event);
    // True: the key was a part of a secret, or of a dead key's sequence.
    bool typed(const xcb_key_press_event_t& event);
    // Keys let go of while another window had the keyboard: their next press is a new one.
    void forget_released() noexcept;
    void read_layout();
    void forget_sequence() noexcept;
    void flush_connection() noexcept;

    struct Layout;

    QPointer<SecretField> field_;
    xcb_connection_t* connection_ = nullptr; // Qt's own
    std::uint8_t xkb_event_ = 0;             // what the server's events about layouts are called here
    std::unique_ptr<Layout> layout_;         // empty: to be read before the next key
    std::bitset<256> held_;                  // keys whose press was kept from Qt
    std::uint8_t last_key_ = 0;              // released last, and when: the same time again means it is held
    std::uint32_t last_time_ = 0;
};

} // namespace acredita::kiosk
