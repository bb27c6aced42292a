// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/secret/x11_keys.hpp"

#include "tools/kiosk/secret/secret_field.hpp"

#include <cstdlib>

#include <xcb/xcb.h>

#include <QtCore/QCoreApplication>
#include <QtGui/QGuiApplication>
#include <QtQuick/QQuickWindow>
#define explicit explicit_ // the header names a member so
#include <xcb/xkb.h>
#undef explicit
#include <xkbcommon/xkbcommon-compose.h>
#include <xkbcommon/xkbcommon-keysyms.h>
#include <xkbcommon/xkbcommon-x11.h>

namespace acredita::kiosk {

namespace {

template <class T, void (*unref)(T*)>
struct Unref {
    void operator()(T* t) const noexcept { unref(t); }
};
template <class T, void (*unref)(T*)>
using Owned = std::unique_ptr<T, Unref<T, unref>>;

// The dead keys of all Latin layouts, whatever language the desktop is in.
constexpr const char* compose_locale = "en_US.UTF-8";

// The characters of a short text in UTF-8, one after the other.
template <class Take>
void each_character(const char* text, Take take) {
    char32_t character = 0;
    for (int more = 0; *text != 0; ++text) {
        const auto byte = static_cast<unsigned char>(*text);
        if (byte < 0x80) {
            character = byte;
            more = 0;
        } else if (byte >= 0xC0) {
            more = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
            character = byte & (0x3FU >> more);
        } else {
            character = (character << 6U) | (byte & 0x3FU);
            --more;
        }
        if (more == 0) take(character);
    }
}

} // namespace

struct X11Keys::Layout {
    Owned<xkb_context, xkb_context_unref> context;
    Owned<xkb_keymap, xkb_keymap_unref> keys;
    Owned<xkb_state, xkb_state_unref> state;
    Owned<xkb_compose_table, xkb_compose_table_unref> sequences;
    Owned<xkb_compose_state, xkb_compose_state_unref> sequence;
};

X11Keys& X11Keys::of_application() {
    for (auto* const child : qApp->children())
        if (auto* const keys = dynamic_cast<X11Keys*>(child)) return *keys;
    return *new X11Keys(qApp); // owned by the application
}

X11Keys::X11Keys(QObject* parent) : QObject(parent) {
    const auto* const x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    if (x11 == nullptr) return;
    connection_ = x11->connection();
    if (connection_ == nullptr) return; // the platform "offscreen" has the interface and no server
    const auto* const xkb = xcb_get_extension_data(connection_, &xcb_xkb_id);
    if (xkb != nullptr && xkb->present != 0) xkb_event_ = xkb->first_event;
    qApp->installNativeEventFilter(this);
}

X11Keys::~X11Keys() = default;

void X11Keys::enter(SecretField* field) {
    field_ = field;
    forget_sequence();
}

void X11Keys::leave(SecretField* field) noexcept {
    if (field_ != field) return;
    field_ = nullptr;
    forget_sequence();
    flush_connection();
}

void X11Keys::forget_sequence() noexcept {
    if (layout_ != nullptr && layout_->sequence != nullptr) xkb_compose_state_reset(layout_->sequence.get());
}

bool X11Keys::nativeEventFilter(const QByteArray& type, void* message, qintptr* /*result*/) {
    if (connection_ == nullptr || type != "xcb_generic_event_t") return false;
    auto& event = *static_cast<xcb_generic_event_t*>(message);
    const auto kind =
        static_cast<std::uint8_t>(event.response_type & 0x7FU); // the highest bit: sent by a client
    // A new keyboard or layout: every state of the old one means nothing.
    if (kind == XCB_MAPPING_NOTIFY || (xkb_event_ != 0 && kind == xkb_event_)) {
        const auto& xkb = reinterpret_cast<const xcb_xkb_state_notify_event_t&>(event);
        if (kind != xkb_event_ || xkb.xkbType != XCB_XKB_STATE_NOTIFY) layout_.reset();
    }
    if (kind == XCB_FOCUS_IN) forget_released();
    if (kind == XCB_KEY_PRESS) return pressed(reinterpret_cast<xcb_key_press_event_t&>(event));
    if (kind == XCB_KEY_RELEASE) return released(reinterpret_cast<xcb_key_press_event_t&>(event));
    return false;
}

bool X11Keys::pressed(xcb_key_press_event_t& event) {
    if (field_ == nullptr || field_->window() == nullptr || event.event != field_->window()->winId())
        return false;
    const bool again = held_[event.detail] || (event.detail == last_key_ && event.time == last_time_);
    if (!again && !typed(event)) return false;
    held_[event.detail] = true;
    event.detail = 0;
    if (field_ != nullptr) field_->say_somebody_typed();
    return true;
}

bool X11Keys::released(xcb_key_press_event_t& event) {
    if (!held_[event.detail]) return false;
    held_[event.detail] = false;
    last_key_ = event.detail;
    last_time_ = event.time;
    event.detail = 0;
    return true;
}

void X11Keys::forget_released() noexcept {
    if (held_.none()) return;
    auto* const down = xcb_query_keymap_reply(connection_, xcb_query_keymap(connection_), nullptr);
    for (std::size_t key = 0; down != nullptr && key < held_.size(); ++key)
        if ((down->keys[key / 8] >> (key % 8) & 1U) == 0) held_[key] = false;
    std::free(down);
}

bool X11Keys::typed(const xcb_key_press_event_t& event) {
    constexpr unsigned commands = XCB_MOD_MASK_CONTROL | XCB_MOD_MASK_1 | XCB_MOD_MASK_4;
    if ((event.state & commands) != 0) return false;
    if (layout_ == nullptr) read_layout();
    if (layout_ == nullptr || layout_->state == nullptr) return false;
    // The core event has the modifiers in its low byte and the group in bits 13 and 14 (XKB
    // protocol 1.0, 2.2.2).
    xkb_state_update_mask(layout_->state.get(), event.state & 0xFFU, 0, 0, 0, 0, (event.state >> 13U) & 3U);
    char text[64] = {};
    bool mine = false;
    auto status = XKB_COMPOSE_NOTHING;
    if (auto* const sequence = layout_->sequence.get()) {
        auto symbol = xkb_state_key_get_one_sym(layout_->state.get(), event.detail);
        if (xkb_compose_state_feed(sequence, symbol) == XKB_COMPOSE_FEED_IGNORED) return false;
        status = xkb_compose_state_get_status(sequence);
        if (status == XKB_COMPOSE_COMPOSED) xkb_compose_state_get_utf8(sequence, text, sizeof text);
        if (status != XKB_COMPOSE_COMPOSING) xkb_compose_state_reset(sequence);
        explicit_bzero(&symbol, sizeof symbol);
    }
    if (status == XKB_COMPOSE_NOTHING)
        xkb_state_key_get_utf8(layout_->state.get(), event.detail, text, sizeof text);
    const bool control = static_cast<unsigned char>(text[0]) < 0x20 || text[0] == 0x7F;
    mine = status != XKB_COMPOSE_NOTHING || !control;
    if (status == XKB_COMPOSE_CANCELLED) field_->refuse();
    if (mine && text[0] != 0)
        each_character(text, [this](char32_t c) {
            if (field_ != nullptr) field_->type(c);
        });
    explicit_bzero(static_cast<void*>(text), sizeof text);
    return mine;
}

void X11Keys::read_layout() {
    auto layout = std::make_unique<Layout>();
    layout->context.reset(xkb_context_new(XKB_CONTEXT_NO_FLAGS));
    if (layout->context == nullptr) return;
    const auto keyboard = xkb_x11_get_core_keyboard_device_id(connection_);
    if (keyboard < 0) return;
    layout->keys.reset(xkb_x11_keymap_new_from_device(layout->context.get(), connection_, keyboard,
                                                      XKB_KEYMAP_COMPILE_NO_FLAGS));
    if (layout->keys == nullptr) return;
    layout->state.reset(xkb_state_new(layout->keys.get()));
    layout->sequences.reset(xkb_compose_table_new_from_locale(layout->context.get(), compose_locale,
                                                              XKB_COMPOSE_COMPILE_NO_FLAGS));
    if (layout->sequences != nullptr)
        layout->sequence.reset(xkb_compose_state_new(layout->sequences.get(), XKB_COMPOSE_STATE_NO_FLAGS));
    layout_ = std::move(layout);
}

// The connection reads from its socket into a buffer of 16 KB (libxcb) where key events stay until others are
// read over them. These answers are longer than the buffer and hold nothing of the person.
void X11Keys::flush_connection() noexcept {
    if (connection_ == nullptr || xcb_connection_has_error(connection_) != 0) return;
    const auto* const setup = xcb_get_setup(connection_);
    const auto keys = static_cast<std::uint8_t>(setup->max_keycode - setup->min_keycode + 1);
    xcb_get_keyboard_mapping_cookie_t asked[8];
    for (auto& cookie : asked) cookie = xcb_get_keyboard_mapping(connection_, setup->min_keycode, keys);
    for (const auto& cookie : asked) std::free(xcb_get_keyboard_mapping_reply(connection_, cookie, nullptr));
}

} // namespace acredita::kiosk
