// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The first `size` bytes of a file as libqpdf reads them. The window is how one revision of a document is
// looked at by itself. Reads in blocks by pread; a failing medium becomes a ReadFailure, which guarded()
// turns into read_failed.
#pragma once

#include "tools/letter/file.hpp"

#include <stdexcept>

#include <qpdf/InputSource.hh>

namespace acredita::letter {

class ReadFailure : public std::runtime_error {
public:
    explicit ReadFailure(const Error& error) : std::runtime_error("read failed"), error_(error) {}
    [[nodiscard]] const Error& error() const noexcept { return error_; }

private:
    Error error_;
};

class FileWindow final : public InputSource {
public:
    // `file` must outlive the window.
    FileWindow(const InputFile& file, std::uint64_t size);

    qpdf_offset_t findAndSkipNextEOL() override;
    std::string const& getName() const override { return name_; }
    qpdf_offset_t tell() override { return position_; }
    void seek(qpdf_offset_t offset, int whence) override;
    void rewind() override { position_ = 0; }
    std::size_t read(char* into, std::size_t length) override;
    void unreadCh(char) override {
        if (position_ > 0) --position_;
    }

private:
    // The bytes of the block that holds position_, from there on; empty at the end.
    [[nodiscard]] ByteView ahead();

    const InputFile& file_;
    qpdf_offset_t size_;
    qpdf_offset_t position_ = 0;
    std::string name_ = "letter";
    Bytes block_;
    qpdf_offset_t block_start_ = 0;
};

} // namespace acredita::letter
