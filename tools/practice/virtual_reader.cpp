// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/virtual_reader.hpp"

#include <array>

#include <sys/socket.h>

namespace acredita::practice {

namespace {
constexpr std::chrono::seconds away{1};

// A reader without keys that has one thing to say: dwMaxAPDUDataSize is 0. The control code of the properties
// is ours.
constexpr std::array<std::uint8_t, 4> get_features{0x42, 0x00, 0x0D, 0x48};
constexpr std::array<std::uint8_t, 4> get_properties{0x42, 0x00, 0x0D, 0xAF};
const Bytes feature_list{0x12, 0x04, 0x42, 0x00, 0x0D, 0xAF};
const Bytes short_apdus_only{0x0A, 0x04, 0x00, 0x00, 0x00, 0x00};
} // namespace

VirtualReader::VirtualReader(std::unique_ptr<VirtualCard> card, bool pinpad, bool short_only)
    : card_(std::move(card)), short_only_(short_only), inserted_(card_ != nullptr) {
    if (pinpad) pinpad_.emplace();
    listen();
}

VirtualReader::~VirtualReader() = default;

void VirtualReader::listen() {
    if (card_) card_->on_tear([this](const Tear& tear) { torn(tear); });
}

VirtualCard* VirtualReader::card() const {
    const std::scoped_lock lock(mutex_);
    return card_.get();
}

void VirtualReader::trade(VirtualReader& other) {
    remove();
    other.remove();
    const std::scoped_lock lock(mutex_, other.mutex_);
    inserted_ = other.inserted_ = false; // a torn card may have come back by itself meanwhile
    std::swap(card_, other.card_);
    for (const auto* reader : {this, &other})
        if (reader->card_) reader->card_->power_down();
    listen();
    other.listen();
}

Reply VirtualReader::answer(wire::Ask what, ByteView data) {
    if (!plugged()) return {wire::Say::no_reader, {}};
    if (what == wire::Ask::control) return control(data);
    if (!present()) return {wire::Say::no_card, {}};
    switch (what) {
    case wire::Ask::presence:
        return {wire::Say::done, {}};
    case wire::Ask::power_up: {
        auto atr = card()->power_up();
        if (atr.empty()) return {wire::Say::failed, {}};
        return {wire::Say::done, std::move(atr)};
    }
    case wire::Ask::power_down:
        card()->power_down();
        return {wire::Say::done, {}};
    case wire::Ask::transmit:
        return transmit(data);
    case wire::Ask::hello:
    case wire::Ask::watch:
    case wire::Ask::control:
        break;
    }
    return {wire::Say::unsupported, {}};
}

Reply VirtualReader::transmit(ByteView command) {
    auto answer = card()->exchange(command);
    if (!answer) return {wire::Say::failed, {}};
    return {wire::Say::done, std::move(*answer)};
}

Reply VirtualReader::control(ByteView question) {
    if (question.size() < 4) return {wire::Say::unsupported, {}};
    if (!pinpad_ && short_only_ && equal(question.first(4), get_features))
        return {wire::Say::done, feature_list};
    if (!pinpad_ && short_only_ && equal(question.first(4), get_properties))
        return {wire::Say::done, short_apdus_only};
    if (!pinpad_) return {wire::Say::unsupported, {}};
    const bool there = present();
    const auto answer = pinpad_->control(question, [&](ByteView command) -> std::optional<Bytes> {
        return there ? card()->exchange(command) : std::nullopt;
    });
    if (!answer) return {wire::Say::failed, {}};
    return {wire::Say::done, *answer};
}

void VirtualReader::watch(int fd) {
    const std::scoped_lock lock(mutex_);
    watchers_.insert(fd);
}

void VirtualReader::unwatch(int fd) {
    const std::scoped_lock lock(mutex_);
    watchers_.erase(fd);
}

void VirtualReader::tell() {
    const auto packet = static_cast<std::uint8_t>(wire::Say::changed);
    const std::scoped_lock lock(mutex_);
    for (const int fd : watchers_) ::send(fd, &packet, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void VirtualReader::remove() {
    {
        const std::scoped_lock lock(mutex_);
        if (!inserted_ || !card_) return;
        inserted_ = false;
        away_until_ = std::chrono::steady_clock::now() + away;
    }
    card()->power_down();
    tell();
}

void VirtualReader::insert() {
    {
        std::unique_lock lock(mutex_);
        if (inserted_ || !card_) return;
        const auto until = away_until_;
        lock.unlock();
        std::this_thread::sleep_until(until);
        lock.lock();
        inserted_ = true;
    }
    tell();
}

void VirtualReader::unplug() {
    {
        const std::scoped_lock lock(mutex_);
        plugged_ = false;
    }
    if (card() != nullptr) card()->power_down();
    tell();
}

void VirtualReader::plug() {
    {
        const std::scoped_lock lock(mutex_);
        plugged_ = true;
    }
    tell();
}

void VirtualReader::swap() {
    if (card() != nullptr && present()) (void)card()->power_up();
}

bool VirtualReader::plugged() const {
    const std::scoped_lock lock(mutex_);
    return plugged_;
}

bool VirtualReader::present() const {
    const std::scoped_lock lock(mutex_);
    return plugged_ && inserted_;
}

void VirtualReader::torn(const Tear& tear) {
    if (tear.quick_swap) return;
    remove();
    const std::scoped_lock lock(returning_);
    return_ = std::jthread([this](const std::stop_token& stop) {
        std::mutex mutex;
        std::unique_lock waiting(mutex);
        if (!ended_.wait_for(waiting, stop, away, [&] { return stop.stop_requested(); })) insert();
    });
}

} // namespace acredita::practice
