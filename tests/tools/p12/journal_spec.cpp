// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the system's journal hears while a backup is opened: nothing of the password and nothing of the key.
#include "tests/tools/p12/secrets.hpp"

#include <iostream>

#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <syslog.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

namespace fs = std::filesystem;

constexpr const char* control = "the journal listens";

// The sockets of syslog (RFC 3164 as glibc speaks it) and of systemd's journal, for a process in a mount
// namespace of its own in which they are the system's.
class Journal {
public:
    Journal() {
        fs::create_directories(folder_ / "dev");
        fs::create_directories(folder_ / "run/systemd/journal");
        for (const auto* device : {"null", "zero", "urandom", "tty"})
            (void)folder_.write(("dev/" + std::string(device)).c_str(), {});
        for (const auto* path : {"dev/log", "run/systemd/journal/socket", "run/systemd/journal/syslog",
                                 "run/systemd/journal/dev-log"})
            listen_at(path, SOCK_DGRAM);
        listen_at("run/systemd/journal/stdout", SOCK_STREAM);
    }
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    ~Journal() {
        for (const int socket : sockets_) close(socket);
    }

    // For a child: makes this the system's journal, and says so in it.
    [[nodiscard]] bool enter() const {
        const bool alone = unshare(CLONE_NEWNS | (geteuid() == 0 ? 0 : CLONE_NEWUSER)) == 0;
        if (!alone || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
        for (const std::string device : {"null", "zero", "urandom", "tty"})
            (void)mount(("/dev/" + device).c_str(), (folder_ / ("dev/" + device).c_str()).c_str(), nullptr,
                        MS_BIND, nullptr);
        for (const std::string place : {"dev", "run"})
            if (mount((folder_ / place.c_str()).c_str(), ("/" + place).c_str(), nullptr, MS_BIND | MS_REC,
                      nullptr) != 0)
                return false;
        syslog(LOG_USER | LOG_INFO, "%s", control);
        return true;
    }

    // All that it heard so far.
    [[nodiscard]] std::string heard() const {
        std::string all;
        std::string message(1U << 18U, '\0');
        for (const int socket : sockets_) {
            const int caller = accept4(socket, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
            for (const int from : {socket, caller})
                for (ssize_t got = 1; from >= 0 && got > 0;) {
                    got = recv(from, message.data(), message.size(), MSG_DONTWAIT);
                    if (got > 0) all.append(message, 0, static_cast<std::size_t>(got)) += '\n';
                }
            if (caller >= 0) close(caller);
        }
        return all;
    }

private:
    void listen_at(const char* path, int kind) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const auto file = (folder_ / path).string();
        if (file.size() >= sizeof address.sun_path) throw std::runtime_error("path too long");
        file.copy(address.sun_path, file.size());
        const int made = socket(AF_UNIX, kind | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockets_.push_back(made);
        if (bind(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
            (kind == SOCK_STREAM && listen(made, 8) != 0))
            throw std::runtime_error("no journal");
    }

    Folder folder_;
    std::vector<int> sockets_;
};

constexpr int not_entered = 125;

// Runs a program inside of the journal with the password on descriptor 0; its exit code.
int run_inside(const Journal& journal, const std::vector<std::string>& command, std::string_view password,
               const fs::path& output) {
    int in[2] = {};
    BOOST_REQUIRE(pipe2(in, O_CLOEXEC) == 0);
    const auto line = std::string(password) + "\n.";
    BOOST_REQUIRE(write(in[1], line.data(), line.size()) == static_cast<ssize_t>(line.size()));
    close(in[1]);
    const int out = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const auto child = fork();
    if (child == 0) {
        std::vector<char*> argv;
        for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));
        argv.push_back(nullptr);
        if (!journal.enter()) _exit(not_entered);
        (void)dup2(in[0], 0);
        (void)dup2(out, 1);
        (void)dup2(out, 2);
        execv(argv[0], argv.data());
        _exit(124);
    }
    close(in[0]);
    close(out);
    int status = -1;
    BOOST_REQUIRE(waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

BOOST_AUTO_TEST_SUITE(secrecy_from_the_journal)

BOOST_AUTO_TEST_CASE(neither_password_nor_key_is_told_whether_the_backup_opens_or_not) {
    const Folder folder;
    const auto ana = make_pair(folder, "ana", {"-newkey", "rsa:2048"});
    const auto password = "Clave-" + to_hex(load(ana.key)).substr(200, 20);
    const auto wrong = "Otra-" + password;
    const auto secrets = secrets_of(password, ana.key);
    const auto backup = folder.write("copy.p12", export_with_openssl(folder, ana, password)).string();
    const auto cut = folder.write("cut.p12", ByteView(load(backup)).first(900)).string();
    struct Run {
        std::vector<std::string> command;
        std::string password;
        int code;
    };
    const std::vector<Run> runs = {
        {{ACREDITA_HOLDER, backup, "load"}, password, 0},
        {{ACREDITA_HOLDER, backup}, wrong, 1},
        {{ACREDITA, "p12", "inspect", backup, "--passphrase-fd", "0"}, password, 0},
        {{ACREDITA, "p12", "inspect", backup, "--passphrase-fd", "0", "--json"}, password, 0},
        {{ACREDITA, "p12", "inspect", backup, "--passphrase-fd", "0"}, wrong, 52},
        {{ACREDITA, "p12", "inspect", cut, "--passphrase-fd", "0"}, password, 115},
    };
    const Journal journal;
    for (const auto& run : runs) {
        const auto output = folder / "output";
        const auto code = run_inside(journal, run.command, run.password, output);
        if (code == not_entered) {
            std::cout << "SKIPPED: no mount namespace of our own\n";
            return;
        }
        BOOST_TEST(code == run.code, run.command[1]);
        const auto heard = journal.heard();
        BOOST_TEST(heard.find(control) != std::string::npos); // the look itself works
        BOOST_TEST(!holds_any(heard, secrets), "the journal heard " << which(heard, secrets));
        BOOST_TEST(!holds_any(slurp(output), secrets), run.command[1]);
        for (const auto* file : {"/var/log/syslog", "/var/log/messages", "/var/log/user.log"})
            BOOST_TEST(!holds_any(slurp(file), secrets), file);
    }
}

BOOST_AUTO_TEST_SUITE_END()
