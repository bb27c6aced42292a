// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/register/nss_place.hpp"

#include "tools/register/file.hpp"
#include "tools/register/folder.hpp"
#include "tools/register/tool.hpp"

#include <algorithm>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

namespace acredita::registration {
namespace {

// Firefox holds this lock for as long as it uses the profile.
bool in_use(const Site& site, const std::filesystem::path& profile) {
    const Descriptor lock(
        ::open(site.at(profile / ".parentlock").c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!lock) return false;
    struct flock asked = {};
    asked.l_type = F_WRLCK;
    asked.l_whence = SEEK_SET;
    return ::fcntl(lock.get(), F_GETLK, &asked) == 0 && asked.l_type != F_UNLCK;
}

bool ours(const Device& module) { return module.name == module_name || is_ours(module.library); }

} // namespace

std::optional<std::vector<Device>> modules_in(std::string_view text) {
    std::vector<Device> found;
    bool blocks = false;
    Device one;
    const auto finish = [&] {
        if (!one.library.empty()) found.push_back(one);
        one = {};
    };
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.find('\0') != std::string_view::npos) return std::nullopt;
        if (line.empty()) finish();
        if (line.starts_with("library=")) {
            blocks = true;
            one.library = std::string(line.substr(8));
        }
        if (line.starts_with("name=")) one.name = line.substr(5);
    }
    finish();
    if (!blocks) return std::nullopt;
    return found;
}

Result<std::vector<Device>> NssPlace::modules() const {
    ACREDITA_TRY(text, read_file(site(), file()));
    if (!text || text->find_first_not_of(" \r\n") == std::string::npos) return std::vector<Device>();
    auto found = modules_in(*text);
    if (!found) return fail(register_errc::damaged, file().string());
    return *std::move(found);
}

Result<State> NssPlace::look() const {
    ACREDITA_TRY(all, modules());
    const auto count = std::count_if(all.begin(), all.end(), ours);
    if (count == 0) return options_.covered ? State::covered : State::absent;
    const auto right = std::any_of(all.begin(), all.end(), [this](const Device& one) {
        return one.name == module_name && one.library == module();
    });
    return count == 1 && right ? State::present : State::amiss;
}

Result<void> NssPlace::may_change() const {
    // NSS makes files of its own beside; as root in a person's home they would belong to root for ever.
    if (::geteuid() != site().owner) return fail(register_errc::foreign_owner, file().string());
    if (options_.profile && in_use(site(), file().parent_path()))
        return fail(register_errc::browser_open, file().parent_path().string());
    ACREDITA_CHECK(make_folder(site(), file().parent_path()));
    return keep_copy(site(), file());
}

Result<void> NssPlace::make() const {
    ACREDITA_TRY(certificates, read_file(site(), file().parent_path() / "cert9.db"));
    ACREDITA_TRY(list, read_file(site(), file()));
    if (certificates || list) return {};
    return run_tool(certutil,
                    {"-N", "-d", "sql:" + site().at(file().parent_path()).string(), "--empty-password"},
                    site().at(site().home));
}

Result<void> NssPlace::modutil_says(std::vector<std::string> arguments) const {
    std::vector<std::string> words{"-force", "-dbdir", "sql:" + site().at(file().parent_path()).string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return run_tool(modutil, words, site().at(site().home));
}

Result<void> NssPlace::forget(const std::vector<Device>& those) const {
    for (const auto& one : those) ACREDITA_CHECK(modutil_says({"-delete", one.name}));
    return {};
}

Result<void> NssPlace::add() const {
    ACREDITA_CHECK(may_change());
    ACREDITA_CHECK(make());
    ACREDITA_TRY(all, modules());
    std::vector<Device> old;
    std::copy_if(all.begin(), all.end(), std::back_inserter(old), ours);
    ACREDITA_CHECK(forget(old));
    ACREDITA_CHECK(modutil_says({"-add", module_name, "-libfile", module().string()}));
    ACREDITA_TRY(now, look());
    if (now != State::present) return fail(register_errc::tool_failed, "modutil: " + file().string());
    return {};
}

Result<void> NssPlace::remove() const {
    ACREDITA_CHECK(may_change());
    ACREDITA_TRY(all, modules());
    std::vector<Device> old;
    std::copy_if(all.begin(), all.end(), std::back_inserter(old), ours);
    return forget(old);
}

Result<void> NssPlace::remove_others() const {
    ACREDITA_TRY(all, modules());
    std::vector<Device> others;
    std::copy_if(all.begin(), all.end(), std::back_inserter(others),
                 [](const Device& one) { return is_opensc(one.library); });
    if (others.empty()) return {};
    ACREDITA_CHECK(may_change());
    return forget(others);
}

std::vector<Error> NssPlace::faults() const {
    const auto all = modules();
    if (!all) return {all.error()};
    std::vector<Error> found;
    const auto say = [&](register_errc code, const std::string& more = {}) {
        found.push_back(fail(code, file().string() + (more.empty() ? "" : ": " + more)).value());
    };
    int count = 0;
    for (const auto& one : *all) {
        if (is_opensc(one.library)) say(register_errc::other_module, one.name);
        if (!ours(one)) continue;
        if (++count == 2) say(register_errc::twice);
        if (one.library != module()) say(register_errc::stale, one.library.string());
    }
    if (count == 0 && !options_.covered) say(register_errc::not_registered);
    return found;
}

} // namespace acredita::registration
