// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/support/practice.hpp"

#include "tests/support/mismatched_backup.hpp"
#include "tools/practice/places.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>

#include <sys/wait.h>
#include <unistd.h>

namespace acredita::test {

namespace {

constexpr const char* sample_passphrase = "Práctica 2026 ñ";

template <class T>
T value_or_throw(Result<T> result) {
    if (!result) throw std::runtime_error(describe(result.error()));
    return std::move(*result);
}

struct Scratch {
    std::filesystem::path path;
    pid_t owner = ::getpid();
    Scratch() {
        std::string name = "/tmp/acredita-test-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch directory");
        path = name;
    }
    ~Scratch() {
        std::error_code ignored;
        if (::getpid() == owner) std::filesystem::remove_all(path, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
};

std::filesystem::path socket_link() { return scratch() / "pcscd.comm"; }

Backup made_backup(const std::string& variant) {
    const auto directory = scratch() / ("backup-" + variant);
    std::filesystem::create_directories(directory);
    const auto given = directory / "given";
    std::ofstream(given) << sample_passphrase << '\n';
    const auto made = run("sh '" + practice::places::sample_backup().string() + "' '" + directory.string() +
                          "' " + (variant == "mismatch" ? "rsa" : variant) + " < '" + given.string() + "'");
    if (made.code != 0) throw std::runtime_error("no sample backup: " + made.output);
    Backup result{directory / "backup.p12", directory / "certificate.pem", directory / "issuer.pem",
                  directory / "root.pem", sample_passphrase};
    if (variant == "mismatch") write_mismatched_backup(result.certificate, result.file, result.passphrase);
    return result;
}

} // namespace

std::filesystem::path scratch() {
    static const Scratch directory;
    return directory.path;
}

practice::Options practice_options(const std::vector<std::string>& cards) {
    practice::Options options;
    for (const auto& card : cards) options.cards.push_back(value_or_throw(practice::parse_card(card)));
    return options;
}

Practice::Practice(const std::vector<std::string>& cards) : Practice(practice_options(cards)) {}

// libpcsclite reads PCSCLITE_CSOCK_NAME once in a process. So all sessions of a process have one name, which
// is a link to the socket of the one that runs.
Practice::Practice(const practice::Options& options)
    : session_(value_or_throw(practice::Session::start(options))) {
    for (const auto& [name, value] : session_->environment()) {
        const char* old = std::getenv(name.c_str());
        before_.emplace_back(name, old != nullptr ? old : "");
    }
    session_->enter();
    std::filesystem::remove(socket_link());
    std::filesystem::create_symlink(session_->socket(), socket_link());
    ::setenv("PCSCLITE_CSOCK_NAME", socket_link().c_str(), 1);
    // Cards of the same serial number are on other machines' desks, and in other tests that run now.
    const auto cache = scratch() / "cache";
    std::filesystem::create_directories(cache);
    ::setenv("XDG_CACHE_HOME", cache.c_str(), 1);
}

Practice::~Practice() {
    std::error_code ignored;
    std::filesystem::remove(socket_link(), ignored);
    for (const auto& [name, value] : before_)
        value.empty() ? ::unsetenv(name.c_str()) : ::setenv(name.c_str(), value.c_str(), 1);
}

std::uint64_t Practice::take_exchanges() const {
    const auto count = value_or_throw(session_->exchanges(0));
    if (const auto reset = session_->reset_exchanges(0); !reset)
        throw std::runtime_error(describe(reset.error()));
    return count;
}

const Backup& backup(const std::string& variant) {
    static std::map<std::string, Backup> made;
    const auto found = made.find(variant);
    return found != made.end() ? found->second : made.emplace(variant, made_backup(variant)).first->second;
}

Ran run(const std::string& shell_command) {
    Ran ran;
    const std::string both = "{ " + shell_command + "\n} 2>&1";
    FILE* pipe = ::popen(both.c_str(), "re");
    if (pipe == nullptr) throw std::runtime_error("no shell");
    std::array<char, 4096> part{};
    for (std::size_t size = 0; (size = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
        ran.output.append(part.data(), size);
    const int status = ::pclose(pipe);
    ran.code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return ran;
}

} // namespace acredita::test
