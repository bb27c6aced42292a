// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita-module-host SECONDS NAME MODULE (%XX is that byte): a maker's PKCS#11 module in a process of its
// own, spoken to over standard input, which is one end of a socket pair that p11-kit's client module made.
// Not for people.
#include "pkcs11/client/host/host.hpp"

#include <charconv>
#include <csignal>
#include <cstdlib>
#include <string_view>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace acredita::host;
using namespace std::chrono_literals;

// PINs and parts of keys pass through both processes.
void keep_secrets() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::unsetenv("P11_KIT_SERVER_ADDRESS"); // a module that is p11-kit itself would come here again
}

// The module may write to its streams what it likes; nobody reads it, and the channel is another descriptor.
void silence_streams() {
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int stream : {0, 1, 2}) ::dup2(nothing, stream);
    if (nothing > 2) ::close(nothing);
}

[[noreturn]] void be_module(const std::string& file, int channel, pid_t watcher, const Mouth& mouth) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != watcher) ::_exit(0);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    silence_streams();
    ::_exit(serve(file, channel, mouth)); // no exit handlers: makers' crash there
}

std::string as_path(std::string_view word) {
    std::string path;
    for (std::size_t at = 0; at < word.size(); ++at) {
        unsigned char byte = 0;
        const char* digits = word.data() + at + 1;
        if (word[at] == '%' && at + 2 < word.size() &&
            std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
            path += static_cast<char>(byte);
            at += 2;
        } else {
            path += word[at];
        }
    }
    return path;
}

std::string words_for(End end, int status, std::chrono::seconds patience) {
    if (end == End::hung) return "hang " + std::to_string(patience.count());
    if (WIFSIGNALED(status)) return "crash " + std::to_string(WTERMSIG(status));
    if (WIFEXITED(status) && WEXITSTATUS(status) == load_failed) return {}; // has said so itself
    return "exit " + std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

} // namespace

int main(int count, char** arguments) {
    if (count != 4) return 2;
    unsigned seconds = 0;
    const std::string_view number = arguments[1];
    if (std::from_chars(number.data(), number.data() + number.size(), seconds).ec != std::errc() ||
        seconds == 0)
        return 2;
    const std::chrono::seconds patience(seconds);
    const Mouth mouth(arguments[2]);
    keep_secrets();
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    ::signal(SIGPIPE, SIG_IGN);
    sigset_t set;
    ::sigemptyset(&set);
    for (const int one : {SIGCHLD, SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&set, one);
    ::sigprocmask(SIG_BLOCK, &set, nullptr);
    const int signals = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    int pair[2];
    if (signals < 0 || ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return 1;

    const pid_t watcher = ::getpid();
    const pid_t child = ::fork();
    if (child < 0) return 1;
    if (child == 0) {
        ::close(pair[0]);
        ::close(signals);
        be_module(as_path(arguments[3]), pair[1], watcher, mouth);
    }
    ::close(pair[1]);
    const End end = carry(STDIN_FILENO, pair[0], signals, patience);
    ::close(pair[0]); // the module's process sees this as its end
    const int status = end_family(child, end == End::hung ? 0ms : 1000ms);
    // Said before our end is seen, so that it is there when somebody asks why.
    if (end != End::ours)
        if (const auto words = words_for(end, status, patience); !words.empty()) mouth.say(words);
    ::_exit(0); // p11-kit would print any other number; nothing is left to tidy up
}
