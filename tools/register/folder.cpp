// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/register/folder.hpp"

#include "tools/register/error.hpp"

#include <cerrno>
#include <cstring>
#include <deque>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace acredita::registration {
namespace {

constexpr unsigned most_links = 8;

std::deque<std::string> parts(const std::filesystem::path& path) {
    std::deque<std::string> found;
    for (const auto& part : path.relative_path())
        if (!part.empty() && part != ".") found.push_back(part.string());
    return found;
}

// The way from the root to a folder, every folder of it open, so that ".." in a link means what it says and
// never leads above the root.
class Way {
public:
    Way(const Site& site, const std::filesystem::path& folder, bool make)
        : site_(site), folder_(folder), make_(make), ahead_(parts(folder)) {}

    Result<Descriptor> walk() {
        ACREDITA_CHECK(start());
        while (!ahead_.empty()) {
            const std::string name = ahead_.front();
            ahead_.pop_front();
            if (name == "..") {
                if (open_.size() > 1) open_.pop_back();
                continue;
            }
            ACREDITA_TRY(there, enter(name));
            if (!there) return Descriptor();
        }
        return std::move(open_.back());
    }

private:
    Result<void> start() {
        open_.clear();
        open_.emplace_back(::open(site_.root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!open_.back()) return unreadable();
        return {};
    }

    Result<bool> enter(const std::string& name) {
        const int here = open_.back().get();
        Descriptor next(::openat(here, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!next && errno == ENOENT) {
            if (!make_) return false;
            if (::mkdirat(here, name.c_str(), site_.system() ? 0755 : 0700) != 0 && errno != EEXIST)
                return fail(register_errc::unwritable, folder_.string() + ": " + std::strerror(errno));
            next = Descriptor(::openat(here, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        }
        // ENOTDIR: Linux says so of a link when O_DIRECTORY is asked for as well.
        if (!next && (errno == ELOOP || errno == ENOTDIR)) return follow(name);
        if (!next) return unreadable();
        struct stat status = {};
        if (::fstat(next.get(), &status) != 0) return unreadable();
        ACREDITA_CHECK(check_owner(site_, status, folder_));
        open_.push_back(std::move(next));
        return true;
    }

    Result<bool> follow(const std::string& name) {
        const int here = open_.back().get();
        struct stat status = {};
        if (::fstatat(here, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return unreadable();
        if (!S_ISLNK(status.st_mode)) return fail(register_errc::not_a_file, folder_.string());
        if ((status.st_uid != 0 && status.st_uid != site_.owner) || ++links_ > most_links)
            return fail(register_errc::link_in_path, folder_.string());
        char target[4096];
        const auto size = ::readlinkat(here, name.c_str(), target, sizeof target);
        if (size <= 0 || static_cast<std::size_t>(size) == sizeof target)
            return fail(register_errc::link_in_path, folder_.string());
        const std::filesystem::path leads(std::string(target, static_cast<std::size_t>(size)));
        // What a link names is not made: it would appear where nobody expects it.
        const bool make = std::exchange(make_, false);
        const auto steps = parts(leads);
        ahead_.insert(ahead_.begin(), steps.begin(), steps.end());
        if (leads.is_absolute()) ACREDITA_CHECK(start());
        ACREDITA_TRY(reached, reach(steps.size()));
        if (!reached) return fail(register_errc::link_in_path, folder_.string());
        make_ = make;
        return true;
    }

    // As many parts of the way as a link put before the rest.
    Result<bool> reach(std::size_t steps) {
        const std::size_t rest = ahead_.size() - steps;
        while (ahead_.size() > rest) {
            const std::string name = ahead_.front();
            ahead_.pop_front();
            if (name == "..") {
                if (open_.size() > 1) open_.pop_back();
                continue;
            }
            ACREDITA_TRY(there, enter(name));
            if (!there) return false;
        }
        return true;
    }

    [[nodiscard]] tl::unexpected<Error> unreadable() const {
        return fail(register_errc::unreadable, folder_.string() + ": " + std::strerror(errno));
    }

    const Site& site_;
    const std::filesystem::path& folder_;
    bool make_;
    std::deque<std::string> ahead_;
    std::vector<Descriptor> open_;
    unsigned links_ = 0;
};

} // namespace

Descriptor::~Descriptor() {
    if (value_ >= 0) ::close(value_);
}

Result<void> check_owner(const Site& site, const struct stat& status, const std::filesystem::path& file) {
    if (status.st_uid != 0 && status.st_uid != site.owner)
        return fail(register_errc::foreign_owner, file.string());
    // In a folder like /tmp nobody can move what is another's, and whose it is was asked.
    if (S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0) return {};
    // A person's own group may stand in their files (umask 002); on the machine's nobody but root has a say.
    if ((status.st_mode & (site.system() ? 022U : 002U)) != 0)
        return fail(register_errc::writable_by_others, file.string());
    return {};
}

Result<Descriptor> open_folder(const Site& site, const std::filesystem::path& folder, bool make) {
    return Way(site, folder, make).walk();
}

} // namespace acredita::registration
