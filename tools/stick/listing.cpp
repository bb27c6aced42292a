// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/owned.hpp"
#include "tools/stick/failing.hpp"
#include "tools/stick/opening.hpp"
#include "tools/stick/shown.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

namespace acredita::stick {

namespace {

using Clock = std::chrono::steady_clock;

// Folders that systems make for themselves. What lies in a recycle bin was thrown away.
bool of_the_system(std::string_view name) noexcept {
    static constexpr std::array<std::string_view, 9> names{"System Volume Information",
                                                           "$RECYCLE.BIN",
                                                           "RECYCLER",
                                                           "Recycled",
                                                           "lost+found",
                                                           ".Trashes",
                                                           ".fseventsd",
                                                           ".Spotlight-V100",
                                                           ".TemporaryItems"};
    return std::ranges::find(names, name) != names.end() || name.starts_with(".Trash-");
}

struct Folder {
    std::string path;
    std::size_t depth = 0;
};

// Breadth first: what people save lies high up, and is found before any limit ends the search.
class Search {
public:
    Search(const Mounted& mounted, const Limits& limits, const std::stop_token& stop)
        : mounted_(mounted), limits_(limits), stop_(stop), end_(Clock::now() + limits.time) {}

    Result<Listing> run() {
        waiting_.push_back({});
        while (!waiting_.empty() && !listing_.cut_short) {
            const Folder folder = std::move(waiting_.front());
            waiting_.pop_front();
            ACREDITA_CHECK(look_into(folder));
        }
        if (!listing_.cut_short && deeper_) too_many("depth");
        // A folder of which nothing could be read is no reason to hide what was found elsewhere.
        if (!listing_.cut_short && unreadable_) listing_.cut_short = std::move(unreadable_);
        if (!mounted_.present()) return fail(stick_errc::pulled, "while it was looked through");
        const auto order = [](const Entry& a, const Entry& b) {
            if (a.kind != b.kind) return a.kind < b.kind;
            if (a.modified != b.modified) return a.modified > b.modified;
            return a.path < b.path;
        };
        std::ranges::sort(listing_.entries, order);
        return std::move(listing_);
    }

private:
    Result<void> look_into(const Folder& folder) {
        Descriptor opened = open_beneath(mounted_.root(), folder.path, Wanted::folder);
        if (!opened) return trouble(folder, errno);
        const Owned<DIR, ::closedir> names(::fdopendir(opened.number()));
        if (!names) return trouble(folder, errno);
        (void)opened.release();
        while (!listing_.cut_short) {
            if (stop_.stop_requested()) return fail(stick_errc::cancelled);
            errno = 0;
            const dirent* found = ::readdir(names.get());
            if (found == nullptr) return errno == 0 ? Result<void>() : trouble(folder, errno);
            const std::string_view name = found->d_name;
            if (name == "." || name == "..") continue;
            if (++listing_.seen > limits_.names)
                too_many("names");
            else if (Clock::now() > end_)
                too_many("time");
            else
                consider(folder, ::dirfd(names.get()), *found);
        }
        return {};
    }

    void consider(const Folder& folder, int directory, const dirent& found) {
        const std::string_view name = found.d_name;
        const auto kind = kind_of(name);
        // Most files are of no kind of ours: their inode need not be fetched from a slow stick.
        const bool unknown = found.d_type == DT_UNKNOWN;
        if (!unknown && found.d_type != DT_DIR && (found.d_type != DT_REG || !kind)) return;
        struct stat about {};
        if (::fstatat(directory, found.d_name, &about, AT_SYMLINK_NOFOLLOW) != 0) return;
        if (S_ISDIR(about.st_mode)) {
            descend(folder, name);
        } else if (S_ISREG(about.st_mode) && kind) {
            keep(folder, name, *kind, about);
        }
    }

    void descend(const Folder& folder, std::string_view name) {
        if (of_the_system(name)) return;
        if (folder.depth + 1 > limits_.depth) {
            deeper_ = true;
            return;
        }
        if (++folders_ > limits_.folders) return too_many("folders");
        waiting_.push_back({joined(folder, name), folder.depth + 1});
    }

    void keep(const Folder& folder, std::string_view name, Kind kind, const struct stat& about) {
        auto& kept = kind == Kind::backup ? backups_ : others_;
        const auto most = kind == Kind::backup ? limits_.backups : limits_.others;
        if (kept == most) {
            // A stick full of photographs is an ordinary stick; one full of backups is not.
            if (kind == Kind::backup) too_many("backups");
            return;
        }
        ++kept;
        listing_.entries.push_back({joined(folder, name), shown(name), shown(folder.path), kind,
                                    static_cast<std::uint64_t>(about.st_size), about.st_mtim.tv_sec});
    }

    static std::string joined(const Folder& folder, std::string_view name) {
        std::string path = folder.path;
        if (!path.empty()) path += '/';
        return path += name;
    }

    void too_many(std::string_view what) {
        listing_.cut_short = fail(stick_errc::too_many_files, std::string(what)).value();
    }

    Result<void> trouble(const Folder& folder, int error) {
        Error named = reading_error(mounted_, error);
        if (is(named, stick_errc::pulled) || folder.path.empty()) {
            if (listing_.entries.empty() || is(named, stick_errc::pulled)) return fail(std::move(named));
        }
        if (!unreadable_) unreadable_ = fail(stick_errc::damaged, named.detail).value();
        return {};
    }

    const Mounted& mounted_;
    const Limits& limits_;
    const std::stop_token& stop_;
    Clock::time_point end_;
    std::deque<Folder> waiting_;
    Listing listing_;
    std::optional<Error> unreadable_;
    std::size_t folders_ = 0;
    bool deeper_ = false;
    std::size_t backups_ = 0;
    std::size_t others_ = 0;
};

} // namespace

Result<Listing> Mounted::list(const Limits& limits, const std::stop_token& stop) const {
    if (!root_) return fail(stick_errc::no_stick, "unmounted");
    return Search(*this, limits, stop).run();
}

} // namespace acredita::stick
