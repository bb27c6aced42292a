// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/control.hpp"

#include "tools/practice/error.hpp"
#include "tools/practice/session.hpp"

#include <sstream>

#include <sys/socket.h>

namespace acredita::practice {

namespace {

constexpr std::size_t longest_line = 256;

using Words = std::vector<std::string>;

Words words_of(std::string_view line) {
    std::istringstream in{std::string(line)};
    Words words;
    for (std::string word; in >> word;) words.push_back(std::move(word));
    return words;
}

Result<std::uint64_t> number(const std::string& text) {
    if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string::npos)
        return fail(practice_errc::bad_command, text);
    return std::stoull(text);
}

Result<std::string> nothing(const Result<void>& done) {
    if (!done) return fail(done.error());
    return std::string();
}

Result<std::string> daemon(Session& session, const std::string& what) {
    if (what == "kill") return nothing(session.kill_pcscd());
    if (what == "stop") return nothing(session.stop_pcscd());
    if (what == "start") return nothing(session.start_pcscd());
    return fail(practice_errc::bad_command, what);
}

Result<std::string> tear(Session& session, std::size_t reader, const Words& words) {
    if (words.size() < 3) return fail(practice_errc::bad_command, "tear");
    if (words[2] == "off") return nothing(session.tear_at(reader, std::nullopt));
    ACREDITA_TRY(at, number(words[2]));
    Tear wanted{.exchange = at};
    for (std::size_t n = 3; n < words.size(); ++n) {
        if (words[n] != "after" && words[n] != "swap") return fail(practice_errc::bad_command, words[n]);
        (words[n] == "after" ? wanted.work_done : wanted.quick_swap) = true;
    }
    return nothing(session.tear_at(reader, wanted));
}

Result<std::string> person(Session& session, std::size_t reader, const Words& words) {
    if (words.size() != 3) return fail(practice_errc::bad_command, "pin");
    if (words[2] == "cancel") return nothing(session.person(reader, Pinpad::Person::cancels));
    if (words[2] == "timeout") return nothing(session.person(reader, Pinpad::Person::hesitates));
    ZeroingBytes digits(words[2].begin(), words[2].end());
    return nothing(session.person(reader, Pinpad::Person::types, std::move(digits)));
}

bool send_line(int fd, const std::string& line) {
    const auto whole = line + '\n';
    return ::send(fd, whole.data(), whole.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(whole.size());
}

void serve(int fd, Session& session) {
    std::string line;
    char next = 0;
    while (::recv(fd, &next, 1, 0) == 1) {
        if (next != '\n') {
            line.push_back(next);
            if (line.size() > longest_line) return;
            continue;
        }
        const auto done = obey(session, line);
        const auto text = done ? (done->empty() ? "ok" : "ok " + *done)
                               : "error " + error_name(done.error().code) + ": " + done.error().detail;
        if (!send_line(fd, text)) return;
        line.clear();
    }
}

} // namespace

Result<std::string> obey(Session& session, std::string_view line) {
    const auto words = words_of(line);
    if (words.size() < 2) return fail(practice_errc::bad_command, std::string(line));
    const auto& verb = words[0];
    if (verb == "pcscd") return daemon(session, words[1]);
    ACREDITA_TRY(reader, number(words[1]));
    if (verb == "insert") return nothing(session.insert(reader));
    if (verb == "remove") return nothing(session.remove(reader));
    if (verb == "unplug") return nothing(session.unplug(reader));
    if (verb == "plug") return nothing(session.plug(reader));
    if (verb == "swap") return nothing(session.swap(reader));
    if (verb == "trade") {
        if (words.size() != 3) return fail(practice_errc::bad_command, std::string(line));
        ACREDITA_TRY(other, number(words[2]));
        return nothing(session.trade(reader, other));
    }
    if (verb == "tear") return tear(session, reader, words);
    if (verb == "pin") return person(session, reader, words);
    if (verb == "reset") return nothing(session.reset_exchanges(reader));
    if (verb == "exchanges")
        return session.exchanges(reader).map([](std::uint64_t n) { return std::to_string(n); });
    return fail(practice_errc::bad_command, verb);
}

Result<std::unique_ptr<SocketServer>> serve_control(const std::filesystem::path& path, Session& session) {
    return SocketServer::listen(path, SOCK_STREAM, [&session](int fd) { serve(fd, session); });
}

} // namespace acredita::practice
