// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/portals/known.hpp"

#include "pcsc/base/trusted_file.hpp"
#include "tools/letter/document/plain_text.hpp"

#include <algorithm>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace acredita::portals {

namespace {

constexpr std::size_t most_files = 50;

struct CloseFolder {
    void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

std::vector<std::string> files_in(DIR& folder) {
    std::vector<std::string> names;
    while (const auto* entry = ::readdir(&folder)) {
        const std::string_view name = entry->d_name;
        if (!name.starts_with('.') && name.ends_with(".toml")) names.emplace_back(name);
        if (names.size() > most_files) break;
    }
    std::sort(names.begin(), names.end());
    return names;
}

class Reading {
public:
    explicit Reading(uid_t owner) : owner_(owner) {}

    void shipped(const std::filesystem::path& path) {
        const Folder folder(::opendir(path.c_str()));
        if (!folder) return;
        for (const auto& name : files_in(*folder)) {
            const auto text = letter::read_words(path / name);
            keep(text ? parse_portal(*text, stem(name), (path / name).string())
                      : Result<Portal>(fail(portals_errc::bad_file, (path / name).string())),
                 stem(name));
        }
    }
    void own(const std::filesystem::path& path) {
        const auto around = open(AT_FDCWD, path.parent_path(), path.parent_path());
        const auto folder = around ? open(::dirfd(around.get()), path.filename(), path) : nullptr;
        if (!folder) return;
        const auto names = files_in(*folder);
        if (names.size() > most_files)
            return refuse(path, "more than " + std::to_string(most_files) + " files");
        for (const auto& name : names) own_file(*folder, name, (path / name).string());
    }
    [[nodiscard]] KnownPortals take() {
        std::ranges::sort(known_.all, {}, &Portal::id);
        return std::move(known_);
    }

private:
    static std::string stem(const std::string& name) { return name.substr(0, name.size() - 5); }

    [[nodiscard]] Folder open(int in, const std::string& name, const std::filesystem::path& path) {
        const auto opened = open_trusted_folder(in, name.c_str(), owner_);
        if (!opened.trouble.empty()) refuse(path, opened.trouble);
        if (opened.descriptor < 0) return nullptr;
        Folder folder(::fdopendir(opened.descriptor));
        if (!folder) ::close(opened.descriptor);
        return folder;
    }
    void refuse(const std::filesystem::path& folder, const std::string& why) {
        known_.mistakes.push_back({{}, fail(portals_errc::bad_file, folder.string() + ": " + why).value()});
    }
    void own_file(DIR& folder, const std::string& name, const std::string& path) {
        const auto bad = [&](const std::string& why) {
            return Result<Portal>(fail(portals_errc::bad_file, path + ": " + why));
        };
        const auto id = stem(name);
        if (!is_portal_id(id)) return keep(bad("name of the file: a-z, 0-9 and hyphens, at most 40"), id);
        const auto read = read_trusted(::dirfd(&folder), name.c_str(), owner_, longest_file, Links::refuse);
        if (!read.text) {
            if (!read.trouble.empty()) keep(bad(read.trouble), id);
            return;
        }
        auto portal = parse_portal(*read.text, id, path);
        if (portal) portal->own = true;
        keep(std::move(portal), id);
    }
    void keep(Result<Portal> portal, const std::string& id) {
        std::erase_if(known_.all, [&](const Portal& one) { return one.id == id; });
        if (portal)
            known_.all.push_back(std::move(*portal));
        else
            known_.mistakes.push_back({id, std::move(portal).error()});
    }

    uid_t owner_;
    KnownPortals known_{};
};

} // namespace

Result<Portal> KnownPortals::find(std::string_view id) const {
    for (const auto& one : mistakes)
        if (one.portal.empty() || one.portal == id) return fail(Error(one.error));
    const auto found = std::ranges::find(all, id, &Portal::id);
    if (found != all.end()) return *found;
    std::string names;
    for (const auto& one : all) names += (names.empty() ? "" : ", ") + one.id;
    return fail(portals_errc::unknown, std::string(id.substr(0, 40)) + " (" + names + ")");
}

KnownPortals known_portals(const std::filesystem::path& shipped, const std::filesystem::path& own,
                           uid_t owner) {
    Reading reading(owner);
    reading.shipped(shipped);
    reading.own(own);
    return reading.take();
}

} // namespace acredita::portals
