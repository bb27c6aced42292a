// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The process that reads backups: it gives up everything but computing, reads requests about one backup from
// descriptor 0, answers on it and ends. No argument, no file.
#include "tools/p12/file.hpp"
#include "tools/p12/reader/arena.hpp"
#include "tools/p12/reader/confine.hpp"
#include "tools/p12/reader/request.hpp"
#include "tools/p12/wire.hpp"

#include <cerrno>

#include <openssl/crypto.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
// Looking for leaks would mean to trace this process, which it has made impossible.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "detect_leaks=0"; }
#endif

namespace {

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::reader;

bool receive(void* to, std::size_t size) {
    auto* at = static_cast<std::uint8_t*>(to);
    while (size > 0) {
        const auto got = read(0, at, size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool send(const void* from, std::size_t size) {
    const auto* at = static_cast<const std::uint8_t*>(from);
    while (size > 0) {
        const auto sent = write(0, at, size);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        at += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

bool send_frame(Frame kind, ByteView content) {
    const FrameHeader header{kind, static_cast<std::uint32_t>(content.size())};
    return send(&header, sizeof header) && send(content.data(), content.size());
}

bool receive_secret(Secret& into, std::uint32_t size) {
    into = Secret(std::size_t{size});
    return into.resize(size) && receive(into.data(), size);
}

void tell(const Progress& progress) {
    const std::uint64_t figures[] = {static_cast<std::uint64_t>(progress.stage), progress.done,
                                     progress.planned, progress.derivations};
    (void)send_frame(Frame::progress, {reinterpret_cast<const std::uint8_t*>(figures), sizeof figures});
}

bool acceptable(const RequestHeader& header) {
    return header.magic == RequestHeader::request_magic && header.file <= largest_file + 1 &&
           header.passphrase <= most_passphrase && header.key_passphrase <= most_passphrase;
}

bool answer(const Crypto& crypto, const RequestHeader& header, ByteView file) {
    Secret passphrase;
    Secret key_passphrase;
    if (!receive_secret(passphrase, header.passphrase) ||
        !receive_secret(key_passphrase, header.key_passphrase))
        return false;
    if (header.task == Task::sniff) return send_frame(Frame::answer, pack(sniff(file)));
    OpenOptions options;
    options.crypto = &crypto;
    options.second_look = header.second_look != 0;
    options.progress = tell;
    if (header.has_key_passphrase != 0) options.key_passphrase = &key_passphrase;
    auto opened = examine(file, passphrase, options);
    if (opened && !heap_is_locked()) opened->warnings.push_back(Warning::memory_not_locked);
    return send_frame(Frame::answer, pack(opened));
}

// Until nobody asks any more.
bool serve(const Crypto& crypto) {
    ZeroingBytes file;
    RequestHeader header;
    while (receive(&header, sizeof header)) {
        if (!acceptable(header)) return false;
        if (header.same_file == 0) {
            file = ZeroingBytes(header.file);
            if (!receive(file.data(), file.size())) return false;
        }
        if (!answer(crypto, header, file)) return false;
    }
    return true;
}

} // namespace

int main() {
    if (!harden() || !give_heap_to_openssl()) _exit(exit_not_confined);
    lock_stack();
    // No configuration file is read: it could name further modules to load.
    if (OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr) != 1) _exit(exit_not_confined);
    const auto crypto = Crypto::shared();
    if (!crypto || !confine()) _exit(exit_not_confined);
    _exit(serve(**crypto) ? 0 : 1);
}
