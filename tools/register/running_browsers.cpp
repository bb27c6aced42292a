// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/register/browser.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>

#include <sys/stat.h>
#include <unistd.h>

namespace acredita::registration {
namespace {

struct Browser {
    const char* process; // as /proc/PID/comm has it
    Kind reads;
};
constexpr Browser known[] = {
    {"firefox", Kind::firefox}, {"firefox-esr", Kind::firefox}, {"firefox-bin", Kind::firefox},
    {"chromium", Kind::nss},    {"chrome", Kind::nss},          {"brave", Kind::nss},
    {"msedge", Kind::nss},      {"opera", Kind::nss},           {"vivaldi-bin", Kind::nss}};

struct Process {
    long pid = 0;
    long parent = 0;
    std::string name;
    double started = 0; // seconds since 1970
    Kind reads = Kind::firefox;
};

std::string first_line(const std::filesystem::path& file) {
    std::ifstream text(file);
    std::string line;
    std::getline(text, line);
    return line;
}

double boot_time(const std::filesystem::path& proc) {
    std::ifstream lines(proc / "stat");
    for (std::string word; lines >> word;)
        if (double seconds = 0; word == "btime" && lines >> seconds) return seconds;
    return 0;
}

// proc_pid_stat(5): after the name in parentheses, field 4 is the parent and field 22 the start in clock
// ticks.
std::optional<Process> process_at(const std::filesystem::path& folder, double booted) {
    Process process;
    process.name = first_line(folder / "comm");
    const auto* browser = std::find_if(std::begin(known), std::end(known),
                                       [&](const Browser& one) { return process.name == one.process; });
    if (browser == std::end(known)) return std::nullopt;
    process.reads = browser->reads;
    const auto line = first_line(folder / "stat");
    const auto name_end = line.rfind(')');
    if (name_end == std::string::npos) return std::nullopt;
    std::istringstream fields(line.substr(name_end + 1));
    std::string skipped;
    double ticks = 0;
    fields >> skipped >> process.parent;
    for (int field = 5; field < 22; ++field) fields >> skipped;
    if (!(fields >> ticks)) return std::nullopt;
    process.started = booted + ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
    return process;
}

bool has_loaded(const std::filesystem::path& folder, const std::filesystem::path& module) {
    std::error_code error; // the kernel names the file itself, not the links that lead to it
    auto real = std::filesystem::canonical(module, error);
    if (error) real = module;
    std::ifstream maps(folder / "maps");
    for (std::string line; std::getline(maps, line);)
        if (line.ends_with(" " + real.string())) return true;
    return false;
}

// When the place was last changed; 0 if it is not there.
double changed(const Place& place) {
    struct stat status = {};
    if (::stat(place.site().at(place.file()).c_str(), &status) != 0) return 0;
    return static_cast<double>(status.st_mtim.tv_sec) + static_cast<double>(status.st_mtim.tv_nsec) / 1e9;
}

std::map<long, Process> browsers_of(const Site& site) {
    std::map<long, Process> found;
    const auto proc = site.at("/proc");
    const auto booted = boot_time(proc);
    std::error_code error;
    std::filesystem::directory_iterator all(proc, error), end;
    for (; !error && all != end; all.increment(error)) {
        const auto name = all->path().filename().string();
        long pid = 0;
        const auto [rest, wrong] = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (wrong != std::errc() || rest != name.data() + name.size()) continue;
        struct stat status = {};
        if (::stat(all->path().c_str(), &status) != 0) continue;
        if (!site.system() && status.st_uid != site.owner) continue;
        if (auto process = process_at(all->path(), booted)) {
            process->pid = pid;
            found[pid] = *std::move(process);
        }
    }
    return found;
}

} // namespace

std::vector<Error> browsers_to_restart(const Site& whose, const Places& places,
                                       const std::filesystem::path& module) {
    std::vector<Error> found;
    const auto processes = browsers_of(whose);
    for (const auto& [pid, process] : processes) {
        if (processes.contains(process.parent)) continue; // a browser's helper
        const auto wants = [&, &started = process](const auto& place) {
            const auto state = place->look();
            return place->kind() == started.reads && state && *state == State::present &&
                   started.started < changed(*place);
        };
        if (std::any_of(places.begin(), places.end(), wants) &&
            !has_loaded(whose.at("/proc") / std::to_string(pid), module))
            found.push_back(
                fail(register_errc::restart_needed, process.name + " (" + std::to_string(pid) + ")").value());
    }
    return found;
}

} // namespace acredita::registration
