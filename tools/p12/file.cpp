// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/file.hpp"

#include "tools/p12/errc.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace acredita::p12 {

namespace {

struct Descriptor {
    explicit Descriptor(int opened) noexcept : number(opened) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number >= 0) (void)close(number);
    }
    int number;
};

auto system_failure() { return fail(p12_errc::unreadable_file, std::generic_category().message(errno)); }

} // namespace

Result<ZeroingBytes> read_descriptor(int descriptor) {
    struct stat status {};
    if (fstat(descriptor, &status) != 0) return system_failure();
    if (!S_ISREG(status.st_mode)) return fail(p12_errc::unreadable_file, "not a regular file");
    if (static_cast<std::uintmax_t>(status.st_size) > largest_file)
        return fail(p12_errc::too_large, std::to_string(status.st_size));

    // One byte more than is allowed: a file that grows while it is read is noticed, not cut.
    ZeroingBytes bytes(static_cast<std::size_t>(status.st_size) + 1);
    std::size_t size = 0;
    while (true) {
        if (size == bytes.size()) {
            if (size > largest_file) return fail(p12_errc::too_large, "grew while it was read");
            bytes.resize(largest_file + 1);
        }
        const auto got =
            pread(descriptor, bytes.data() + size, bytes.size() - size, static_cast<off_t>(size));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_failure();
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    bytes.resize(size);
    return bytes;
}

Result<ZeroingBytes> read_file(const std::filesystem::path& path) {
    const Descriptor file(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    if (file.number < 0) return system_failure();
    return read_descriptor(file.number);
}

} // namespace acredita::p12
