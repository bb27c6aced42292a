// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/folder.hpp"

#include "tools/stick/folder_volume.hpp"
#include "tools/stick/mountinfo.hpp"
#include "tools/stick/opening.hpp"

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <set>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>

namespace acredita::stick {

namespace {

auto unavailable() { return fail(stick_errc::service_unavailable, std::generic_category().message(errno)); }

struct Place {
    Volume volume;
    std::filesystem::path path;
    dev_t device = 0;
    ino_t inode = 0;

    [[nodiscard]] bool there() const {
        struct stat about {};
        return ::lstat(path.c_str(), &about) == 0 && about.st_ino == inode && about.st_dev == device;
    }
};

// Lives as long as the Sticks or anything Mounted of them.
struct Shared {
    std::mutex mutex;
    std::vector<Place> places;
    std::set<std::string> released; // volumes without power: not listed, and gone for those who hold them
    std::set<std::string> mounted;
};

std::vector<Place> look(const std::filesystem::path& folder) {
    std::vector<Place> places;
    std::error_code unreadable;
    for (const auto& item : std::filesystem::directory_iterator(folder, unreadable)) {
        struct stat about {};
        if (::lstat(item.path().c_str(), &about) != 0 || !S_ISDIR(about.st_mode)) continue;
        const auto name = item.path().filename().string();
        places.push_back(
            {folder_volume(folder, name, about.st_ino), item.path(), about.st_dev, about.st_ino});
    }
    std::ranges::sort(places, {}, [](const Place& place) { return place.volume.id; });
    return places;
}

class FolderSticks final : public Sticks {
public:
    FolderSticks(std::filesystem::path folder, Observer observer, Descriptor events, Descriptor wake)
        : folder_(std::move(folder)), observer_(std::move(observer)), events_(std::move(events)),
          wake_(std::move(wake)), thread_([this](const std::stop_token& stop) { watch(stop); }) {}

    FolderSticks(const FolderSticks&) = delete;
    FolderSticks& operator=(const FolderSticks&) = delete;
    ~FolderSticks() override {
        thread_.request_stop();
        wake();
        thread_.join();
    }

    Result<Released> release(const std::string& drive) override {
        {
            const std::lock_guard lock(shared_->mutex);
            bool found = false;
            for (const auto& place : shared_->places) {
                if (place.volume.drive != drive || shared_->released.contains(place.volume.id)) continue;
                if (shared_->mounted.contains(place.volume.id)) return fail(stick_errc::in_use);
                found = true;
            }
            if (!found) return fail(stick_errc::no_stick);
            for (const auto& place : shared_->places)
                if (place.volume.drive == drive) shared_->released.insert(place.volume.id);
        }
        wake();
        return Released{true};
    }

private:
    Result<Mounted> attach(const std::string& volume, Access) override {
        const std::lock_guard lock(shared_->mutex);
        const auto& places = shared_->places;
        const auto found = std::ranges::find(places, volume, [](const Place& p) { return p.volume.id; });
        if (found == places.end() || shared_->released.contains(volume)) return fail(stick_errc::no_stick);
        if (found->volume.trouble) return fail(*found->volume.trouble);
        if (shared_->mounted.contains(volume)) return fail(stick_errc::in_use);
        Descriptor root(::open(found->path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!root || !found->there()) return fail(stick_errc::pulled);
        ACREDITA_TRY(line, mount_of(root.number()));
        if (is_network(line.type)) return fail(stick_errc::network_refused, line.type);
        shared_->mounted.insert(volume);
        const auto present = [shared = shared_, place = *found] {
            const std::lock_guard locked(shared->mutex);
            return place.there() && !shared->released.contains(place.volume.id);
        };
        const auto unmount = [shared = shared_, volume]() -> Result<void> {
            const std::lock_guard locked(shared->mutex);
            shared->mounted.erase(volume);
            return {};
        };
        return Mounted(std::move(root), {present, unmount});
    }

    void wake() const noexcept {
        const std::uint64_t one = 1;
        (void)!::write(wake_.number(), &one, sizeof one);
    }

    void watch(const std::stop_token& stop) {
        std::optional<std::vector<Volume>> told;
        while (!stop.stop_requested()) {
            Plugged now;
            if (std::filesystem::is_directory(folder_))
                now.volumes = refresh();
            else
                now.trouble = fail(stick_errc::service_unavailable, "the folder is gone").value();
            if (now.trouble || told != now.volumes) {
                told = now.volumes;
                observer_(now);
            }
            if (now.trouble) return; // a folder of the same name would be another one
            wait();
        }
    }

    std::vector<Volume> refresh() {
        auto places = look(folder_);
        std::vector<Volume> volumes;
        const std::lock_guard lock(shared_->mutex);
        shared_->places = std::move(places);
        std::set<std::string> there;
        for (const auto& place : shared_->places) there.insert(place.volume.id);
        // What was taken out may be plugged in again.
        std::erase_if(shared_->released, [&](const std::string& id) { return !there.contains(id); });
        for (const auto& place : shared_->places)
            if (!shared_->released.contains(place.volume.id)) volumes.push_back(place.volume);
        return volumes;
    }

    // Until something moves; what moved is seen by looking.
    void wait() const {
        pollfd both[] = {{events_.number(), POLLIN, 0}, {wake_.number(), POLLIN, 0}};
        (void)::poll(both, 2, -1);
        alignas(inotify_event) char drained[4096];
        while (::read(events_.number(), drained, sizeof drained) > 0) {
        }
        while (::read(wake_.number(), drained, sizeof(std::uint64_t)) > 0) {
        }
    }

    std::filesystem::path folder_;
    Observer observer_;
    Descriptor events_;
    Descriptor wake_;
    std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
    std::jthread thread_; // last: it uses all the others
};

} // namespace

Result<std::unique_ptr<Sticks>> folder_sticks(const std::filesystem::path& folder,
                                              Sticks::Observer observer) {
    Descriptor events(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    if (!events) return unavailable();
    constexpr std::uint32_t what =
        IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
    if (::inotify_add_watch(events.number(), folder.c_str(), what) < 0) return unavailable();
    Descriptor wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (!wake) return unavailable();
    return std::make_unique<FolderSticks>(folder, std::move(observer), std::move(events), std::move(wake));
}

} // namespace acredita::stick
