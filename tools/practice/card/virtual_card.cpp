// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card/virtual_card.hpp"

#include "tools/practice/error.hpp"

#include <thread>

namespace acredita::practice {

VirtualCard::VirtualCard(std::unique_ptr<Application> application, Surroundings surroundings)
    : application_(std::move(application)), surroundings_(std::move(surroundings)) {}

Result<void> VirtualCard::restore() {
    const std::scoped_lock lock(mutex_);
    const auto memory = surroundings_.state->read(surroundings_.name);
    if (!memory.is_null()) return application_->load(memory);
    return surroundings_.state->write(surroundings_.name, application_->save());
}

Bytes VirtualCard::power_up() {
    const std::scoped_lock lock(mutex_);
    application_->reset();
    powered_ = true;
    auto atr = application_->atr();
    surroundings_.transcript->event(surroundings_.reader,
                                    atr.empty() ? "reset, mute" : "reset, ATR " + to_hex(atr));
    return atr;
}

void VirtualCard::power_down() {
    const std::scoped_lock lock(mutex_);
    application_->reset();
    if (powered_) surroundings_.transcript->event(surroundings_.reader, "power off");
    powered_ = false;
}

Bytes VirtualCard::atr() const {
    const std::scoped_lock lock(mutex_);
    return application_->atr();
}

std::optional<Bytes> VirtualCard::work(ByteView command, std::optional<Tear>& torn) {
    const std::scoped_lock lock(mutex_);
    if (!powered_ || application_->atr().empty()) return std::nullopt;
    ++exchanges_;
    if (tear_ && tear_->exchange == exchanges_) torn = std::exchange(tear_, std::nullopt);
    std::optional<Bytes> answer;
    if (!torn || torn->work_done) {
        answer = application_->exchange(command);
        if (application_->changed() && !surroundings_.state->write(surroundings_.name, application_->save()))
            surroundings_.transcript->event(surroundings_.reader, "memory not written");
        surroundings_.transcript->exchange(surroundings_.reader, command, *answer);
    }
    if (!torn) return answer;
    surroundings_.transcript->event(surroundings_.reader,
                                    torn->quick_swap ? "swapped in mid-exchange" : "torn out");
    application_->reset();
    powered_ = torn->quick_swap;
    return std::nullopt;
}

std::optional<Bytes> VirtualCard::exchange(ByteView command) {
    std::optional<Tear> torn;
    auto answer = work(command, torn);
    if (torn) {
        std::unique_lock lock(mutex_);
        const auto tell = torn_;
        lock.unlock();
        if (tell) tell(*torn);
    }
    if (surroundings_.latency.count() > 0) std::this_thread::sleep_for(surroundings_.latency);
    return answer;
}

void VirtualCard::on_tear(std::function<void(const Tear&)> told) {
    const std::scoped_lock lock(mutex_);
    torn_ = std::move(told);
}

void VirtualCard::tear_at(std::optional<Tear> tear) {
    const std::scoped_lock lock(mutex_);
    tear_ = tear;
}

std::uint64_t VirtualCard::exchanges() const {
    const std::scoped_lock lock(mutex_);
    return exchanges_;
}

void VirtualCard::reset_exchanges() {
    const std::scoped_lock lock(mutex_);
    exchanges_ = 0;
}

} // namespace acredita::practice
