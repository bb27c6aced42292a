// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Sticks for tests: folders below the scratch directory, plugged in and pulled by moving them, and an
// observer that waits for what it should be told.
#pragma once

#include "tests/support/scratch.hpp"
#include "tools/stick/folder.hpp"

#include <condition_variable>
#include <fstream>
#include <mutex>

#include <fcntl.h>

namespace acredita::test {

inline void put(const std::filesystem::path& file, std::string_view text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

// Two folders: `here` is what the Sticks watch, `aside` is where sticks lie that are not plugged in.
struct Desk {
    Desk() {
        static int number = 0;
        here = scratch_directory() / ("desk" + std::to_string(++number));
        aside = here.string() + "-aside";
        std::filesystem::create_directories(here);
        std::filesystem::create_directories(aside);
    }
    void plug(const std::string& name) const { std::filesystem::rename(aside / name, here / name); }
    void pull(const std::string& name) const { std::filesystem::rename(here / name, aside / name); }

    std::filesystem::path here;
    std::filesystem::path aside;
};

class Watcher {
public:
    stick::Sticks::Observer observer() {
        return [this](const stick::Plugged& now) {
            const std::lock_guard lock(mutex_);
            now_ = now;
            changed_.notify_all();
        };
    }
    // Waits until what is plugged in is so; a minute at most.
    template <class Condition>
    bool until(Condition condition) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(60), [&] { return now_ && condition(*now_); });
    }
    bool sticks(std::size_t count) {
        return until([&](const stick::Plugged& now) { return !now.trouble && now.volumes.size() == count; });
    }
    stick::Volume only() {
        const std::lock_guard lock(mutex_);
        return now_.value().volumes.at(0);
    }
    stick::Plugged now() {
        const std::lock_guard lock(mutex_);
        return now_.value();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<stick::Plugged> now_;
};

// A folder as if it were mounted, without anything that watches.
inline stick::Mounted opened(
    const std::filesystem::path& folder, std::function<bool()> present = [] { return true; }) {
    stick::Descriptor root(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return {std::move(root), {std::move(present), [] { return Result<void>(); }}};
}

inline stick::Entry at(const std::string& path) {
    stick::Entry entry;
    entry.path = path;
    return entry;
}

} // namespace acredita::test
