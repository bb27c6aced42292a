// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/files/file_tree.hpp"

#include <optional>

namespace acredita::practice::files {

namespace {

constexpr std::uint16_t master_file = 0x3F00;

std::optional<Path> identifiers(ByteView data) {
    if (data.size() % 2 != 0) return std::nullopt;
    Path path;
    for (std::size_t i = 0; i < data.size(); i += 2)
        path.push_back(static_cast<std::uint16_t>(data[i] << 8 | data[i + 1]));
    return path;
}

} // namespace

void FileTree::add_directory(const Path& path) {
    for (std::size_t depth = 1; depth <= path.size(); ++depth)
        files_.try_emplace(Path(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(depth)),
                           File{true, {}});
}

void FileTree::add(const Path& path, Bytes content) {
    add_directory(Path(path.begin(), path.end() - 1));
    files_[path] = File{false, std::move(content)};
}

void FileTree::clear() {
    files_ = {{Path{}, File{true, {}}}};
    selected_.clear();
}

void FileTree::reset() { selected_.clear(); }

Path FileTree::directory() const {
    if (file().directory) return selected_;
    return {selected_.begin(), selected_.end() - 1};
}

const File* FileTree::elementary() const { return file().directory ? nullptr : &file(); }

bool FileTree::go(const Path& path) {
    if (!files_.contains(path)) return false;
    selected_ = path;
    return true;
}

// Children first, then the folder's own neighbours and parent, as 7.1.1 lists them.
bool FileTree::go_by_identifier(std::uint16_t identifier) {
    if (identifier == master_file) return go({});
    auto path = directory();
    path.push_back(identifier);
    if (go(path)) return true;
    if (path.size() < 2) return false;
    path.erase(path.end() - 2);
    return go(path);
}

bool FileTree::select(std::uint8_t p1, ByteView data) {
    const auto path = identifiers(data);
    if (!path) return false;
    auto from = directory();
    switch (p1) {
    case 0x00:
        if (path->empty()) return go({});
        return path->size() == 1 && go_by_identifier(path->front());
    case 0x01:
    case 0x02:
        if (path->size() != 1) return false;
        from.push_back(path->front());
        return files_.contains(from) && files_.at(from).directory == (p1 == 0x01) && go(from);
    case 0x03:
        return !from.empty() && go({from.begin(), from.end() - 1});
    case 0x08:
        return go(*path);
    case 0x09:
        from.insert(from.end(), path->begin(), path->end());
        return go(from);
    default:
        return false;
    }
}

} // namespace acredita::practice::files
