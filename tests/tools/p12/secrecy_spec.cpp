// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where a password and a key are while a backup is open: only in memory that is neither swapped nor dumped.
#include "tests/tools/p12/secrets.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iostream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

namespace fs = std::filesystem;

// What a look through the memory of a process found.
struct Seen {
    std::size_t bytes = 0, locked_hits = 0;
    std::vector<std::string> swappable, dumpable; // mappings that hold a secret and must not
};

Seen look_through(pid_t process, const std::vector<std::string>& secrets) {
    Seen seen;
    const auto folder = "/proc/" + std::to_string(process);
    std::istringstream maps(slurp(folder + "/smaps"));
    const int memory = open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
    std::string line;
    std::string mapping;
    std::string content;
    while (std::getline(maps, line)) {
        unsigned long from = 0;
        unsigned long until = 0;
        char readable = 0;
        if (std::sscanf(line.c_str(), "%lx-%lx %c", &from, &until, &readable) == 3) {
            mapping = line;
            content.assign(readable == 'r' ? until - from : 0, '\0');
            const auto got = pread(memory, content.data(), content.size(), static_cast<off_t>(from));
            content.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
            seen.bytes += content.size();
        }
        if (!line.starts_with("VmFlags:") || !holds_any(content, secrets)) continue;
        const bool locked = line.find(" lo") != std::string::npos;
        seen.locked_hits += locked ? 1 : 0;
        if (!locked) seen.swappable.push_back(mapping + " holds no. " + which(content, secrets));
        if (line.find(" dd") == std::string::npos) seen.dumpable.push_back(mapping);
    }
    if (memory >= 0) close(memory);
    return seen;
}

// tests/tools/p12/holder.cpp at work in an empty folder.
class Holder {
public:
    Holder(const fs::path& folder, const fs::path& file, std::string_view password, bool load = false) {
        int in[2] = {};
        int out[2] = {};
        BOOST_REQUIRE((pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0));
        pid_ = fork();
        if (pid_ == 0) {
            (void)dup2(in[0], 0);
            (void)dup2(out[1], 1);
            (void)dup2(out[1], 2);
            const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
            (void)setrlimit(RLIMIT_CORE, &all);
            if (chdir(folder.c_str()) != 0 || setenv("TMPDIR", folder.c_str(), 1) != 0) _exit(2);
            execl(ACREDITA_HOLDER, ACREDITA_HOLDER, file.c_str(), load ? "load" : nullptr, nullptr);
            _exit(2);
        }
        close(in[0]);
        close(out[1]);
        in_ = in[1];
        out_ = out[0];
        const auto text = std::string(password) + "\n";
        BOOST_REQUIRE(write(in_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    }
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;
    ~Holder() {
        close(in_);
        close(out_);
        if (pid_ > 0) {
            kill(pid_, SIGKILL);
            waitpid(pid_, nullptr, 0);
        }
    }
    [[nodiscard]] pid_t pid() const { return pid_; }
    // Everything it said so far, up to this text.
    const std::string& wait_for(std::string_view text) {
        char byte = 0;
        while (said_.find(text) == std::string::npos && read(out_, &byte, 1) == 1) said_ += byte;
        BOOST_REQUIRE_MESSAGE(said_.find(text) != std::string::npos, "it said: " << said_);
        return said_;
    }
    void end(char how) {
        (void)!write(in_, &how, 1);
        waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }
    // The process that reads the backup.
    [[nodiscard]] pid_t reader() const {
        for (const auto& entry : fs::directory_iterator("/proc")) {
            const auto name = entry.path().filename().string();
            if (name.find_first_not_of("0123456789") != std::string::npos) continue;
            if (slurp(entry.path() / "status").find("PPid:\t" + std::to_string(pid_) + "\n") !=
                std::string::npos)
                return static_cast<pid_t>(std::stol(name));
        }
        return -1;
    }

private:
    pid_t pid_ = -1;
    int in_ = -1, out_ = -1;
    std::string said_;
};

struct Secrets {
    Folder folder;
    Folder empty;
    Pair ana = make_pair(folder, "ana", {"-newkey", "rsa:2048"});
    // Not written anywhere in this program's file, where the holder's maps could show it.
    std::string password = "Clave-" + to_hex(load(ana.key)).substr(200, 20);
    std::vector<std::string> secrets = secrets_of(password, ana.key);

    fs::path backup(const std::vector<std::string>& options = {}) {
        return folder.write("copy.p12", export_with_openssl(folder, ana, password, options));
    }
    [[nodiscard]] std::vector<fs::path> left_behind() const {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(empty / "."))
            files.push_back(entry.path().filename());
        return files;
    }
};

void report(const Seen& seen) {
    for (const auto& mapping : seen.swappable) BOOST_ERROR("may be swapped: " << mapping);
    for (const auto& mapping : seen.dumpable) BOOST_ERROR("may be dumped: " << mapping);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(secrecy, Secrets)

BOOST_AUTO_TEST_CASE(the_program_holds_password_and_key_in_locked_memory_only) {
    Holder holder(empty / ".", backup(), password);
    holder.wait_for("opened");
    const auto seen = look_through(holder.pid(), secrets);
    BOOST_TEST(seen.bytes > 1'000'000U);
    BOOST_TEST(seen.locked_hits >= 2U); // one for the password, one for the key: the look itself works
    report(seen);
}

// No core dump is looked at here: vector registers would be in it. Our programs that load keys make none.
BOOST_AUTO_TEST_CASE(a_key_that_is_loaded_for_the_card_stays_in_locked_memory) {
    Holder holder(empty / ".", backup(), password, true);
    holder.wait_for("opened");
    report(look_through(holder.pid(), secrets));
}

BOOST_AUTO_TEST_CASE(nothing_shows_in_arguments_environment_output_or_files) {
    Holder holder(empty / ".", backup(), password);
    const auto said = holder.wait_for("opened");
    const auto place = fs::path("/proc") / std::to_string(holder.pid());
    BOOST_TEST(!holds_any(said, secrets));
    BOOST_TEST(!holds_any(slurp(place / "cmdline") + slurp(place / "environ"), secrets));
    BOOST_TEST(left_behind().empty());
}

BOOST_AUTO_TEST_CASE(a_core_dump_of_the_program_holds_neither) {
    Holder holder(empty / ".", backup(), password);
    holder.wait_for("opened");
    holder.end('a');
    const auto files = left_behind();
    if (files.empty()) {
        std::cout << "SKIPPED: this system writes no core files into the working folder\n";
        return;
    }
    const auto core = slurp(empty / files[0].c_str());
    BOOST_TEST(core.size() > 10'000U);
    BOOST_TEST(!holds_any(core, secrets));
}

BOOST_AUTO_TEST_CASE(the_reader_is_confined_and_holds_password_and_key_in_locked_memory_only) {
    if (::geteuid() != 0) { // which is what the reader wants
        BOOST_TEST_MESSAGE("SKIPPED: only root may look into the reader");
        return;
    }
    // The first key opens at once; the second takes seconds, in which the first can be looked for.
    const auto eva = make_ec_pair(folder, "eva");
    Recipe recipe{{ana.key, eva.key}, {ana.certificate}};
    recipe.mac = recipe.contents = recipe.key = password.c_str();
    recipe.last_key_iterations = 4'900'000;
    Holder holder(empty / ".", folder.write("slow.p12", build(recipe)), password);
    holder.wait_for("derivation 4");
    const auto reader = holder.reader();
    BOOST_REQUIRE(reader > 0);
    const auto place = fs::path("/proc") / std::to_string(reader);
    const auto status = slurp(place / "status");
    BOOST_TEST(status.find("Seccomp:\t2\n") != std::string::npos);
    BOOST_TEST(status.find("NoNewPrivs:\t1\n") != std::string::npos);
    BOOST_TEST(slurp(place / "environ") == std::string("LD_BIND_NOW=1") + std::string(1, '\0'));
    std::size_t descriptors = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(place / "fd")) ++descriptors;
    BOOST_TEST(descriptors == 1U);
#if !defined(__SANITIZE_ADDRESS__) // whose heap is not ours
    const auto seen = look_through(reader, secrets);
    BOOST_TEST(seen.bytes > 1'000'000U);
    BOOST_TEST(seen.locked_hits >= 2U);
    report(seen);
#endif
}

BOOST_AUTO_TEST_SUITE_END()
