// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/output_file.hpp"

#include "tools/cli/secrets.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace acredita::cli {
namespace {

bool write_all(int descriptor, ByteView content) {
    while (!content.empty()) {
        const auto done = ::write(descriptor, content.data(), content.size());
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        content = content.subspan(static_cast<std::size_t>(done));
    }
    return ::fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS;
}

} // namespace

Result<void> write_file(const std::filesystem::path& file, ByteView content) {
    const int descriptor =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (descriptor < 0) return fail(cli_errc::file_unusable, std::strerror(errno));
    const bool written = write_all(descriptor, content);
    const int why = errno;
    ::close(descriptor);
    if (!written) return fail(cli_errc::file_unusable, std::strerror(why));
    return {};
}

} // namespace acredita::cli
