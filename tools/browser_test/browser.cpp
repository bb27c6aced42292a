// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/browser_test/browser.hpp"

#include "tools/register/tool.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace acredita::browser_test {

namespace {

constexpr int patience_ms = 5000;

// What a Firefox asks or tells at its first start, and what it fetches from elsewhere, is of no use here. The
// one certificate that fits is taken without a question, so that the PIN is all that is asked.
constexpr std::string_view firefox_preferences =
    R"(user_pref("security.default_personal_cert", "Select Automatically");
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("browser.newtabpage.enabled", false);
user_pref("browser.warnOnQuitShortcut", false);
user_pref("browser.sessionstore.resume_from_crash", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.healthreport.uploadEnabled", false);
user_pref("termsofuse.bypassNotification", true);
user_pref("app.normandy.enabled", false);
user_pref("app.update.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("extensions.getAddons.cache.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.search.update", false);
user_pref("browser.region.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.trr.mode", 5);
user_pref("services.settings.server", "data:,");
user_pref("dom.push.connection.enabled", false);
)";

std::string home() {
    const char* set = std::getenv("HOME");
    return set != nullptr ? set : "/";
}

Result<std::filesystem::path> find(Kind kind) {
    const std::vector<const char*> names =
        kind == Kind::firefox
            ? std::vector{"firefox-esr", "firefox"}
            : std::vector{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome"};
    const char* path = std::getenv("PATH");
    for (const char* name : names) {
        std::istringstream folders(path != nullptr ? path : "/usr/bin");
        for (std::string folder; std::getline(folders, folder, ':');) {
            if (!folder.starts_with('/')) continue;
            const auto file = folder + "/" + name;
            if (::access(file.c_str(), X_OK) == 0) return std::filesystem::path(file);
        }
    }
    return fail(browser_errc::browser_not_found, std::string(name_of(kind)));
}

Result<std::filesystem::path> make_folder() {
    const char* set = std::getenv("TMPDIR");
    std::string name = std::string(set != nullptr && *set == '/' ? set : "/tmp") + "/acredita-browser-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr)
        return fail(browser_errc::browser_not_started, name + ", " + std::strerror(errno));
    return std::filesystem::path(name);
}

Result<void> write(const std::filesystem::path& file, std::string_view text) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (!out.flush()) return fail(browser_errc::browser_not_started, file.string());
    return {};
}

Result<void> fill_firefox_profile(const std::filesystem::path& profile, const Identity& identity) {
    ACREDITA_TRY(pem, identity.authority_pem());
    const auto authority = profile / "authority.pem";
    ACREDITA_CHECK(write(authority, pem));
    ACREDITA_CHECK(write(profile / "user.js", firefox_preferences));
    const auto database = "sql:" + profile.string();
    ACREDITA_CHECK(
        registration::run_tool(registration::certutil, {"-N", "-d", database, "--empty-password"}, home()));
    return registration::run_tool(
        registration::certutil,
        {"-A", "-d", database, "-n", "Acredita browser test", "-t", "C,,", "-i", authority.string()}, home());
}

Result<std::vector<std::string>> command_for(Kind kind, const std::filesystem::path& profile,
                                             const std::string& url, const Identity& identity) {
    ACREDITA_TRY(program, find(kind));
    if (kind == Kind::firefox) {
        ACREDITA_CHECK(fill_firefox_profile(profile, identity));
        return std::vector<std::string>{program.string(), "--no-remote", "--new-instance",
                                        "--profile",      profile,       url};
    }
    ACREDITA_TRY(pin, identity.key_pin());
    std::vector<std::string> command{program.string(),
                                     "--user-data-dir=" + profile.string(),
                                     "--ignore-certificate-errors-spki-list=" + pin,
                                     "--no-first-run",
                                     "--no-default-browser-check",
                                     "--password-store=basic",
                                     "--disable-background-networking",
                                     "--disable-component-update",
                                     "--disable-sync",
                                     "--disable-quic"};
    // Chromium's sandbox refuses to run as root.
    if (::geteuid() == 0) command.emplace_back("--no-sandbox");
    command.push_back(url);
    return command;
}

class SpawnSettings {
public:
    SpawnSettings() {
        ::posix_spawnattr_init(&attributes_);
        ::posix_spawn_file_actions_init(&files_);
        sigset_t none;
        sigset_t usual;
        ::sigemptyset(&none);
        ::sigemptyset(&usual);
        for (const int one : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) ::sigaddset(&usual, one);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setsigdefault(&attributes_, &usual);
        ::posix_spawnattr_setpgroup(&attributes_, 0);
        ::posix_spawnattr_setflags(
            &attributes_,
            static_cast<short>(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
        for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            ::posix_spawn_file_actions_addopen(&files_, fd, "/dev/null", O_RDWR, 0);
    }
    ~SpawnSettings() {
        ::posix_spawnattr_destroy(&attributes_);
        ::posix_spawn_file_actions_destroy(&files_);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }
    [[nodiscard]] const posix_spawn_file_actions_t* files() const { return &files_; }

private:
    posix_spawnattr_t attributes_{};
    posix_spawn_file_actions_t files_{};
};

} // namespace

std::string_view name_of(Kind kind) noexcept { return kind == Kind::firefox ? "Firefox" : "Chromium"; }

Result<Browser> Browser::start(Kind kind, const std::string& url, const Identity& identity) {
    ACREDITA_TRY(folder, make_folder());
    Browser browser(folder);
    ACREDITA_TRY(command, command_for(kind, folder, url, identity));
    ACREDITA_CHECK(browser.run(command));
    return browser;
}

Browser::Browser(Browser&& other) noexcept
    : profile_(std::exchange(other.profile_, {})), group_(std::exchange(other.group_, -1)),
      process_(std::move(other.process_)) {}

Result<void> Browser::run(const std::vector<std::string>& command) {
    std::vector<char*> arguments;
    for (const auto& one : command) arguments.push_back(const_cast<char*>(one.c_str()));
    arguments.push_back(nullptr);
    const SpawnSettings settings;
    const int error = ::posix_spawn(&group_, arguments[0], settings.files(), settings.attributes(),
                                    arguments.data(), ::environ);
    if (error != 0) {
        group_ = -1;
        return fail(browser_errc::browser_not_started, command[0] + ", " + std::strerror(error));
    }
    process_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, group_, 0)));
    if (!process_.open()) return fail(browser_errc::browser_not_started, std::strerror(errno));
    return {};
}

bool Browser::over() const {
    pollfd now{process_.get(), POLLIN, 0};
    return ::poll(&now, 1, 0) > 0;
}

// Left as a zombie until the end, so that its group cannot become somebody else's.
int Browser::exit_code() const {
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(group_), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR)
        continue;
    return info.si_code == CLD_EXITED ? info.si_status : 128 + info.si_status;
}

Browser::~Browser() {
    if (group_ > 0) {
        ::kill(-group_, SIGTERM);
        pollfd wait{process_.get(), POLLIN, 0};
        ::poll(&wait, 1, patience_ms);
        ::kill(-group_, SIGKILL); // its helpers too
        while (::waitpid(group_, nullptr, 0) < 0 && errno == EINTR) continue;
    }
    std::error_code ignored;
    if (!profile_.empty()) std::filesystem::remove_all(profile_, ignored);
}

} // namespace acredita::browser_test
