// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Files as letters need them: an InputFile that is read in pieces and never mapped (a stick that is pulled
// out must be an error, not a SIGBUS), and an OutputFile that appears under its name complete or not at all.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace acredita::letter {

// Owns one file descriptor.
class FileHandle {
public:
    FileHandle() noexcept = default;
    explicit FileHandle(int fd) noexcept : fd_(fd) {}
    ~FileHandle();
    FileHandle(FileHandle&& other) noexcept : fd_(other.release()) {}
    FileHandle& operator=(FileHandle&& other) noexcept;
    FileHandle(const FileHandle&) = delete;
    FileHandle& operator=(const FileHandle&) = delete;

    [[nodiscard]] int get() const noexcept { return fd_; }
    [[nodiscard]] explicit operator bool() const noexcept { return fd_ >= 0; }

private:
    int release() noexcept;

    int fd_ = -1;
};

// A regular file open for reading; its size is the size at opening, in bytes.
class InputFile {
public:
    // read_failed if it cannot be opened or is no regular file, too_large above `max_size`.
    [[nodiscard]] static Result<InputFile> open(const std::filesystem::path& path, std::uint64_t max_size);

    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    // Exactly into.size() bytes from `offset`; read_failed if there are fewer or the medium fails.
    [[nodiscard]] Result<void> read_at(std::uint64_t offset, std::span<std::uint8_t> into) const;
    [[nodiscard]] Result<Bytes> read_at(std::uint64_t offset, std::size_t size) const;

    // The same file as if it ended after `size` bytes: one of its revisions.
    [[nodiscard]] Result<InputFile> first(std::uint64_t size) const;

private:
    InputFile(std::shared_ptr<const FileHandle> handle, std::uint64_t size) noexcept
        : handle_(std::move(handle)), size_(size) {}

    std::shared_ptr<const FileHandle> handle_;
    std::uint64_t size_ = 0;
};

// A temporary neighbour of the wanted file. Removed by the destructor unless delivered.
class OutputFile {
public:
    // output_exists if something has that name already; write_failed otherwise.
    [[nodiscard]] static Result<OutputFile> create(const std::filesystem::path& target);
    ~OutputFile();
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    [[nodiscard]] const std::filesystem::path& temporary() const noexcept { return temporary_; }
    [[nodiscard]] Result<void> write_at(std::uint64_t offset, ByteView bytes);
    // To the medium itself (fsync), so that what is checked afterwards is what is kept.
    [[nodiscard]] Result<void> sync();
    // Gives the file its name, without ever replacing another, and syncs the folder.
    [[nodiscard]] Result<void> deliver();

private:
    OutputFile(FileHandle handle, std::filesystem::path target, std::filesystem::path temporary)
        : handle_(std::move(handle)), target_(std::move(target)), temporary_(std::move(temporary)) {}

    FileHandle handle_;
    std::filesystem::path target_;
    std::filesystem::path temporary_; // empty once delivered
};

} // namespace acredita::letter
