// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/udisks.hpp"

#include "tools/stick/mountinfo.hpp"
#include "tools/stick/udisks_volumes.hpp"

#include <algorithm>
#include <mutex>
#include <set>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>

namespace acredita::stick {

namespace {

constexpr std::chrono::milliseconds forever{-1}; // to poll(2)

// What is Mounted now by this program, so that nobody unmounts it beneath its reader.
struct Mounts {
    std::mutex mutex;
    std::set<std::string> volumes;

    bool take(const std::string& volume) {
        const std::lock_guard lock(mutex);
        return volumes.insert(volume).second;
    }
    void give_back(const std::string& volume) {
        const std::lock_guard lock(mutex);
        volumes.erase(volume);
    }
    bool has(const std::string& volume) {
        const std::lock_guard lock(mutex);
        return volumes.contains(volume);
    }
};

// Taken, and given back unless it was kept.
class Claim {
public:
    Claim(std::shared_ptr<Mounts> mounts, std::string volume)
        : mounts_(std::move(mounts)), volume_(std::move(volume)), mine_(mounts_->take(volume_)) {}
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;
    ~Claim() {
        if (mine_) mounts_->give_back(volume_);
    }
    [[nodiscard]] bool mine() const noexcept { return mine_; }
    void keep() noexcept { mine_ = false; }

private:
    std::shared_ptr<Mounts> mounts_;
    std::string volume_;
    bool mine_;
};

// UDisks adds nosuid and nodev itself for everybody but root; they are asked for all the same.
constexpr const char* options_of(Access access) {
    return access == Access::read ? "ro,noexec,nosuid,nodev" : "rw,sync,noexec,nosuid,nodev";
}

bool still_there(unsigned major, unsigned minor) {
    const auto path = "/sys/dev/block/" + std::to_string(major) + ":" + std::to_string(minor);
    return ::access(path.c_str(), F_OK) == 0;
}

// The top folder, once the kernel has said how it is mounted.
Result<Descriptor> open_checked(const std::string& point, const Found& found, Access access) {
    const Descriptor looked_at(::open(point.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!looked_at) return fail(stick_errc::pulled, "its top folder");
    ACREDITA_TRY(line, mount_of(looked_at.number()));
    ACREDITA_CHECK(verify(line, access, found.major, found.minor));
    Descriptor root(::openat(looked_at.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (root) return root;
    return fail(still_there(found.major, found.minor) ? stick_errc::damaged : stick_errc::pulled,
                "its top folder");
}

class UDisksSticks final : public Sticks {
public:
    UDisksSticks(UDisksOptions options, Observer observer, Descriptor wake)
        : options_(options), observer_(std::move(observer)), wake_(std::move(wake)),
          thread_([this](const std::stop_token& stop) { watch(stop); }) {}

    UDisksSticks(const UDisksSticks&) = delete;
    UDisksSticks& operator=(const UDisksSticks&) = delete;
    ~UDisksSticks() override {
        thread_.request_stop();
        const std::uint64_t one = 1;
        (void)!::write(wake_.number(), &one, sizeof one);
        thread_.join();
    }

    Result<Released> release(const std::string& drive) override {
        ACREDITA_TRY(bus, UDisksBus::open());
        ACREDITA_TRY(objects, bus.objects(options_.patience.question));
        const auto all = sticks_among(objects, options_);
        const Found* any = nullptr;
        for (const auto& found : all) {
            if (found.volume.drive != drive) continue;
            if (mounts_->has(found.volume.id)) return fail(stick_errc::in_use, "by this program");
            any = &found;
        }
        if (any == nullptr) return fail(stick_errc::no_stick);
        for (const auto& found : all)
            if (found.volume.drive == drive && found.mounted)
                ACREDITA_CHECK(bus.unmount(found.block, options_.patience.work));
        if (any->can_power_off) {
            ACREDITA_CHECK(bus.power_off(any->drive, options_.patience.work));
            return Released{true};
        }
        if (any->ejectable) ACREDITA_CHECK(bus.eject(any->drive, options_.patience.work));
        return Released{false};
    }

private:
    Result<Mounted> attach(const std::string& volume, Access access) override {
        Claim claim(mounts_, volume);
        if (!claim.mine()) return fail(stick_errc::in_use, "by this program");
        ACREDITA_TRY(bus, UDisksBus::open());
        ACREDITA_TRY(objects, bus.objects(options_.patience.question));
        const auto all = sticks_among(objects, options_);
        const auto found = std::ranges::find(all, volume, [](const Found& one) { return one.volume.id; });
        if (found == all.end()) return fail(stick_errc::no_stick);
        if (found->volume.trouble) return fail(*found->volume.trouble);
        if (access == Access::save && found->read_only)
            return fail(stick_errc::write_protected, "its device");
        // A desktop may have mounted it already, in its own way.
        if (found->mounted)
            if (auto freed = bus.unmount(found->block, options_.patience.work); !freed)
                return is(freed.error(), stick_errc::mount_refused)
                           ? fail(stick_errc::in_use, freed.error().detail)
                           : fail(std::move(freed).error());
        auto point = bus.mount(found->block, options_of(access), options_.patience.work);
        // What was given up on may have been mounted after all.
        auto root = point ? open_checked(*point, *found, access) : Result<Descriptor>(fail(point.error()));
        if (!root) {
            if (point || is(point.error(), stick_errc::service_unavailable))
                (void)bus.unmount(found->block, options_.patience.question);
            return fail(std::move(root).error());
        }
        claim.keep();
        const auto mount = mount_id(root->number());
        return Mounted(std::move(*root), {present(*found, *point, mount), unmounter(*found)});
    }

    // Its device is there, and at its place the very mount that was checked. (A stick that was pulled is
    // unmounted by UDisks even if its files are open.)
    static std::function<bool()> present(const Found& found, const std::string& point,
                                         std::optional<std::uint64_t> mount) {
        return [major = found.major, minor = found.minor, point, mount] {
            const Descriptor top(::open(point.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
            return still_there(major, minor) && top && mount && mount_id(top.number()) == mount;
        };
    }

    std::function<Result<void>()> unmounter(const Found& found) const {
        return [mounts = mounts_, volume = found.volume.id, block = found.block,
                patience = options_.patience.work]() -> Result<void> {
            auto bus = UDisksBus::open();
            auto done = bus ? bus->unmount(block, patience) : Result<void>(fail(bus.error()));
            mounts->give_back(volume);
            return done;
        };
    }

    // A service that failed is asked again now and then; sticks are never asked for.
    void watch(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (const auto ended = follow(stop); !ended) tell({{}, ended.error()});
            if (!stop.stop_requested()) (void)wait(-1, options_.patience.again);
        }
    }

    // Until `stop`, or until the bus fails.
    Result<void> follow(const std::stop_token& stop) {
        ACREDITA_TRY(bus, UDisksBus::open());
        ACREDITA_CHECK(bus.follow());
        bool changed = true;
        bool failed = false;
        while (!stop.stop_requested()) {
            if (changed) failed = !look(bus);
            ACREDITA_TRY(more, bus.changed());
            changed = more;
            if (!changed) changed = !wait(bus.descriptor(), failed ? options_.patience.again : forever);
        }
        return {};
    }

    // False if UDisks did not answer.
    bool look(UDisksBus& bus) {
        const auto objects = bus.objects(options_.patience.question);
        Plugged now;
        if (objects)
            for (const auto& found : sticks_among(*objects, options_)) now.volumes.push_back(found.volume);
        else
            now.trouble = objects.error();
        tell(now);
        return objects.has_value();
    }

    void tell(const Plugged& now) {
        if (told_ && told_->volumes == now.volumes && told_->trouble.has_value() == now.trouble.has_value())
            return;
        told_ = now;
        observer_(now);
    }

    // False if the time is over.
    bool wait(int bus, std::chrono::milliseconds most) const {
        pollfd both[] = {{wake_.number(), POLLIN, 0}, {bus, POLLIN, 0}};
        return ::poll(both, 2, static_cast<int>(most.count())) != 0;
    }

    UDisksOptions options_;
    Observer observer_;
    Descriptor wake_;
    std::optional<Plugged> told_; // the thread's alone
    std::shared_ptr<Mounts> mounts_ = std::make_shared<Mounts>();
    std::jthread thread_; // last: it uses all the others
};

} // namespace

Result<std::unique_ptr<Sticks>> udisks_sticks(UDisksOptions options, Sticks::Observer observer) {
    ACREDITA_CHECK(UDisksBus::open());
    Descriptor wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (!wake) return fail(stick_errc::service_unavailable, "no eventfd");
    return std::make_unique<UDisksSticks>(options, std::move(observer), std::move(wake));
}

} // namespace acredita::stick
