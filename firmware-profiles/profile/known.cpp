// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/known.hpp"

#include "firmware-profiles/profile/match.hpp"
#include "pcsc/base/trusted_file.hpp"

#include <algorithm>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace acredita::profile {

namespace {

constexpr std::size_t most_files = 100;

struct CloseFolder {
    void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

class Reading {
public:
    explicit Reading(uid_t owner) : owner_(owner) {
        const auto built = built_in();
        known_.all.assign(built.begin(), built.end());
    }

    [[nodiscard]] Folder open(const std::filesystem::path& path) {
        const auto around = path.parent_path();
        const auto outer = open_one(AT_FDCWD, around, around);
        return outer ? open_one(::dirfd(outer.get()), path.filename(), path) : nullptr;
    }
    void read(DIR& folder, const std::string& name, const std::string& path) {
        const auto read =
            read_trusted(::dirfd(&folder), name.c_str(), owner_, longest_profile, Links::refuse);
        if (!read.text) {
            if (!read.trouble.empty()) mistake(path, read.trouble);
            return;
        }
        auto checked = check(*read.text, path);
        if (checked.mistakes.empty()) checked.mistakes = check_beside(checked.loaded, known_.all);
        if (checked.mistakes.empty()) {
            known_.all.push_back(checked.loaded.profile);
            known_.own.push_back(std::move(checked.loaded));
        }
        known_.mistakes.insert(known_.mistakes.end(), checked.mistakes.begin(), checked.mistakes.end());
    }
    void mistake(const std::string& path, const std::string& why) {
        known_.mistakes.push_back({profile_errc::unreadable, path, 0, why});
    }
    [[nodiscard]] KnownProfiles take() { return std::move(known_); }

private:
    [[nodiscard]] Folder open_one(int in, const std::string& name, const std::string& path) {
        const auto opened = open_trusted_folder(in, name.c_str(), owner_);
        if (!opened.trouble.empty()) mistake(path, opened.trouble);
        if (opened.descriptor < 0) return nullptr;
        Folder folder(::fdopendir(opened.descriptor));
        if (!folder) ::close(opened.descriptor);
        return folder;
    }

    uid_t owner_;
    KnownProfiles known_{};
};

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

} // namespace

std::vector<Mistake> check_beside(const LoadedProfile& one, std::span<const Profile> others) {
    auto mistakes = check_overlaps({&one, 1}, others);
    std::vector<Profile> all(others.begin(), others.end());
    const auto before = aids_to_probe(all, {}).size();
    all.push_back(one.profile);
    const auto after = aids_to_probe(all, {}).size();
    if (after > before && after > most_applications)
        mistakes.push_back({profile_errc::crowded, one.file, one.match_line, "match.aid"});
    return mistakes;
}

KnownProfiles known_profiles(const std::filesystem::path& folder, uid_t owner) {
    Reading reading(owner);
    if (const auto opened = reading.open(folder)) {
        const auto names = files_in(*opened);
        if (names.size() > most_files)
            reading.mistake(folder, "more than " + std::to_string(most_files) + " files");
        else
            for (const auto& name : names) reading.read(*opened, name, (folder / name).string());
    }
    return reading.take();
}

} // namespace acredita::profile
