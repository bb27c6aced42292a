// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// p11-kit: a module file (pkcs11.conf(5)). GNOME, GnuTLS, ssh and others load what such files name.
#include "tools/register/file.hpp"
#include "tools/register/places.hpp"

#include <algorithm>
#include <map>
#include <sstream>

namespace acredita::registration {
namespace {

// Browsers get the module from their own list; through p11-kit they would load it once more.
constexpr const char* browsers = "firefox, firefox-esr, firefox-bin, thunderbird, thunderbird-bin, chromium, "
                                 "chrome, google-chrome, brave, msedge, opera, vivaldi-bin";
constexpr const char* packaged_folder = "/usr/share/p11-kit/modules";
constexpr const char* machine_folder = "/etc/pkcs11/modules";
constexpr const char* file_name = "acredita.module";

std::string content_for(const std::filesystem::path& module) {
    return "# Written by `acredita register`, taken away by `acredita unregister`. See pkcs11.conf(5).\n"
           "module: " +
           module.string() + "\ncritical: no\ntrust-policy: no\ndisable-in: " + browsers + "\n";
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

// The module a file names; empty: none.
std::string module_in(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto colon = line.find(':');
        if (colon != std::string::npos && line.front() != '#' && trimmed(line.substr(0, colon)) == "module")
            return trimmed(line.substr(colon + 1));
    }
    return {};
}

// What p11-kit would load: a file of the machine's or the person's folder hides the packaged one of the same
// name.
std::map<std::string, std::pair<std::filesystem::path, std::string>> files_of(const Site& site) {
    std::map<std::string, std::pair<std::filesystem::path, std::string>> found;
    std::vector<std::filesystem::path> folders{packaged_folder, machine_folder};
    if (!site.system()) folders.push_back(site.home / ".config/pkcs11/modules");
    for (const auto& folder : folders) {
        std::error_code error;
        std::filesystem::directory_iterator files(site.at(folder), error), end;
        for (; !error && files != end; files.increment(error)) {
            const auto name = files->path().filename();
            if (name.extension() != ".module" || found.size() > 200) continue;
            const auto text = read_file(site, folder / name);
            if (text && *text) found[name] = {folder / name, module_in(**text)};
        }
    }
    return found;
}

class P11KitModule final : public Place {
public:
    P11KitModule(const Site& site, const std::filesystem::path& folder, const What& what)
        : Place(Kind::p11_kit, site, folder / file_name, what.module) {}

    Result<State> look() const override {
        ACREDITA_TRY(text, read_file(site(), file()));
        bool here = false;
        for (const auto& [name, said] : files_of(site())) {
            if (!is_ours(said.second) || said.first == file()) continue;
            if (said.second == module()) here = true;
        }
        if (!text) return here ? State::covered : State::absent;
        if (here) return State::amiss;
        return *text == content_for(module()) ? State::present : State::amiss;
    }

    Result<void> add() const override {
        ACREDITA_TRY(elsewhere, served_elsewhere());
        if (elsewhere) return remove_file(site(), file());
        return replace_file(site(), file(), content_for(module()));
    }
    Result<void> remove() const override { return remove_file(site(), file()); }

    std::vector<Error> faults() const override {
        std::vector<Error> found;
        const auto say = [&](register_errc code, const std::string& more) {
            found.push_back(fail(code, more).value());
        };
        if (const auto own = read_file(site(), file()); !own) return {own.error()};
        int ours = 0;
        for (const auto& [name, said] : files_of(site())) {
            const auto& [path, library] = said;
            if (is_opensc(library)) say(register_errc::other_module, path.string());
            if (!is_ours(library)) continue;
            if (++ours == 2) say(register_errc::twice, path.string());
            if (library != module()) say(register_errc::stale, path.string() + ": " + library);
        }
        if (ours == 0) say(register_errc::not_registered, file().string());
        return found;
    }

private:
    Result<bool> served_elsewhere() const {
        for (const auto& [name, said] : files_of(site()))
            if (said.first != file() && said.second == module()) return true;
        return false;
    }
};

} // namespace

Places p11_kit_module(const Site& site, const What& what) {
    Places places;
    places.push_back(std::make_unique<P11KitModule>(
        site, site.system() ? std::filesystem::path(machine_folder) : site.home / ".config/pkcs11/modules",
        what));
    return places;
}

} // namespace acredita::registration
