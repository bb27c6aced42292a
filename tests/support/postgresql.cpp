// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/support/postgresql.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <fcntl.h>
#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

namespace acredita::test {
namespace {

namespace fs = std::filesystem;

std::string programs() {
    std::vector<std::string> found;
    std::error_code absent;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", absent))
        if (fs::exists(version.path() / "bin" / "initdb")) found.push_back(version.path() / "bin");
    return found.empty() ? "" : *std::ranges::max_element(found);
}

// As nobody if we are root; the signal ends it even if this process is killed.
std::vector<std::string> unprivileged(std::vector<std::string> command) {
    std::vector<std::string> all = {"setpriv", "--pdeathsig", "QUIT"};
    if (::geteuid() == 0) {
        const std::vector<std::string> who = {"--reuid", "65534", "--regid", "65534", "--clear-groups"};
        all.insert(all.end(), who.begin(), who.end());
    }
    all.insert(all.end(), command.begin(), command.end());
    return all;
}

pid_t start(const std::vector<std::string>& command, const fs::path& directory) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    const int log = ::open((directory / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    if (::chdir(directory.c_str()) != 0) ::_exit(126);
    std::vector<char*> arguments;
    for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::setenv("LC_ALL", "C", 1);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
}

int wait_for(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

struct Connected {
    explicit Connected(const std::string& conninfo) : handle(PQconnectdb(conninfo.c_str())) {}
    ~Connected() { PQfinish(handle); }
    Connected(const Connected&) = delete;
    Connected& operator=(const Connected&) = delete;
    void run(const std::string& sql) const {
        PGresult* result = PQexec(handle, sql.c_str());
        const auto status = PQresultStatus(result);
        PQclear(result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            throw std::runtime_error(sql + ": " + PQerrorMessage(handle));
    }
    PGconn* handle;
};

class Server {
public:
    Server() : programs_(programs()) {
        if (programs_.empty()) return;
        std::string place = (fs::temp_directory_path() / "acredita-postgresql-XXXXXX").string();
        if (::mkdtemp(place.data()) == nullptr) throw std::runtime_error("no temporary directory");
        place_ = place;
        if (::geteuid() == 0 && ::chown(place.c_str(), 65534, 65534) != 0) throw std::runtime_error("chown");
        const auto made = wait_for(
            ::acredita::test::start(unprivileged({programs_ + "/initdb", "-D", data(), "-U", "acredita", "-A",
                                                  "trust", "-E", "UTF8", "--locale=C", "--no-sync"}),
                                    place_));
        if (made != 0) throw std::runtime_error("initdb: " + log());
        start();
    }
    ~Server() {
        stop();
        std::error_code left;
        if (!place_.empty()) fs::remove_all(place_, left);
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    void start() {
        // Without fsync: the tests kill processes, not machines.
        pid_ = ::acredita::test::start(unprivileged({programs_ + "/postgres", "-D", data(), "-k", place_,
                                                     "-c", "listen_addresses=", "-c", "fsync=off", "-c",
                                                     "shared_buffers=16MB", "-c", "max_connections=40"}),
                                       place_);
        for (int tries = 0; tries < 1200; ++tries) {
            if (PQping(conninfo("postgres").c_str()) == PQPING_OK) return;
            ::usleep(50'000);
        }
        throw std::runtime_error("postgres does not answer: " + log());
    }
    void stop() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGQUIT);
        wait_for(pid_);
        pid_ = 0;
    }
    [[nodiscard]] std::string conninfo(const std::string& database) const {
        return "host=" + place_ + " user=acredita dbname=" + database;
    }
    [[nodiscard]] bool installed() const { return !programs_.empty(); }
    [[nodiscard]] std::string data() const { return place_ + "/data"; }

private:
    [[nodiscard]] std::string log() const {
        std::ostringstream text;
        text << std::ifstream(place_ + "/log").rdbuf();
        return text.str();
    }

    std::string programs_;
    std::string place_;
    pid_t pid_ = 0;
};

Server& server() {
    static Server only;
    return only;
}

} // namespace

std::string no_postgresql() { return server().installed() ? "" : "postgresql-15 is not installed"; }

std::string new_database() {
    static int count = 0;
    const auto name = "t" + std::to_string(++count);
    Connected(server().conninfo("postgres")).run("CREATE DATABASE " + name);
    return server().conninfo(name);
}

void as_administrator(const std::string& conninfo, const std::string& sql) { Connected(conninfo).run(sql); }
void stop_postgresql() { server().stop(); }
void start_postgresql() { server().start(); }
std::string postgresql_data() { return server().data(); }

} // namespace acredita::test
