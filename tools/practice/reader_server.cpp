// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/reader_server.hpp"

#include <sys/socket.h>

namespace acredita::practice {

namespace {

bool reply(int fd, wire::Say say, ByteView data = {}) {
    Bytes packet{static_cast<std::uint8_t>(say)};
    append(packet, data);
    return ::send(fd, packet.data(), packet.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(packet.size());
}

// The next question; empty when the other side has gone. Its bytes are wiped before the next one and at the
// end, since they may hold a PIN.
class Questions {
public:
    explicit Questions(int fd) : fd_(fd), packet_(wire::largest) {}
    [[nodiscard]] ByteView next() {
        explicit_bzero(packet_.data(), used_);
        const auto size = ::recv(fd_, packet_.data(), packet_.size(), 0);
        used_ = size < 1 ? 0U : static_cast<std::size_t>(size);
        return ByteView(packet_).first(used_);
    }

private:
    int fd_;
    ZeroingBytes packet_;
    std::size_t used_ = 0;
};

// Nothing more is asked on a watching connection: receiving only waits for its end.
void keep_watching(int fd, Questions& questions, VirtualReader& reader) {
    reader.watch(fd);
    while (!questions.next().empty()) continue;
    reader.unwatch(fd);
}

void serve(int fd, const Readers& readers) {
    Questions questions(fd);
    const auto first = questions.next();
    if (first.size() != 2 || first[1] >= readers.size()) {
        (void)reply(fd, wire::Say::unsupported);
        return;
    }
    const bool watching = static_cast<wire::Ask>(first[0]) == wire::Ask::watch;
    auto& reader = *readers[first[1]];
    if (!reply(fd, reader.plugged() ? wire::Say::done : wire::Say::no_reader)) return;
    if (watching) return keep_watching(fd, questions, reader);
    while (true) {
        const auto question = questions.next();
        if (question.empty()) return;
        const auto answer = reader.answer(static_cast<wire::Ask>(question[0]), question.subspan(1));
        if (!reply(fd, answer.say, answer.data)) return;
    }
}

} // namespace

Result<std::unique_ptr<SocketServer>> serve_readers(const std::filesystem::path& path,
                                                    const Readers& readers) {
    return SocketServer::listen(path, SOCK_SEQPACKET, [&readers](int fd) { serve(fd, readers); });
}

} // namespace acredita::practice
