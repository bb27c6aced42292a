// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/register/p11_kit_files.hpp"

#include "tools/register/file.hpp"

#include <map>
#include <sstream>

namespace acredita::registration {
namespace {

constexpr std::size_t most_files = 200;

using Keys = std::map<std::string, std::string>;

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

Keys keys_in(const std::string& text) {
    Keys keys;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto colon = line.find(':');
        if (colon != std::string::npos && line.front() != '#')
            keys[trimmed(line.substr(0, colon))] = trimmed(line.substr(colon + 1));
    }
    return keys;
}

struct Merged {
    Keys keys;
    std::filesystem::path file;
};

void merge(const Site& site, const std::filesystem::path& folder, std::map<std::string, Merged>& all) {
    std::error_code error;
    std::filesystem::directory_iterator files(site.at(folder), error), end;
    for (; !error && files != end && all.size() < most_files; files.increment(error)) {
        const auto name = files->path().filename();
        if (name.extension() != ".module" || name.string().front() == '.') continue;
        const auto text = read_file(site, folder / name);
        if (!text || !*text) continue;
        auto& merged = all[name];
        for (auto& [key, value] : keys_in(**text)) {
            if (key == "module") merged.file = folder / name;
            merged.keys[key] = value;
        }
    }
}

} // namespace

std::filesystem::path p11_kit_folder(const Site& site) {
    return site.system() ? std::filesystem::path("/etc/pkcs11/modules")
                         : site.home / ".config/pkcs11/modules";
}

std::vector<P11KitFile> p11_kit_files(const Site& site) {
    std::map<std::string, Merged> all;
    merge(site, "/usr/share/p11-kit/modules", all);
    merge(site, p11_kit_folder(site.machine()), all);
    if (!site.system()) merge(site, p11_kit_folder(site), all);
    std::vector<P11KitFile> found;
    for (const auto& [name, merged] : all) {
        const auto module = merged.keys.find("module");
        if (module == merged.keys.end() || module->second.empty()) continue;
        const auto enabled = merged.keys.find("enable-in");
        found.push_back(
            {name, merged.file, module->second, enabled == merged.keys.end() || !enabled->second.empty()});
    }
    return found;
}

} // namespace acredita::registration
