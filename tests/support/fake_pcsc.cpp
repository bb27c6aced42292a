// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/support/fake_pcsc.hpp"

#include <winscard.h>

namespace acredita::tests {

FakePcsc& FakePcsc::instance() {
    static FakePcsc fake;
    return fake;
}

void FakePcsc::restart() {
    const std::lock_guard lock(mutex);
    readers.clear();
    card = nullptr;
    device = nullptr;
    contexts.clear();
    handles.clear();
    cancelled.clear();
    running = true;
    failures_.clear();
    calls_.clear();
    violations_.clear();
}

void FakePcsc::change(const std::function<void(FakePcsc&)>& what) {
    const std::lock_guard lock(mutex);
    what(*this);
    changed.notify_all();
}

void FakePcsc::insert(const std::string& reader) {
    change([&](FakePcsc& fake) {
        fake.readers[reader].present = true;
        ++fake.readers[reader].events;
    });
}

void FakePcsc::remove(const std::string& reader) {
    change([&](FakePcsc& fake) {
        fake.readers[reader].present = false;
        ++fake.readers[reader].events;
        for (auto& [number, handle] : fake.handles)
            if (handle.reader == reader) handle.pending = SCARD_W_REMOVED_CARD;
    });
}

void FakePcsc::stop_service() {
    change([](FakePcsc& fake) {
        fake.running = false;
        for (auto& [number, alive] : fake.contexts) alive = false;
        fake.handles.clear();
        fake.readers.clear();
    });
}

void FakePcsc::start_service() {
    change([](FakePcsc& fake) { fake.running = true; });
}

void FakePcsc::fail_next(const std::string& function, long code) {
    const std::lock_guard lock(mutex);
    failures_.emplace(function, code);
}

unsigned FakePcsc::calls(const std::string& function) {
    const std::lock_guard lock(mutex);
    return calls_[function];
}

std::string FakePcsc::violations() {
    const std::lock_guard lock(mutex);
    auto text = violations_;
    for (const auto& [number, handle] : handles)
        text +=
            "card handle open: " + handle.reader + (handle.in_transaction ? ", in a transaction\n" : "\n");
    for (const auto& [number, alive] : contexts) text += alive ? "context open\n" : "stale context open\n";
    for (const auto& [function, code] : failures_) text += "a failure of " + function + " was never met\n";
    return text;
}

long FakePcsc::enter(const std::string& function) {
    ++calls_[function];
    const auto failure = failures_.find(function);
    if (failure == failures_.end()) return SCARD_S_SUCCESS;
    const auto code = failure->second;
    failures_.erase(failure);
    return code;
}

void FakePcsc::complain(const std::string& what) { violations_ += what + '\n'; }

} // namespace acredita::tests
