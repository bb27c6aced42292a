// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// For tests that need another user or another bus: one question about sticks, one line an answer.
//   stick_probe [--optical] [--loop] list | read LABEL PATH | save LABEL NAME TEXT | release LABEL
// An error is its name on standard output ("stick.mount_refused"), and exit code 1.
#include "tools/stick/udisks.hpp"

#include <condition_variable>
#include <cstdio>
#include <mutex>

#include <sys/prctl.h>

namespace {

using namespace acredita;

class First {
public:
    stick::Sticks::Observer observer() {
        return [this](const stick::Plugged& now) {
            const std::lock_guard lock(mutex_);
            if (!now_) now_ = now;
            told_.notify_all();
        };
    }
    stick::Plugged wait() {
        std::unique_lock lock(mutex_);
        told_.wait(lock, [&] { return now_.has_value(); });
        return *now_;
    }

private:
    std::mutex mutex_;
    std::condition_variable told_;
    std::optional<stick::Plugged> now_;
};

std::string trouble(const stick::Volume& volume) {
    if (!volume.trouble) return "-";
    for (const auto& row : ErrorTable<stick::stick_errc>::rows)
        if (row.value == *volume.trouble) return std::string(row.name);
    return "?";
}

const char* medium(const stick::Volume& volume) {
    if (volume.medium == stick::Medium::optical) return "optical";
    return volume.medium == stick::Medium::usb ? "usb" : "memory_card";
}

Result<void> read(stick::Sticks& sticks, const std::string& volume, const std::string& path) {
    ACREDITA_TRY(mounted, sticks.mount(volume));
    ACREDITA_TRY(listing, mounted.list());
    for (const auto& entry : listing.entries) (void)std::printf("entry %s\n", entry.name.c_str());
    stick::Entry entry;
    entry.path = path;
    ACREDITA_TRY(bytes, mounted.read(entry));
    (void)std::printf("bytes %s\n", std::string(as_text(bytes)).c_str());
    return mounted.unmount();
}

Result<void> answer(const stick::UDisksOptions& options, const std::vector<std::string>& words) {
    First first;
    ACREDITA_TRY(sticks, stick::udisks_sticks(options, first.observer()));
    const auto now = first.wait();
    if (now.trouble) return fail(*now.trouble);
    if (words.at(0) == "list") {
        for (const auto& volume : now.volumes)
            (void)std::printf("volume %s %s %s %s\n", volume.label.c_str(), volume.file_system.c_str(),
                              medium(volume), trouble(volume).c_str());
        return {};
    }
    for (const auto& volume : now.volumes) {
        if (volume.label != words.at(1)) continue;
        if (words[0] == "read") return read(*sticks, volume.id, words.at(2));
        if (words[0] == "save") {
            ACREDITA_TRY(saved, sticks->save(volume.id, words.at(2), as_bytes(words.at(3))));
            (void)std::printf("saved %s\n", saved.name.c_str());
            return {};
        }
        ACREDITA_TRY(released, sticks->release(volume.drive));
        (void)std::printf("released %s\n", released.powered_off ? "powered off" : "unmounted");
        return {};
    }
    return fail(stick::stick_errc::no_stick);
}

} // namespace

int main(int argc, char** argv) {
    // As every program that holds secrets: much of /proc is then closed to it, and must not be needed.
    (void)::prctl(PR_SET_DUMPABLE, 0);
    stick::UDisksOptions options;
    options.patience.question = std::chrono::seconds(60);
    options.patience.work = std::chrono::seconds(120);
    std::vector<std::string> words(argv + 1, argv + argc);
    while (!words.empty() && words[0].starts_with("--")) {
        if (words[0] == "--optical") options.optical = true;
        if (words[0] == "--loop") options.loop_devices = true;
        words.erase(words.begin());
    }
    if (words.empty()) return 2;
    const auto done = answer(options, words);
    if (done) return 0;
    (void)std::printf("%s\n", error_name(done.error().code).c_str());
    return 1;
}
