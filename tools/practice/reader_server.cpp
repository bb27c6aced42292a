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

// The next question, in zeroised memory since it may hold a PIN; empty when the other side has gone.
ZeroingBytes next_question(int fd) {
    ZeroingBytes packet(wire::largest);
    const auto size = ::recv(fd, packet.data(), packet.size(), 0);
    packet.resize(size < 1 ? 0U : static_cast<std::size_t>(size));
    return packet;
}

// Nothing more is asked on a watching connection: receiving only waits for its end.
void keep_watching(int fd, VirtualReader& reader) {
    reader.watch(fd);
    while (!next_question(fd).empty()) continue;
    reader.unwatch(fd);
}

void serve(int fd, const Readers& readers) {
    const auto first = next_question(fd);
    if (first.size() != 2 || first[1] >= readers.size()) {
        (void)reply(fd, wire::Say::unsupported);
        return;
    }
    auto& reader = *readers[first[1]];
    if (!reply(fd, reader.plugged() ? wire::Say::done : wire::Say::no_reader)) return;
    if (static_cast<wire::Ask>(first[0]) == wire::Ask::watch) return keep_watching(fd, reader);
    while (true) {
        const auto question = next_question(fd);
        if (question.empty()) return;
        const auto answer = reader.answer(static_cast<wire::Ask>(question[0]), ByteView(question).subspan(1));
        if (!reply(fd, answer.say, answer.data)) return;
    }
}

} // namespace

Result<std::unique_ptr<SocketServer>> serve_readers(const std::filesystem::path& path, const Readers& readers) {
    return SocketServer::listen(path, SOCK_SEQPACKET, [&readers](int fd) { serve(fd, readers); });
}

} // namespace acredita::practice
