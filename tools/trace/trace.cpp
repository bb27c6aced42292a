// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/trace/trace.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace acredita::trace {

namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (auto& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

// Ours with the library first among what is preloaded already.
std::vector<std::string> environment(const std::string& file, const std::string& library) {
    std::vector<std::string> all;
    std::string preload = "LD_PRELOAD=" + library;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        if (text.starts_with("LD_PRELOAD="))
            (preload += ':') += text.substr(text.find('=') + 1);
        else if (!text.starts_with("ACREDITA_TRACE="))
            all.emplace_back(text);
    }
    all.push_back(std::move(preload));
    all.push_back("ACREDITA_TRACE=" + file);
    return all;
}

} // namespace

Result<std::filesystem::path> find_library() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) return fail(trace_errc::no_library, error.message());
    const auto folder = program.parent_path();
    for (const auto* place : {"../" ACREDITA_TRACE_LIBDIR, "../trace", "../../../tools/trace", "."}) {
        auto candidate = folder / place / "libacredita-trace.so";
        if (std::filesystem::is_regular_file(candidate, error)) return candidate.lexically_normal();
    }
    return fail(trace_errc::no_library, folder.string());
}

Result<int> run(const std::filesystem::path& file, const std::vector<std::string>& argv,
                const std::filesystem::path& library) {
    if (argv.empty()) return fail(trace_errc::not_started, "no program named");
    if (access(library.c_str(), R_OK) != 0) return fail(trace_errc::no_library, library.string());
    const int made = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (made < 0) return fail(trace_errc::file_unusable, std::strerror(errno));
    close(made);
    // The program may change its working directory; the names must not depend on it.
    auto variables =
        environment(std::filesystem::absolute(file).string(), std::filesystem::absolute(library).string());
    auto arguments = argv;
    pid_t child = 0;
    const int error = posix_spawnp(&child, argv.front().c_str(), nullptr, nullptr, pointers(arguments).data(),
                                   pointers(variables).data());
    if (error != 0) return fail(trace_errc::not_started, std::strerror(error));
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return fail(trace_errc::not_started, std::strerror(errno));
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace acredita::trace
