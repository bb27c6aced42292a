// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Firefox, for everybody on the machine: the enterprise policies.
#include "tools/register/file.hpp"
#include "tools/register/places.hpp"
#include "tools/register/policies.hpp"

#include <algorithm>

namespace acredita::registration {
namespace {

class FirefoxPolicies final : public Place {
public:
    FirefoxPolicies(const Site& site, std::filesystem::path file, const What& what)
        : Place(Kind::firefox, site, std::move(file), what.module) {}

    Result<State> look() const override {
        ACREDITA_TRY(policies, read());
        if (policies.has(module())) return State::present;
        return policies.names_us() ? State::amiss : State::absent;
    }

    Result<void> add() const override {
        ACREDITA_TRY(policies, read());
        policies.add(module());
        return write(policies);
    }

    Result<void> remove() const override {
        ACREDITA_TRY(policies, read());
        policies.remove();
        return write(policies);
    }

    Result<void> remove_others() const override {
        ACREDITA_TRY(policies, read());
        const auto before = policies.text();
        for (const auto& [name, library] : policies.added())
            if (is_opensc(library)) policies.remove(name);
        if (policies.text() == before) return {};
        return write(policies);
    }

    std::vector<Error> faults() const override {
        const auto policies = read();
        if (!policies) return {policies.error()};
        std::vector<Error> found;
        const auto say = [&](register_errc code, const std::string& more = {}) {
            found.push_back(fail(code, file().string() + (more.empty() ? "" : ": " + more)).value());
        };
        int ours = 0;
        for (const auto& [name, library] : policies->added()) {
            if (is_opensc(library)) say(register_errc::other_module, name);
            if (name != module_name && !is_ours(library)) continue;
            if (++ours == 2) say(register_errc::twice);
            if (library != module()) say(register_errc::stale, library.string());
        }
        const auto gone = policies->deleted();
        if (std::find(gone.begin(), gone.end(), module_name) != gone.end())
            say(register_errc::not_allowed);
        else if (ours == 0)
            say(register_errc::not_registered);
        return found;
    }

private:
    Result<Policies> read() const {
        ACREDITA_TRY(text, read_file(site(), file()));
        return Policies::parse(text ? *text : "{}", file());
    }
    Result<void> write(const Policies& policies) const {
        ACREDITA_CHECK(keep_copy(site(), file()));
        return replace_file(site(), file(), policies.text());
    }
};

// Where Debian, Ubuntu and Mozilla's own packages put Firefox.
constexpr const char* installations[] = {"/usr/lib/firefox-esr", "/usr/lib/firefox", "/usr/lib64/firefox",
                                         "/opt/firefox"};
constexpr const char* machine_policies = "/etc/firefox/policies/policies.json";

bool exists(const Site& site, const std::filesystem::path& file) {
    std::error_code error;
    const auto status = std::filesystem::symlink_status(site.at(file), error);
    return status.type() != std::filesystem::file_type::not_found;
}

} // namespace

Places firefox_policies(const Site& site, const What& what) {
    std::vector<std::filesystem::path> files;
    if (!exists(site, machine_policies)) {
        bool any = false;
        for (const std::filesystem::path installation : installations) {
            if (!exists(site, installation)) continue;
            files.push_back(installation / "distribution" / "policies.json");
            any = any || exists(site, files.back());
        }
        if (!any) files.clear();
    }
    if (files.empty()) files.emplace_back(machine_policies);
    Places places;
    for (auto& file : files) places.push_back(std::make_unique<FirefoxPolicies>(site, std::move(file), what));
    return places;
}

} // namespace acredita::registration
