// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/append/file_window.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace acredita::letter {

namespace {

constexpr qpdf_offset_t block_size = qpdf_offset_t{16} * 1024;

} // namespace

FileWindow::FileWindow(const InputFile& file, std::uint64_t size)
    : file_(file), size_(static_cast<qpdf_offset_t>(std::min(size, file.size()))) {}

ByteView FileWindow::ahead() {
    if (position_ >= size_) return {};
    const auto start = position_ - position_ % block_size;
    const auto size = static_cast<std::size_t>(std::min(block_size, size_ - start));
    if (block_.size() != size || block_start_ != start) {
        block_.clear();
        auto bytes = file_.read_at(static_cast<std::uint64_t>(start), size);
        if (!bytes) throw ReadFailure(bytes.error());
        block_ = std::move(*bytes);
        block_start_ = start;
    }
    return ByteView(block_).subspan(static_cast<std::size_t>(position_ - start));
}

void FileWindow::seek(qpdf_offset_t offset, int whence) {
    const auto base = whence == SEEK_CUR ? position_ : whence == SEEK_END ? size_ : 0;
    // Written so that no sum can overflow: base is between 0 and size_.
    if (offset < -base) throw std::runtime_error("seek before the beginning");
    position_ = offset > size_ - base ? size_ : base + offset;
}

std::size_t FileWindow::read(char* into, std::size_t length) {
    last_offset = position_;
    std::size_t done = 0;
    while (done < length) {
        const auto bytes = ahead();
        if (bytes.empty()) break;
        const auto now = std::min(bytes.size(), length - done);
        std::memcpy(into + done, bytes.data(), now);
        done += now;
        position_ += static_cast<qpdf_offset_t>(now);
    }
    return done;
}

qpdf_offset_t FileWindow::findAndSkipNextEOL() {
    const auto is_eol = [](std::uint8_t c) { return c == '\r' || c == '\n'; };
    qpdf_offset_t found = size_;
    bool seen = false;
    for (auto bytes = ahead(); !bytes.empty(); bytes = ahead()) {
        const auto hit = seen ? std::find_if_not(bytes.begin(), bytes.end(), is_eol)
                              : std::find_if(bytes.begin(), bytes.end(), is_eol);
        position_ += hit - bytes.begin();
        if (hit == bytes.end()) continue;
        if (seen) return found;
        found = position_;
        seen = true;
    }
    return found;
}

} // namespace acredita::letter
