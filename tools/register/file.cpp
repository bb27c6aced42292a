// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/register/file.hpp"

#include "tools/register/folder.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace acredita::registration {
namespace {

tl::unexpected<Error> failed(register_errc code, const std::filesystem::path& file) {
    return fail(code, file.string() + ": " + std::strerror(errno));
}

struct Opened {
    Descriptor file; // empty: there is none
    struct stat status = {};
};

Result<Opened> open_file(const Site& site, int folder, const std::filesystem::path& file) {
    // O_NONBLOCK: a FIFO in the place of a file must not hold us.
    Opened opened{
        Descriptor(::openat(folder, file.filename().c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)),
        {}};
    if (!opened.file && errno == ENOENT) return opened;
    if (!opened.file && errno == ELOOP) return fail(register_errc::link_in_path, file.string());
    if (!opened.file && errno == ENXIO) return fail(register_errc::not_a_file, file.string());
    if (!opened.file || ::fstat(opened.file.get(), &opened.status) != 0)
        return failed(register_errc::unreadable, file);
    if (!S_ISREG(opened.status.st_mode)) return fail(register_errc::not_a_file, file.string());
    ACREDITA_CHECK(check_owner(site, opened.status, file));
    if (static_cast<std::uintmax_t>(opened.status.st_size) > most_bytes)
        return fail(register_errc::too_large, file.string());
    return opened;
}

Result<std::string> content_of(const Opened& opened, const std::filesystem::path& file) {
    std::string content;
    char block[16384];
    for (;;) {
        const auto got = ::read(opened.file.get(), block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed(register_errc::unreadable, file);
        if (got == 0) return content;
        content.append(block, static_cast<std::size_t>(got));
        if (content.size() > most_bytes) return fail(register_errc::too_large, file.string());
    }
}

bool write_all(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const auto done = ::write(descriptor, content.data(), content.size());
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        content.remove_prefix(static_cast<std::size_t>(done));
    }
    return ::fsync(descriptor) == 0;
}

// `like`: whose owner and mode the new file gets; nullptr: ours, 0644 (0600 in a person's home).
bool write_new(const Site& site, int folder, const std::string& name, std::string_view content,
               const struct stat* like) {
    ::unlinkat(folder, name.c_str(), 0); // of an interrupted run with our number
    const Descriptor file(
        ::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file) return false;
    const mode_t mode = like != nullptr ? like->st_mode & 0777U : site.system() ? 0644U : 0600U;
    const bool owned = like == nullptr || ::fchown(file.get(), like->st_uid, like->st_gid) == 0 ||
                       like->st_uid == ::geteuid();
    return owned && ::fchmod(file.get(), mode) == 0 && write_all(file.get(), content);
}

Result<void> put(const Site& site, int folder, const std::filesystem::path& file, std::string_view content,
                 const struct stat* like) {
    const auto name = file.filename().string();
    // Of this process alone: another that does the same at this moment writes its own.
    const auto fresh = "." + name + "." + std::to_string(::getpid()) + ".acredita-new";
    if (!write_new(site, folder, fresh, content, like) ||
        ::renameat(folder, fresh.c_str(), folder, name.c_str()) != 0) {
        const int why = errno;
        ::unlinkat(folder, fresh.c_str(), 0);
        errno = why;
        return failed(register_errc::unwritable, file);
    }
    ::fsync(folder);
    return {};
}

} // namespace

Result<std::optional<std::string>> read_file(const Site& site, const std::filesystem::path& file) {
    ACREDITA_TRY(folder, open_folder(site, file.parent_path(), false));
    if (!folder) return std::nullopt;
    ACREDITA_TRY(opened, open_file(site, folder.get(), file));
    if (!opened.file) return std::nullopt;
    return content_of(opened, file);
}

Result<void> keep_copy(const Site& site, const std::filesystem::path& file) {
    ACREDITA_TRY(folder, open_folder(site, file.parent_path(), false));
    if (!folder) return {};
    ACREDITA_TRY(before, open_file(site, folder.get(), file));
    if (!before.file) return {};
    ACREDITA_TRY(content, content_of(before, file));
    return put(site, folder.get(), file.string() + copy_suffix, content, &before.status);
}

Result<void> replace_file(const Site& site, const std::filesystem::path& file, std::string_view content) {
    ACREDITA_TRY(folder, open_folder(site, file.parent_path(), true));
    ACREDITA_TRY(before, open_file(site, folder.get(), file));
    return put(site, folder.get(), file, content, before.file ? &before.status : nullptr);
}

Result<void> remove_file(const Site& site, const std::filesystem::path& file) {
    ACREDITA_TRY(folder, open_folder(site, file.parent_path(), false));
    if (!folder) return {};
    if (::unlinkat(folder.get(), file.filename().c_str(), 0) != 0 && errno != ENOENT)
        return failed(register_errc::unwritable, file);
    ::fsync(folder.get());
    return {};
}

Result<void> make_folder(const Site& site, const std::filesystem::path& folder) {
    ACREDITA_TRY(made, open_folder(site, folder, true));
    static_cast<void>(made);
    return {};
}

} // namespace acredita::registration
