// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/file.hpp"

#include "tools/letter/errors.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

namespace acredita::letter {

namespace {

[[nodiscard]] std::string reason() { return std::generic_category().message(errno); }

} // namespace

FileHandle::~FileHandle() {
    if (fd_ >= 0) ::close(fd_);
}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

int FileHandle::release() noexcept { return std::exchange(fd_, -1); }

Result<InputFile> InputFile::open(const std::filesystem::path& path, std::uint64_t max_size) {
    // O_NONBLOCK: a FIFO somebody left under that name must not stop us at open().
    FileHandle handle(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!handle) return fail(letter_errc::read_failed, reason());
    struct stat info {};
    if (::fstat(handle.get(), &info) != 0) return fail(letter_errc::read_failed, reason());
    if (!S_ISREG(info.st_mode)) return fail(letter_errc::read_failed, "not a regular file");
    const auto size = static_cast<std::uint64_t>(info.st_size);
    if (size > max_size) return fail(letter_errc::too_large, std::to_string(size) + " bytes");
    return InputFile(std::make_shared<const FileHandle>(std::move(handle)), size);
}

Result<InputFile> InputFile::first(std::uint64_t size) const {
    if (size > size_) return fail(letter_errc::read_failed, "behind the end");
    return InputFile(handle_, size);
}

Result<void> InputFile::read_at(std::uint64_t offset, std::span<std::uint8_t> into) const {
    if (offset > size_ || into.size() > size_ - offset)
        return fail(letter_errc::read_failed, "behind the end");
    while (!into.empty()) {
        const auto got = ::pread(handle_->get(), into.data(), into.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(letter_errc::read_failed, reason());
        if (got == 0) return fail(letter_errc::read_failed, "the file became shorter");
        offset += static_cast<std::uint64_t>(got);
        into = into.subspan(static_cast<std::size_t>(got));
    }
    return {};
}

Result<Bytes> InputFile::read_at(std::uint64_t offset, std::size_t size) const {
    if (offset > size_ || size > size_ - offset) return fail(letter_errc::read_failed, "behind the end");
    Bytes bytes(size);
    ACREDITA_CHECK(read_at(offset, std::span(bytes)));
    return bytes;
}

Result<OutputFile> OutputFile::create(const std::filesystem::path& target) {
    std::error_code ignored;
    if (std::filesystem::symlink_status(target, ignored).type() != std::filesystem::file_type::not_found)
        return fail(letter_errc::output_exists);
    const auto folder = target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
    std::string name = (folder / ".acredita-XXXXXX").string();
    FileHandle handle(::mkostemp(name.data(), O_CLOEXEC));
    if (!handle) return fail(letter_errc::write_failed, reason());
    return OutputFile(std::move(handle), target, name);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : handle_(std::move(other.handle_)), target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})) {}

OutputFile::~OutputFile() {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<void> OutputFile::write_at(std::uint64_t offset, ByteView bytes) {
    while (!bytes.empty()) {
        const auto put = ::pwrite(handle_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return fail(letter_errc::write_failed, reason());
        offset += static_cast<std::uint64_t>(put);
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

Result<void> OutputFile::sync() {
    if (::fsync(handle_.get()) != 0) return fail(letter_errc::write_failed, reason());
    return {};
}

Result<void> OutputFile::deliver() {
    // mkostemp gives 0600; a letter is readable like any file its owner saves.
    const auto mask = ::umask(0);
    ::umask(mask);
    ::fchmod(handle_.get(), 0666 & ~mask);
    int done = ::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE);
    // Some file systems of sticks know no RENAME_NOREPLACE; there the check at create() has to do.
    if (done != 0 && errno == EINVAL) done = ::rename(temporary_.c_str(), target_.c_str());
    if (done != 0 && errno == EEXIST) return fail(letter_errc::output_exists);
    if (done != 0) return fail(letter_errc::write_failed, reason());
    temporary_.clear();
    const auto folder = target_.has_parent_path() ? target_.parent_path() : std::filesystem::path(".");
    const FileHandle directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory) ::fsync(directory.get());
    return {};
}

} // namespace acredita::letter
