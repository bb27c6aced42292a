// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/mounted.hpp"

#include "tools/stick/failing.hpp"
#include "tools/stick/opening.hpp"

#include <cerrno>

#include <sys/stat.h>

namespace acredita::stick {

namespace {

// Small, so that a stop is noticed and a stick that answers slowly does not seem dead.
constexpr std::size_t at_once = std::size_t{64} * 1024;

bool same_state(const struct stat& a, const struct stat& b) noexcept {
    return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
           a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

} // namespace

Mounted& Mounted::operator=(Mounted&& other) noexcept {
    if (this != &other) {
        if (root_) (void)unmount();
        root_ = std::move(other.root_);
        maker_ = std::move(other.maker_);
    }
    return *this;
}

Mounted::~Mounted() {
    if (root_) (void)unmount();
}

Result<void> Mounted::unmount() {
    if (!root_) return {};
    root_.close(); // an open folder would keep the mount in use
    return maker_.unmount();
}

Result<ZeroingBytes> Mounted::read(const Entry& entry, const std::stop_token& stop) const {
    if (!root_) return fail(stick_errc::no_stick, "unmounted");
    const Descriptor file = open_beneath(root_.number(), entry.path, Wanted::file);
    if (!file) return fail(reading_error(*this, errno));
    struct stat before {};
    if (::fstat(file.number(), &before) != 0) return fail(reading_error(*this, errno));
    if (static_cast<std::uintmax_t>(before.st_size) > largest_file)
        return fail(stick_errc::too_large, std::to_string(before.st_size));

    // One byte more than it should have: a file that grows is noticed, not cut.
    ZeroingBytes bytes(static_cast<std::size_t>(before.st_size) + 1);
    std::size_t size = 0;
    while (size < bytes.size()) {
        if (stop.stop_requested()) return fail(stick_errc::cancelled);
        const auto wanted = std::min(at_once, bytes.size() - size);
        const auto got = ::pread(file.number(), bytes.data() + size, wanted, static_cast<off_t>(size));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(reading_error(*this, errno));
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    // The kernel may have kept what it read of a stick that is gone: nobody may go on with half a visit.
    if (!present()) return fail(stick_errc::pulled, "while it was read");
    struct stat after {};
    if (::fstat(file.number(), &after) != 0) return fail(reading_error(*this, errno));
    if (!same_state(before, after) || size != static_cast<std::size_t>(before.st_size))
        return fail(stick_errc::changed_while_read);
    bytes.resize(size);
    return bytes;
}

} // namespace acredita::stick
