// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/trace/writer.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

namespace acredita::trace {

namespace {

// Two extended messages, three characters a byte.
constexpr std::size_t most_bytes = 65600;
char buffer[2 * 3 * most_bytes + 1024];
std::size_t used = 0;
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
char path[4096];

// Whether the last answer on a connection was shown; the oldest entry makes room.
struct Shown {
    long card;
    bool response;
};
Shown shown[64];
std::size_t next_shown = 0;

struct Locked {
    int saved = errno;
    Locked() noexcept {
        pthread_mutex_lock(&mutex);
        used = 0;
    }
    ~Locked() {
        pthread_mutex_unlock(&mutex);
        errno = saved;
    }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;
};

void put(char c) noexcept {
    if (used < sizeof buffer) buffer[used++] = c;
}

void put(const char* text) noexcept {
    for (; *text != '\0'; ++text)
        put(static_cast<unsigned char>(*text) < 0x20 || *text == 0x7F ? '?' : *text);
}

void put_hex(std::uint8_t byte) noexcept {
    static constexpr char digits[] = "0123456789ABCDEF";
    put(digits[byte >> 4U]);
    put(digits[byte & 0x0FU]);
}

// Each byte with a space before it, those at [from, to) masked.
void put_bytes(View bytes, std::size_t from, std::size_t to) noexcept {
    for (std::size_t i = 0; i < bytes.size() && i < most_bytes; ++i) {
        put(' ');
        if (i >= from && i < to) {
            put('*');
            put('*');
        } else {
            put_hex(bytes[i]);
        }
    }
}

void put_code(long code) noexcept {
    put(" 0x");
    for (int shift = 24; shift >= 0; shift -= 8)
        put_hex(static_cast<std::uint8_t>(static_cast<unsigned long>(code) >> static_cast<unsigned>(shift)));
}

// The program may have closed all descriptors, or forked: the file is opened for each piece.
void flush() noexcept {
    if (path[0] == '\0') return;
    const int file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) return;
    const char* at = buffer;
    while (used > 0) {
        const auto written = write(file, at, used);
        if (written <= 0) break;
        at += written;
        used -= static_cast<std::size_t>(written);
    }
    close(file);
}

Shown& remembered(long card) noexcept {
    for (auto& entry : shown)
        if (entry.card == card) return entry;
    auto& entry = shown[next_shown++ % std::size(shown)];
    entry = {card, false};
    return entry;
}

// Read once, before the program can change its environment.
__attribute__((constructor)) void read_path() noexcept {
    const char* named = std::getenv("ACREDITA_TRACE");
    if (named != nullptr && std::strlen(named) < sizeof path) std::strcpy(path, named);
}

} // namespace

void write_remark(const char* word, const char* text, View bytes, long code) noexcept {
    const Locked locked;
    put("# ");
    put(word);
    if (text != nullptr) {
        put(' ');
        put(text);
    }
    if (!bytes.empty()) {
        put(" ATR");
        put_bytes(bytes, 0, 0);
    }
    if (code != 0) put_code(code);
    put('\n');
    flush();
}

void write_exchange(long card, View command, View answer, long code) noexcept {
    const Locked locked;
    auto& last = remembered(card);
    const auto seen = visible(command, last.response);
    last.response = seen.response;
    put('>');
    put_bytes(command, seen.command, command.size());
    put('\n');
    if (code != 0) {
        put("# error");
        put_code(code);
    } else {
        put('<');
        put_bytes(answer, 0, seen.response || answer.size() < 2 ? 0 : answer.size() - 2);
    }
    put('\n');
    flush();
}

} // namespace acredita::trace
