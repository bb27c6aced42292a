// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// p11-kit: a module file (pkcs11.conf(5)). GNOME, GnuTLS, ssh and others load what such files name.
#include "tools/register/file.hpp"
#include "tools/register/p11_kit_files.hpp"
#include "tools/register/places.hpp"

#include <algorithm>

namespace acredita::registration {
namespace {

// Browsers get the module from their own list; through p11-kit they would load it once more.
constexpr const char* browsers = "firefox, firefox-esr, firefox-bin, thunderbird, thunderbird-bin, chromium, "
                                 "chrome, google-chrome, brave, msedge, opera, vivaldi-bin";

std::string content_for(const std::filesystem::path& module) {
    return "# Written by `acredita register`, taken away by `acredita unregister`. See pkcs11.conf(5).\n"
           "module: " +
           module.string() + "\ncritical: no\ntrust-policy: no\ndisable-in: " + browsers + "\n";
}

class P11KitModule final : public Place {
public:
    P11KitModule(const Site& site, const What& what)
        : Place(Kind::p11_kit, site, p11_kit_folder(site) / "acredita.module", what.module) {}

    Result<State> look() const override {
        ACREDITA_TRY(text, read_file(site(), file()));
        const bool elsewhere = served_elsewhere();
        if (!text) return elsewhere ? State::covered : State::absent;
        return !elsewhere && *text == content_for(module()) ? State::present : State::amiss;
    }

    Result<void> add() const override {
        if (served_elsewhere()) return remove();
        return replace_file(site(), file(), content_for(module()));
    }
    Result<void> remove() const override { return remove_file(site(), file()); }

    // A file of the same name in our folder wins, key by key: enabled in no program.
    Result<void> remove_others() const override {
        for (const auto& one : p11_kit_files(site())) {
            if (!is_opensc(one.library) || !one.enabled) continue;
            const auto own = file().parent_path() / one.name;
            ACREDITA_TRY(before, read_file(site(), own));
            auto text = before ? *before : "# Written by `acredita doctor browsers --without-opensc`.\n";
            if (!text.empty() && text.back() != '\n') text += '\n';
            ACREDITA_CHECK(replace_file(site(), own, text + "enable-in:\n"));
        }
        return {};
    }

    std::vector<Error> faults() const override {
        if (const auto own = read_file(site(), file()); !own) return {own.error()};
        std::vector<Error> found;
        int ours = 0;
        for (const auto& one : p11_kit_files(site())) {
            const auto say = [&](register_errc code, const std::string& more = {}) {
                found.push_back(fail(code, one.file.string() + (more.empty() ? "" : ": " + more)).value());
            };
            if (!one.enabled) continue;
            if (is_opensc(one.library)) say(register_errc::other_module);
            if (!is_ours(one.library)) continue;
            if (++ours == 2) say(register_errc::twice);
            if (one.library != module()) say(register_errc::stale, one.library.string());
        }
        if (ours == 0) found.push_back(fail(register_errc::not_registered, file().string()).value());
        return found;
    }

private:
    [[nodiscard]] bool served_elsewhere() const {
        const auto files = p11_kit_files(site());
        return std::any_of(files.begin(), files.end(), [this](const P11KitFile& one) {
            return one.file != file() && one.library == module() && one.enabled;
        });
    }
};

} // namespace

Places p11_kit_module(const Site& site, const What& what) {
    Places places;
    places.push_back(std::make_unique<P11KitModule>(site, what));
    return places;
}

} // namespace acredita::registration
