// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/saving.hpp"

#include "tools/stick/failing.hpp"
#include "tools/stick/shown.hpp"

#include <array>
#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>

namespace acredita::stick {

namespace {

constexpr std::size_t longest_name = 120;
constexpr unsigned most_copies = 99;

bool device_of_windows(std::string_view name) {
    static constexpr std::array<std::string_view, 6> devices{"CON", "PRN", "AUX", "NUL", "COM", "LPT"};
    std::string stem;
    for (const char c : name.substr(0, name.find('.')))
        stem += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    for (const auto device : devices) {
        const bool numbered = device == "COM" || device == "LPT";
        if (!numbered && stem == device) return true;
        if (numbered && stem.size() == 4 && stem.starts_with(device) && stem[3] >= '0' && stem[3] <= '9')
            return true;
    }
    return false;
}

std::string numbered(std::string_view name, unsigned copy) {
    if (copy == 1) return std::string(name);
    const auto dot = name.rfind('.');
    const auto stem = name.substr(0, dot);
    const auto end = dot == std::string_view::npos ? std::string_view() : name.substr(dot);
    return std::string(stem) + " (" + std::to_string(copy) + ")" + std::string(end);
}

// A file under a passing name, which goes unless it was named.
class Passing {
public:
    explicit Passing(int folder) : folder_(folder) {
        std::uint32_t random = 0;
        if (::getrandom(&random, sizeof random, 0) != sizeof random) return;
        (void)std::snprintf(name_, sizeof name_, "acredita-%08x.tmp", random);
        constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
        file_ = Descriptor(::openat(folder_, name_, flags, 0600));
        there_ = static_cast<bool>(file_);
    }
    Passing(const Passing&) = delete;
    Passing& operator=(const Passing&) = delete;
    ~Passing() {
        file_.close();
        if (there_) (void)::unlinkat(folder_, name_, 0);
    }

    [[nodiscard]] bool there() const noexcept { return there_; }

    // False with errno.
    bool fill(ByteView bytes) {
        while (!bytes.empty()) {
            const auto put = ::write(file_.number(), bytes.data(), bytes.size());
            if (put < 0 && errno == EINTR) continue;
            if (put < 0) return false;
            bytes = bytes.subspan(static_cast<std::size_t>(put));
        }
        if (::fsync(file_.number()) != 0) return false;
        // Some file systems say only now that there was no room.
        return ::close(file_.release()) == 0;
    }

    // False with errno; EEXIST if the name is taken.
    bool name(const std::string& wanted) {
        if (::renameat2(folder_, name_, folder_, wanted.c_str(), RENAME_NOREPLACE) != 0) {
            // exFAT and FUSE know no such flag. Nobody else writes on this stick: asking first is enough.
            if (errno != EINVAL && errno != ENOSYS) return false;
            struct stat about {};
            if (::fstatat(folder_, wanted.c_str(), &about, AT_SYMLINK_NOFOLLOW) == 0) {
                errno = EEXIST;
                return false;
            }
            if (errno != ENOENT || ::renameat(folder_, name_, folder_, wanted.c_str()) != 0) return false;
        }
        there_ = false;
        return true;
    }

private:
    int folder_;
    char name_[32] = "";
    Descriptor file_;
    bool there_ = false;
};

} // namespace

bool suitable_name(std::string_view name) {
    if (name.empty() || name.size() > longest_name || shown(name, longest_name) != name) return false;
    if (name.find("\xEF\xBF\xBD") != std::string_view::npos) return false;
    if (name.find_first_of("\\/:*?\"<>|") != std::string_view::npos) return false;
    if (name.front() == '.' || name.front() == ' ' || name.back() == '.' || name.back() == ' ') return false;
    return !device_of_windows(name);
}

Result<std::string> write_new(const Mounted& mounted, std::string_view name, ByteView bytes) {
    Passing file(mounted.root());
    if (!file.there() || !file.fill(bytes)) return fail(writing_error(mounted, errno));
    for (unsigned copy = 1; copy <= most_copies; ++copy) {
        std::string wanted = numbered(name, copy);
        if (file.name(wanted)) {
            (void)::fsync(mounted.root()); // the unmounting that follows says whether it went well
            return wanted;
        }
        if (errno != EEXIST) return fail(writing_error(mounted, errno));
    }
    return fail(stick_errc::save_failed, "too many files of this name");
}

} // namespace acredita::stick
