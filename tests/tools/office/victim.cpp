// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Opens a database and appends to its journal; prints the number of each record that was accepted.
//   office_victim kill CONNECTION NUMBER   dies by SIGKILL in its write of that number to the disk or the
//                                          server: half of it is written, then nothing more; every other time
//                                          all of it is, and nobody lives to hear the answer
//   office_victim fill CONNECTION BALLAST  appends until the disk is full; removes the file BALLAST; goes on
#include "tools/office/journal.hpp"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <dlfcn.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace acredita;

std::atomic<long> deadly{0}; // 0: never
std::atomic<long> writes{0};

// What is left of a write of `size` bytes; `size` unless this is the deadly one.
std::size_t before_death(std::size_t size) {
    const long now = ++writes;
    return now != deadly ? size : now % 2 == 0 ? size : size / 2;
}
void perhaps_die() {
    if (writes == deadly) std::raise(SIGKILL);
}

ssize_t dying_pwrite(int descriptor, const void* data, std::size_t size, off_t at) {
    const auto done = ::pwrite(descriptor, data, before_death(size), at);
    perhaps_die();
    return done;
}
ssize_t dying_write(int descriptor, const void* data, std::size_t size) {
    const auto done = ::write(descriptor, data, before_death(size));
    perhaps_die();
    return done;
}
int dying_truncate(int descriptor, off_t size) {
    static_cast<void>(before_death(0));
    perhaps_die();
    return ::ftruncate(descriptor, size);
}
int dying_unlink(const char* name) {
    static_cast<void>(before_death(0));
    perhaps_die();
    return ::unlink(name);
}

template <class F>
void replace(const char* name, F* function) {
    auto* vfs = sqlite3_vfs_find(nullptr);
    if (vfs->xSetSystemCall(vfs, name, reinterpret_cast<sqlite3_syscall_ptr>(function)) != SQLITE_OK)
        std::exit(3);
}

Result<office::Head> append(office::Journal& journal, int number) {
    return journal.append({.action = "issue.store_key",
                           .holder = "12345678Z",
                           .card = "10000001",
                           .facts = {{"try", std::to_string(number)}, {"padding", std::string(500, 'x')}}});
}

int killed(const office::Connection& connection) {
    auto database = office::Database::open(connection);
    if (!database) return 4;
    office::Journal journal(*database, {.kiosk = "k", .build = "b", .session = "s", .operator_name = "o"});
    for (int i = 0; i < 3; ++i) {
        const auto head = append(journal, i);
        if (!head) return 5;
        std::printf("%lld\n", static_cast<long long>(head->number));
        std::fflush(stdout);
    }
    return 0;
}

int filled(const office::Connection& connection, const std::filesystem::path& ballast) {
    auto database = office::Database::open(connection);
    if (!database) return 4;
    office::Journal journal(*database, {.kiosk = "k", .build = "b", .session = "s", .operator_name = "o"});
    long long accepted = 0;
    for (int i = 0; i < 100'000; ++i) {
        const auto head = append(journal, i);
        if (head) {
            accepted = head->number;
            continue;
        }
        const auto again = append(journal, i); // still full
        const auto kept = journal.head();
        std::filesystem::remove(ballast);
        const auto after = append(journal, i);
        std::printf("%s %s accepted %lld kept %lld then %lld\n", error_name(head.error().code).c_str(),
                    again ? "?" : error_name(again.error().code).c_str(), accepted,
                    kept ? static_cast<long long>(kept->number) : -1,
                    after ? static_cast<long long>(after->number) : -1);
        return 0;
    }
    return 6;
}

} // namespace

// What libpq sends goes through here: this program's functions come before the C library's.
extern "C" __attribute__((visibility("default"))) ssize_t send(int descriptor, const void* data, size_t size,
                                                               int flags) {
    static const auto real = reinterpret_cast<decltype(&::send)>(::dlsym(RTLD_NEXT, "send"));
    const auto done = real(descriptor, data, before_death(size), flags);
    perhaps_die();
    return done;
}

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const auto connection = office::parse_connection(argv[2]);
    if (!connection) return 2;
    if (std::strcmp(argv[1], "fill") == 0) return filled(*connection, argv[3]);
    if (connection->engine == office::Engine::sqlite) {
        replace("write", dying_write);
        replace("pwrite", dying_pwrite);
        replace("pwrite64", dying_pwrite);
        replace("ftruncate", dying_truncate);
        replace("unlink", dying_unlink);
    }
    deadly = std::atol(argv[3]);
    return killed(*connection);
}
